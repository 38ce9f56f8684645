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
import type { CaseDetail, CaseText } from '../../shared/api/cases.ts';
import { HandClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';
import { HeardLog } from '../support/wire.ts';

interface Answers {
  readonly token: string;
  readonly caseId: string;
  readonly detail: CaseDetail;
  readonly text: CaseText;
}

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

  // The cached readings are made anew: they must find the last changes where no row stands any more.
  const forgetful = openSqlite(file);
  forgetful.raw.exec('delete from projections');
  await forgetful.close();
  const answers = JSON.parse(await readFile(join(kept, '../answers.json'), 'utf8')) as Answers;
  // A later version may let the same person do more.
  const detail = { ...answers.detail, acts: expect.arrayContaining([...answers.detail.acts]) };
  const server = await startServer({ dataDir: place });
  for (const twice of ['anew', 'as kept']) {
    for (const [path, told] of [
      [`/api/cases/${answers.caseId}/text`, answers.text],
      [`/api/cases/${answers.caseId}`, detail],
    ] as const) {
      const headers = { authorization: `Bearer ${answers.token}` };
      const response = await fetch(`${server.url}${path}`, { headers });
      expect(response.status, path).toBe(200);
      expect(await response.json(), `${path}, ${twice}`).toMatchObject(told);
    }
  }
  await server.stop();
  await rm(place, { recursive: true });
});
