import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});

describe('two tabs of one person in one section, one of them closed right after the last key', () => {
  const open: CaseAtBrowser[] = [];
  afterEach(async () => {
    for (const { page } of open.splice(0)) await page.close();
  });
  const tab = async (of: MemberAtBrowser, section: string) => {
    const at = await of.open(section);
    open.push(at);
    return at;
  };

  test('[SAVE-3] on the network, all of it reaches the other tab and a colleague, once', async () => {
    const [first, second, his] = [await tab(ruth, '2.4'), await tab(ruth, '2.4'), await tab(tom, '2.4')];
    await second.write('2.4', 'It began in May.');
    await first.until('2.4', 'It began in May.');
    await first.write('2.4', ' It goes on.');
    await first.page.close();
    for (const at of [second, his]) await at.until('2.4', 'It began in May. It goes on.');
    await second.says('Saved');
    for (const at of [second, his]) expect(await at.reads('2.4')).toBe('It began in May. It goes on.');
  });

  test('[SAVE-3] without a network, the other tab has it and sends it, once', async () => {
    const [first, second, his] = [await tab(ruth, '9'), await tab(ruth, '9'), await tab(tom, '9')];
    await second.says('Saved');
    await ruth.goOffline();
    await first.write('9', 'Nobody else may hear.');
    await first.page.close();
    await second.until('9', 'Nobody else may hear.');
    await second.says('21 changes saved on this device');
    await ruth.goOnline();
    await his.until('9', 'Nobody else may hear.');
    await second.says('Saved');
    expect(await second.reads('9')).toBe('Nobody else may hear.');
  });

  test('[SAVE-3] without a network and without another tab, the next one has it and sends it, once', async () => {
    const [only, his] = [await tab(ruth, '3'), await tab(tom, '3')];
    await only.says('Saved');
    await only.installed();
    await ruth.goOffline();
    await only.write('3', 'They chose each other.');
    await only.page.close();
    const later = await tab(ruth, '3');
    await later.until('3', 'They chose each other.');
    await later.says('22 changes saved on this device');
    await ruth.goOnline();
    await his.until('3', 'They chose each other.');
    await later.says('Saved');
    expect(await later.reads('3')).toBe('They chose each other.');
    expect([...ruth.complaints, ...tom.complaints]).toEqual([]);
  });
});
