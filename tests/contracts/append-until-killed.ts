/** A process that appends row after row and tells of each when it was promised, until somebody ends it. */
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';

const database = openSqlite(process.argv[2] as string);
await migrate(database.kysely, 'sqlite', 0);
const store = new SqliteBlockStore(database);
await store.create('b1', 'lineage-1');
for (;;) {
  const [seq] = await store.append([
    {
      blockId: 'b1',
      lineage: 'lineage-1',
      authorId: 'ann',
      onBehalfOf: null,
      serverTime: 0,
      deviceTime: null,
      clients: [],
      bytes: new Uint8Array(200),
    },
  ]);
  await new Promise((resolve) => process.send?.(seq, resolve));
}
