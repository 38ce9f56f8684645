import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { documentDifference } from '../../server/collaboration/document-comparison.ts';
import { replayHistory } from '../../server/collaboration/history-replay.ts';

/** What the process is doing when it is killed, and for which time; `opens` is in the middle of a recovery. */
const KILLS = [
  ['fold', 2],
  ['opens', 1],
  ['saveSnapshot', 3],
  ['opens', 1],
  ['closeWindow', 1],
  ['load', 1],
  ['gather', 2],
  ['closeWindow', 3],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-compaction-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** @returns the last row that was promised before the process was killed at the given step */
function killedAt(file: string, step: string, time: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'compact-until-killed.ts'), [file], {
    execArgv: ['--import', 'tsx'],
  });
  let promised = 0;
  let seen = 0;
  return new Promise((resolve, reject) => {
    child.on('message', (said: string | number) => {
      if (typeof said === 'number') promised = said;
      else if (said === step) seen += 1;
      if (seen === time) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(promised) : reject(new Error('the process ended by itself')),
    );
  });
}

describe('a process that is killed while it compacts', () => {
  it('[SAVE-1] [SAVE-3] leaves the block in its old state or its new one, whole, also when it is killed again as it opens', async () => {
    const file = join(folder, 'casebook.db');
    let promised = 0;
    let windows = 0;
    for (const [step, time] of KILLS) {
      promised = Math.max(promised, await killedAt(file, step, time));
      const database = openSqlite(file);
      const blocks = new SqliteBlockStore(database);
      const opened = await readBlock(blocks, 'b1');
      const history = await blocks.historyOf('b1');
      if (!opened || !history) throw new Error('the block is not there');
      const words = opened.doc.getText('field/aims').toString().split(' ').filter(Boolean).map(Number);
      expect(words, step).toEqual(Array.from({ length: opened.seq }, (_, index) => index + 1));
      expect(opened.seq, step).toBeGreaterThanOrEqual(promised);
      expect(history.through, step).toBe(opened.seq);
      expect(documentDifference(replayHistory(history), opened.doc), step).toBeNull();
      windows = (await blocks.lastWindow('b1')).window;
      await database.close();
    }
    expect(windows).toBeGreaterThan(1);
  }, 120_000);
});
