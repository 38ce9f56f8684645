import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { joinTeam } from '../collaboration/live-client.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { plantTeam } from '../support/team.ts';
import { PageCalls } from '../support/web.ts';
import { aims } from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

const DAY = 24 * 60 * 60 * 1_000;
const HOOK = pathToFileURL(join(import.meta.dirname, 'support/moved-clock.mjs')).href;

/** A server of which the machine's clock is so far off, milliseconds. */
function startMoved(dataDir: string, by: number): Promise<RunningServer> {
  return startServer({ dataDir, env: { NODE_OPTIONS: `--import=${HOOK}`, CLOCK_MOVED_BY: String(by) } });
}

describe('a clock that is set another day', () => {
  test.each([
    ['a day ahead', DAY],
    ['a day back', -DAY],
  ])(
    '[SAVE-1] [LINK-1] row 8: %s loses no word, and links of yesterday and of today open',
    async (_what, by) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'casebook-clock-'));
      const first = await startServer({ dataDir });
      const team = await plantTeam(first);
      const ann = await joinTeam(first, team, 'Ann Abara', 'fieldworker');
      const blockId = team.case.blocks[0]?.blockId as string;
      const before = await RoomsClient.connect(first, ann.token);
      const doc = before.open(1, blockId);
      await before.until(() => before.isSynced(1));
      aims(doc).insert(0, 'Before. ');
      await before.until(() => before.isSaved(1));
      const waiting = await team.invite('Ben Bewley', 'editor');
      await first.stop();

      const moved = await startMoved(dataDir, by);
      const after = await RoomsClient.connect(moved, ann.token);
      after.open(1, blockId, doc);
      await after.until(() => after.isSynced(1));
      aims(doc).insert(8, 'On another day.');
      await after.until(() => after.isSaved(1));
      const ben = new PageCalls(moved.url, moved.url);
      const token = new URL(waiting).hash.slice(1);
      expect(await ben.call('POST /api/links/redeem', { token })).toMatchObject({
        person: { name: 'Ben Bewley' },
      });
      // Once only, whatever the day.
      await new PageCalls(moved.url, moved.url).refused('POST /api/links/redeem', { token });
      await moved.stop();

      // Back to the right day: what was written on the other one is in its place.
      const again = await startServer({ dataDir });
      const reader = await RoomsClient.connect(again, ann.token);
      const read = reader.open(1, blockId);
      await reader.until(() => reader.isSynced(1));
      expect(aims(read).toString()).toBe('Before. On another day.');
      await again.close();
      await rm(dataDir, { recursive: true });
    },
  );

  test('[LINK-1] row 8: a link has no longer life than it was given, when the clock has passed that', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'casebook-clock-'));
    const first = await startServer({ dataDir });
    const team = await plantTeam(first);
    const link = await team.invite('Ben Bewley', 'editor');
    await first.stop();
    const later = await startMoved(dataDir, 400 * DAY);
    const token = new URL(link).hash.slice(1);
    await new PageCalls(later.url, later.url).refused('POST /api/links/redeem', { token });
    await later.close();
    await rm(dataDir, { recursive: true });
  });
});
