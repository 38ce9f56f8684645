import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { sqlRecordStore } from '../../server/adapters/sql/record-store.ts';
import { sqliteSearchIndex } from '../../server/adapters/sqlite/search-index.ts';
import { searchIndexContract } from './search-index.contract.ts';

searchIndexContract('in SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-search-'));
  const database = openSqlite(join(folder, 'casebook.sqlite'));
  await migrate(database.kysely, 'sqlite', 0);
  const records = sqlRecordStore(database.kysely);
  return {
    index: sqliteSearchIndex(records),
    async bytes() {
      await records.forgetDeleted();
      const names = await readdir(folder);
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});
