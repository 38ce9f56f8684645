/**
 * A process that opens the block of a file, writes word after word into it and
 * compacts it meanwhile, telling of each step and of each promise, until somebody ends it.
 */
import * as Y from 'yjs';
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { systemClock } from '../../server/adapters/system/clock.ts';
import { workerFolder } from '../../server/adapters/worker/folder.ts';
import { applyStored, keepFormatting } from '../../server/collaboration/block-document.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { silentLog } from '../../server/log.ts';

/** Of the rows' own time, so that a window closes every twentieth row. */
const BETWEEN_ROWS_MS = 90_000;

const database = openSqlite(process.argv[2] as string);
await migrate(database.kysely, 'sqlite', 0);
const blocks = new SqliteBlockStore(database);
await blocks.create('b1', 'lineage-1');

const tell = (said: string) => process.send?.(said);
function telling<T extends object>(thing: T): T {
  return new Proxy(thing, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        tell(String(name));
        return member.apply(target, given);
      };
    },
  });
}

const compaction = new Compaction({
  blocks: telling(blocks),
  folder: telling(workerFolder({ clock: systemClock })),
  clock: systemClock,
  log: silentLog(),
});

tell('opens');
const stored = await blocks.load('b1');
if (!stored) throw new Error('the block is not there');
const doc = new Y.Doc();
keepFormatting(doc);
applyStored(doc, stored);
let written = stored.tail.at(-1)?.seq ?? stored.snapshot?.seq ?? 0;
compaction.request('b1');

for (;;) {
  written += 1;
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  doc.getText('field/aims').insert(doc.getText('field/aims').length, `${written} `);
  doc.off('update', keep);
  await blocks.append([
    {
      blockId: 'b1',
      lineage: 'lineage-1',
      authorId: written % 3 === 0 ? 'ann' : 'bea',
      onBehalfOf: null,
      serverTime: written * BETWEEN_ROWS_MS,
      deviceTime: null,
      clients: [{ client: doc.clientID, from: 0, to: 1 }],
      bytes: updates[0] as Uint8Array,
    },
  ]);
  await new Promise((resolve) => process.send?.(written, resolve));
  // Or else nothing that the thread says is ever heard.
  await new Promise(setImmediate);
  if (written % 10 === 0) compaction.request('b1');
}
