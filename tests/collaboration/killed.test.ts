import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type RunningServer, startServer } from '../support/server.ts';
import { plantTeam, type Team } from '../support/team.ts';
import { joinTeam, LiveClient, type Member } from './live-client.ts';
import { LivePage } from './live-page.ts';

/** Each round is killed after so many acknowledgements: early, late, and in between. */
const KILL_AFTER = [2, 40, 120, 7];

describe('a server that is killed while people type', () => {
  let server: RunningServer;
  let team: Team;
  let ann: Member;
  let ben: Member;

  beforeAll(async () => {
    server = await startServer();
    team = await plantTeam(server);
    ann = await joinTeam(server, team, 'Ann Abara', 'fieldworker');
    ben = await joinTeam(server, team, 'Ben Bewley', 'editor');
  });
  afterAll(() => server.close());

  const wordsOf = (doc: Y.Doc) => doc.getText('field/aims').toString().split(' ').filter(Boolean);

  test('[SAVE-1] has all that it acknowledged or that others saw, once, after every kill', async () => {
    const blockId = team.case.blocks[0]?.blockId as string;
    const doc = new Y.Doc();
    const acknowledged = new Set<string>();
    let typed = 0;

    for (let round = 0; round < KILL_AFTER.length; round++) {
      const reader = new Y.Doc();
      const watcher = new LiveClient(server, blockId, ben.token, { doc: reader });
      /** For each write of this page, the words that it brought. */
      const sent = new Map<number, string>();
      let acks = 0;
      const page: LivePage = new LivePage(server, blockId, ann.token, doc, (n) => {
        for (const [write, word] of sent) if (write <= n) acknowledged.add(word);
        acks += 1;
        if (acks === KILL_AFTER[round]) {
          void server.kill9();
          return;
        }
        for (let burst = 0; burst < 3; burst++) {
          const word = `w${typed++}`;
          const at = doc.getText('field/aims').length;
          doc.getText('field/aims').insert(at, `${word} `);
          sent.set(page.writes, word);
        }
      });
      await page.closed();
      watcher.end();
      await server.restart();

      const after = new LiveClient(server, blockId, ben.token);
      await after.synced();
      const kept = wordsOf(after.doc);
      const seen = wordsOf(reader);
      expect(seen.length + acknowledged.size).toBeGreaterThan(0);
      expect(kept).toEqual(expect.arrayContaining([...acknowledged]));
      expect(kept).toEqual(expect.arrayContaining(seen));
      expect(new Set(kept).size).toBe(kept.length);
      after.end();
    }

    // What was not acknowledged is still on the device, and arrives with its return: once.
    const back = new LiveClient(server, blockId, ann.token, { doc });
    const watcher = new LiveClient(server, blockId, ben.token);
    await watcher.until((seen) => wordsOf(seen).length === typed);
    expect(wordsOf(watcher.doc)).toEqual(Array.from({ length: typed }, (_, i) => `w${i}`));
    back.end();
    watcher.end();
  }, 180_000);
});
