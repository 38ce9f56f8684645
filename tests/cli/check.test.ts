import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { silentLog } from '../../server/log.ts';
import { HandClock } from '../support/clock.ts';

let database: SqliteDatabase;
let store: SqliteBlockStore;
let compaction: Compaction;
const clock = new HandClock();

/** Two blocks alike: two windows of two authors, a snapshot, and two rows after it. */
beforeEach(async () => {
  database = openSqlite(':memory:');
  await migrate(database.kysely, 'sqlite', 0);
  store = new SqliteBlockStore(database);
  compaction = new Compaction({ blocks: store, folder: memoryFolder(), clock, log: silentLog() });
  for (const blockId of ['fine', 'other']) {
    await store.create(blockId, 'lineage-1');
    const doc = new Y.Doc();
    doc.on('update', (bytes: Uint8Array) => rows.push(bytes));
    const rows: Uint8Array[] = [];
    const type = async (letters: string) => {
      for (const letter of letters) {
        doc.getText('field/aims').insert(doc.getText('field/aims').length, letter);
        await store.append([
          {
            blockId,
            lineage: 'lineage-1',
            authorId: letter < 'm' ? 'ann' : 'bea',
            onBehalfOf: null,
            serverTime: clock.now(),
            deviceTime: null,
            clients: [],
            bytes: rows.pop() as Uint8Array,
          },
        ]);
      }
    };
    await type('axbycz');
    await compaction.seal(blockId);
    await type('dw');
    await compaction.seal(blockId);
    await type('ev');
  }
});
afterEach(() => database.close());

const run = (statement: string) => database.raw.exec(statement);

describe('casebook check', () => {
  it('finds whole what was folded', async () => {
    expect(await checkBlocks(store)).toEqual({ blocks: 2, rows: 20, faults: [] });
  });

  it.each([
    [
      'a row',
      "update block_log set bytes = x'00' where block_id = 'other' and seq = 9",
      ['block other: the checksum of row 9 does not hold'],
      false,
    ],
    [
      'a row that is gone',
      "delete from block_log where block_id = 'other' and seq = 9",
      ['block other: row 9 is missing, row 10 stands in its place'],
      false,
    ],
    [
      'the snapshot',
      "update block_snapshots set bytes = x'00' where block_id = 'other'",
      ['block other: the checksum of the snapshot does not hold'],
      false,
    ],
    [
      'a snapshot that is gone',
      "delete from block_snapshots where block_id = 'other'",
      ['block other: the snapshot reaches row 0, the windows row 8'],
      false,
    ],
    [
      'a changeset',
      "update block_changesets set bytes = x'00' where block_id = 'other' and window_number = 1 and ordinal = 2",
      ['block other: the checksum of changeset 2 of window 1 does not hold'],
      true,
    ],
    [
      'a window that is gone',
      "delete from block_changesets where block_id = 'other' and window_number = 1",
      ['block other: window 1 is missing'],
      true,
    ],
    [
      'a changeset that is gone',
      "delete from block_changesets where block_id = 'other' and window_number = 1 and ordinal = 2",
      ['block other: window 1 stands for 3 rows of 5'],
      true,
    ],
    [
      'the lineage',
      "update block_heads set lineage = 'lineage-2' where block_id = 'other'",
      [
        'block other: the snapshot is of another lineage',
        'block other: changeset 1 of window 1 is of another lineage',
      ],
      false,
    ],
  ])('[SAVE-1] [SAVE-3] names %s, and keeps it to its block', async (_what, damage, faults, opens) => {
    run(damage);
    expect((await checkBlocks(store)).faults).toEqual(faults);
    const reading = readBlock(store, 'other');
    if (opens) expect((await reading)?.doc.getText('field/aims').toString()).toBe('axbyczdwev');
    else await expect(reading).rejects.toThrow('block other: ');
    expect((await readBlock(store, 'fine'))?.seq).toBe(10);
    await compaction.seal('fine');
    expect((await store.lastWindow('fine')).seq).toBe(10);
  });

  it('[SAVE-4] names a snapshot that its history does not make', async () => {
    const doc = new Y.Doc();
    doc.getText('field/aims').insert(0, 'something else');
    await store.saveSnapshot('other', 'lineage-1', { seq: 9, bytes: Y.encodeStateAsUpdate(doc) });
    const { faults } = await checkBlocks(store);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('block other: ');
  });

  it('[SAVE-4] names a snapshot that knows all and reads otherwise', async () => {
    const opened = await readBlock(store, 'other');
    if (!opened) throw new Error('the block is not there');
    opened.doc.getText('field/aims').delete(0, 1);
    await store.saveSnapshot('other', 'lineage-1', { seq: 10, bytes: Y.encodeStateAsUpdate(opened.doc) });
    expect((await checkBlocks(store)).faults).toEqual([
      'block other: what is opened is not what its history makes (other deletions)',
    ]);
  });
});
