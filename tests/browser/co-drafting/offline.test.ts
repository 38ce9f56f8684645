import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const AGREED = 'They watch one lesson a week.';
const LOST = ' The observer says nothing.';
const FEATURES = 'A fixed hour, and a card.';
const WHO = 'Two teachers of the same year.';
const TYPED = LOST.length + FEATURES.length + WHO.length;
const WAITING = `${TYPED} changes saved on this device`;

const inView = (element: Element | null) => {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.top > 0 && box.bottom < window.innerHeight;
};
const tray = (at: CaseAtBrowser) => at.page.getByRole('article', { name: 'Words that lost their place' });

describe('a fieldworker whose network is gone', () => {
  let hers: CaseAtBrowser;
  let his: CaseAtBrowser;

  test('[SAVE-2] [SAVE-3] types in three sections, and finds it all again after opening the page anew', async () => {
    his = await tom.open('2.4');
    await his.write('2.4', AGREED);
    hers = await ruth.open('3');
    for (const section of ['9', '2.4']) await hers.goTo(section);
    for (const section of ['3', '9', '2.4']) await hers.onDevice(section);
    await hers.until('2.4', AGREED);
    await hers.installed();
    await hers.says('Saved');

    await ruth.goOffline();
    await hers.write('2.4', LOST);
    await hers.goBy('9');
    await hers.write('9', FEATURES);
    await hers.goBy('3');
    await hers.write('3', WHO);
    await hers.says(WAITING);

    await hers.page.reload();
    await hers.text('3').waitFor();
    await hers.until('3', WHO);
    await hers.says(WAITING);
    await hers.goBy('9');
    await hers.until('9', FEATURES);
    await hers.goBy('2.4');
    await hers.until('2.4', AGREED + LOST);
    expect(await his.reads('2.4')).toBe(AGREED);
  });

  test('[SAVE-3] back on the network, a colleague has it all, once', async () => {
    await his.toEnd('2.4');
    await his.page.keyboard.press('Control+Alt+3');
    await his.text('2.4').getByRole('heading', { name: AGREED }).waitFor();
    await his.says('Saved');

    await ruth.goOnline();
    await hers.says('Saved');
    await his.goBy('9');
    await his.until('9', FEATURES);
    await his.goBy('3');
    await his.until('3', WHO);
    await hers.goBy('3');
    await hers.until('3', WHO);
  });

  test('[SAVE-5] words typed in a paragraph that became a heading stand in the tray of both, and go back once', async () => {
    // She reads section 3 meanwhile, where the card in the margin is out of view.
    await hers.page.getByText('Words of yours lost their place in 2.4. They are kept.').waitFor();
    for (const at of [hers, his]) {
      await at.goBy('2.4');
      await tray(at).waitFor();
      await at.until('2.4', AGREED);
      expect(await tray(at).count()).toBe(1);
      expect(await tray(at).locator('mark').textContent()).toBe(LOST);
    }
    await tray(hers).getByText('Your words. Tom Ashe turned this paragraph into something else').waitFor();
    await tray(his)
      .getByText('Ruth Adeyemi’s words. You turned this paragraph into something else')
      .waitFor();

    await tray(hers).getByRole('button', { name: 'Put back' }).click();
    for (const at of [hers, his]) {
      await tray(at).waitFor({ state: 'detached' });
      await at.text('2.4').getByText(LOST.trim()).waitFor();
      expect((await at.reads('2.4')).split(LOST.trim())).toHaveLength(2);
    }
    const back = hers.text('2.4').getByText(LOST.trim());
    await hers.page.waitForFunction(inView, await back.elementHandle());
    await hers.says('Saved');
    for (const at of [hers, his]) {
      await at.goTo('2.4');
      await at.text('2.4').getByText(LOST.trim()).waitFor();
      expect((await at.reads('2.4')).split(LOST.trim())).toHaveLength(2);
      expect(await tray(at).count()).toBe(0);
    }
    expect([...ruth.complaints, ...tom.complaints]).toEqual([]);
  });

  test('[SAVE-2] a section that her device has no copy of says so, and takes words again on the network', async () => {
    await hers.onDevice('3');
    await ruth.goOffline();
    await hers.forget('3');
    await hers.page.reload();
    await hers.text('2.4').waitFor();
    await hers.goTowards('3');
    const notice = hers.section('3').getByText('This section is not on this device yet.');
    await notice.waitFor();
    expect(await hers.text('3').count()).toBe(0);
    expect(await hers.section('3').getByText(WHO).count()).toBe(1);

    await ruth.goOnline();
    await hers.text('3').waitFor();
    expect(await notice.count()).toBe(0);
    await hers.until('3', WHO);
  });
});
