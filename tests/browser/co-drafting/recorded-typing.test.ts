import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { CONTENT } from '../../../shared/document/block-parts.ts';
import { joinTeam, LiveClient } from '../../collaboration/live-client.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { inOneLine, loadTrace } from '../../support/traces.ts';
import { type CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';
import { forPages } from './recorded-typing.ts';

const BY_TWO = 1_500;
const BY_THIRD = 2_400;
/** Steps of the third person in one go: a few words. */
const BURST = 24;

let server: RunningServer;
let browser: Browser;
let team: Team;
const people: MemberAtBrowser[] = [];

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  for (const name of ['Ruth Adeyemi', 'Tom Ashe', 'Wren Castell']) {
    people.push(await MemberAtBrowser.join(browser, server.url, team, name));
  }
});
afterAll(async () => {
  for (const person of people) await person.close();
  await browser?.close();
  await server?.close();
});

/** The section as a stranger's client gets it. */
async function asStranger(blockId: string, token: string): Promise<string> {
  const client = new LiveClient(server, blockId, token);
  await client.synced();
  const lines = client.doc
    .getXmlFragment(CONTENT)
    .toArray()
    .map((paragraph) => (paragraph as Y.XmlElement).toArray().join(''));
  client.end();
  return lines.join('\n');
}

describe('three people at their browsers', () => {
  test('[SAVE-1] [SAVE-3] [SAVE-4] recorded typing of two, and of a third elsewhere, ends equal everywhere', async () => {
    const together = forPages(loadTrace('friendsforever'), BY_TWO);
    const alone = inOneLine(loadTrace('seph-blog1'), BY_THIRD);
    const [ruth, tom, wren] = (await Promise.all([
      people[0]?.open('2.4'),
      people[1]?.open('2.4'),
      people[2]?.open('9'),
    ])) as [CaseAtBrowser, CaseAtBrowser, CaseAtBrowser];
    const blockId = ruth.block('2.4');
    const elsewhere = wren.block('9');

    const ids = await Promise.all(
      [ruth, tom].map(({ page }) => page.evaluate((id) => window.hand.clientId(id), blockId)),
    );
    // Who writes under the lower id is first where both type at one place.
    const pages = (ids[0] as number) < (ids[1] as number) ? [ruth.page, tom.page] : [tom.page, ruth.page];
    for (const page of pages) await page.evaluate((edits) => window.hand.hold({ edits }), blockId);

    const typeTogether = async () => {
      const typed = [0, 0];
      for (const step of together.steps) {
        const { agent } = step;
        typed[agent] = (typed[agent] as number) + 1;
        await pages[agent]?.evaluate(
          ([id, { heard, before, patches }]) => {
            window.hand.letThrough(heard);
            window.hand.type(id, before, patches);
          },
          [blockId, step] as const,
        );
        await pages[1 - agent]?.evaluate((count) => window.hand.arrived(count), typed[agent] as number);
      }
      for (const page of pages) await page.evaluate((count) => window.hand.letThrough(count), BY_TWO);
    };
    const typeAlone = async () => {
      for (let at = 0; at < BY_THIRD; at += BURST) {
        const steps = alone.steps.slice(at, at + BURST).map(({ patches }) => patches);
        await wren.page.evaluate(
          ([id, burst]) => {
            for (const patches of burst) window.hand.type(id, window.hand.text(id), patches);
          },
          [elsewhere, steps] as const,
        );
      }
    };
    await Promise.all([typeTogether(), typeAlone()]);

    expect(await ruth.reads('2.4')).toBe(together.text);
    expect(await tom.reads('2.4')).toBe(together.text);
    expect(await wren.reads('9')).toBe(alone.text);
    for (const at of [ruth, tom, wren]) await at.says('Saved');

    const { token } = await joinTeam(server, team, 'Stranger Here', 'viewer');
    expect(await asStranger(blockId, token)).toBe(together.text);
    expect(await asStranger(elsewhere, token)).toBe(alone.text);

    await server.stop();
    await server.restart();
    expect(await asStranger(blockId, token)).toBe(together.text);
    expect(await asStranger(elsewhere, token)).toBe(alone.text);
    // The pages come back by themselves; another one sees what they see.
    await tom.goTo('9');
    await tom.until('9', alone.text);
    await wren.goTo('2.4');
    await wren.until('2.4', together.text);
    await ruth.write('2.4', ' And on.');
    await wren.until('2.4', `${together.text} And on.`);
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 400_000);
});
