import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { sqlRecordStore } from '../../server/adapters/sql/record-store.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { blockStoreContract, newRow } from './block-store.contract.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-store-'));
  folders.push(folder);
  return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function openDatabase(file: string): Promise<SqliteDatabase> {
  const database = openSqlite(file);
  await migrate(database.kysely, 'sqlite', 0);
  return database;
}

blockStoreContract('in memory', async () => {
  const database = await openDatabase(':memory:');
  const records = sqlRecordStore(database.kysely);
  const store = new MemoryBlockStore(records);
  return {
    store,
    records,
    damage: (blockId, what) => store.damage(blockId, what),
    close: () => database.close(),
  };
});

blockStoreContract('in an SQLite file', async () => {
  const database = await openDatabase(join(await newFolder(), 'casebook.db'));
  return {
    store: new SqliteBlockStore(database),
    records: sqlRecordStore(database.kysely),
    damage: (blockId, what) => {
      const spoilt = Buffer.of(255);
      if (what === 'snapshot') {
        database.raw.prepare('update block_snapshots set bytes = ? where block_id = ?').run(spoilt, blockId);
      } else {
        database.raw
          .prepare('update block_log set bytes = ? where block_id = ? and seq = ?')
          .run(spoilt, blockId, what.seq);
      }
    },
    close: () => database.close(),
  };
});

describe('the SQLite file', () => {
  it('a row that is missing in the middle is damage', async () => {
    const database = await openDatabase(':memory:');
    const store = new SqliteBlockStore(database);
    await store.create('b1', 'lineage-1');
    await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
    database.raw.exec("delete from block_log where block_id = 'b1' and seq = 2");
    await expect(store.load('b1')).rejects.toThrow('row 2 is missing');
    await expect(store.rowsAfter('b1', 0, 10)).rejects.toThrow('row 2 is missing');
    await database.close();
  });

  it('is flushed at every commit, so that a loss of power loses nothing acknowledged', async () => {
    const database = await openDatabase(join(await newFolder(), 'casebook.db'));
    expect(database.raw.pragma('journal_mode', { simple: true })).toBe('wal');
    // 2 is FULL
    expect(database.raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    await database.close();
  });

  it('[SAVE-1] what an append has resolved survives kill -9 of the process', async () => {
    const folder = await newFolder();
    const file = join(folder, 'casebook.db');
    for (const enough of [1, 40, 7]) {
      const child = fork(join(import.meta.dirname, 'append-until-killed.ts'), [file], {
        execArgv: ['--import', 'tsx'],
      });
      let acknowledged = 0;
      await new Promise<void>((resolve, reject) => {
        child.on('message', (seq: number) => {
          acknowledged = seq;
          if (seq % 50 >= enough) child.kill('SIGKILL');
        });
        child.on('exit', (_code, signal) =>
          signal === 'SIGKILL' ? resolve() : reject(new Error('the child ended by itself')),
        );
      });
      const database = await openDatabase(file);
      const block = await new SqliteBlockStore(database).load('b1');
      expect(acknowledged).toBeGreaterThan(0);
      expect(block?.tail.length).toBeGreaterThanOrEqual(acknowledged);
      await database.close();
    }
  });
});
