import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { workerFolder } from '../../server/adapters/worker/folder.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { documentDifference } from '../../server/collaboration/document-comparison.ts';
import { HandClock } from '../support/clock.ts';
import { HeardLog } from '../support/wire.ts';

it('[SAVE-3] what version 0.1.0 wrote is folded into snapshots and windows, and reads as before', async () => {
  const place = await mkdtemp(join(tmpdir(), 'casebook-kept-'));
  const file = join(place, 'casebook.db');
  const kept = join(import.meta.dirname, '../compatibility/0.1.0/casebook.db.gz');
  await writeFile(file, gunzipSync(await readFile(kept)));
  const database = openSqlite(file);
  const clock = new HandClock();
  await migrate(database.kysely, 'sqlite', clock.now());
  const blocks = new SqliteBlockStore(database);
  const folder = workerFolder({ clock });
  const log = new HeardLog();
  const compaction = new Compaction({ blocks, folder, clock, log });
  const ids = await blocks.blockIds();
  const before = await Promise.all(ids.map((blockId) => readBlock(blocks, blockId)));
  const rows = before.reduce((sum, reading) => sum + (reading?.seq ?? 0), 0);
  expect(rows).toBeGreaterThan(0);
  for (const blockId of ids) await compaction.seal(blockId);
  for (const [index, blockId] of ids.entries()) {
    const [then, now] = [before[index], await readBlock(blocks, blockId)];
    if (!then || !now) throw new Error(`block ${blockId} is not there`);
    expect(now.seq).toBe(then.seq);
    expect(documentDifference(now.doc, then.doc), blockId).toBeNull();
    expect(await blocks.rowsAfter(blockId, 0, 10), blockId).toEqual([]);
  }
  expect(await checkBlocks(blocks)).toEqual({ blocks: ids.length, rows, faults: [] });
  expect(log.lines).toEqual([]);
  await folder.close();
  await database.close();
  await rm(place, { recursive: true });
});
