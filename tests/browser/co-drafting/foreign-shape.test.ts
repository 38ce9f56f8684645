import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinTeam, LiveClient, type Member } from '../../collaboration/live-client.ts';
import { element, paragraph, words } from '../../document/foreign.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';

const LINE = 'Something in this text can’t be shown here.';
let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;
let eve: Member;
let hers: CaseAtBrowser;
let his: CaseAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
  eve = await joinTeam(server, team, 'Eve Stone', 'fieldworker');
  hers = await ruth.open('2.4');
  his = await tom.open('2.4');
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});

describe('raw Yjs that no editor can hold, with two pages open', () => {
  test('[SAVE-5] both read on, write on where they were, and find the words in the tray', async () => {
    await hers.write('2.4', 'They watch a lesson.');
    await his.until('2.4', 'They watch a lesson.');
    const client = new LiveClient(server, hers.block('2.4'), eve.token);
    await client.synced();
    const seen = Promise.all([hers, his].map((page) => page.section('2.4').getByText(LINE).waitFor()));
    client.doc
      .getXmlFragment('content')
      .insert(0, [
        element('video', [paragraph('Said in a film.')]),
        element('paragraph', [words('Run me.', { link: { href: 'javascript:alert(1)' }, blink: {} })]),
      ]);
    await seen;
    for (const page of [hers, his]) {
      await page.text('2.4').waitFor();
      expect(await page.section('2.4').getByText(LINE).count()).toBe(0);
      await page.until('2.4', 'Run me.\nThey watch a lesson.');
      expect(await page.text('2.4').locator('a').count()).toBe(0);
    }
    await hers.page.keyboard.type(' And talk.');
    await his.until('2.4', 'Run me.\nThey watch a lesson. And talk.');
    await hers.says('Saved');
    for (const page of [hers, his]) {
      await page.page.getByText('Said in a film.').waitFor();
      await page.page.getByText('They stood in something that a section cannot hold').waitFor();
    }
    client.end();
    expect([...ruth.complaints, ...tom.complaints]).toEqual([]);
  });
});
