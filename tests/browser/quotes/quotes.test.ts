import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from '../co-drafting/case-at-browser.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const INTRO = 'One of them said: ';
const WORDS = 'we tried it twice before anybody was told';
const SECOND = 'nobody had asked us that before';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;
let hers: CaseAtBrowser;
let his: CaseAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
  hers = await ruth.open('2.4');
  his = await tom.open('2.4');
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});
afterEach(() => expect([...ruth.complaints, ...tom.complaints]).toEqual([]));

const chip = (at: CaseAtBrowser, word: string) =>
  at.text('2.4').getByRole('button', { name: `Quote of Amal Haddad: ${word}`, exact: true });

function isInView(at: Locator): Promise<boolean> {
  return at.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top > 0 && bottom < window.innerHeight;
  });
}

/** By then the page was drawn for its new address, and whatever that scrolls was scrolled. */
function framesLater(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
  });
}

function isFocused(at: Locator): Promise<boolean> {
  return at.evaluate((element) => element === document.activeElement);
}

/** In the light at a desk, in the dark on a phone. */
async function expectGood(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFindings(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    expect(await overflows(page), `${page.url()} at ${width}`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe('a quote', () => {
  test('[QUOTE-1] is captured by key, sent and confirmed, and every open page shows it at once', async () => {
    await hers.write('2.4', INTRO + WORDS);
    await his.until('2.4', INTRO + WORDS);
    await hers.caretAt('2.4', INTRO.length);
    await hers.page.keyboard.press('Shift+End');
    await hers.page.getByRole('toolbar', { name: 'Format' }).waitFor();
    await hers.page.keyboard.press('Control+Shift+Period');
    const form = hers.page.getByRole('dialog', { name: 'Somebody’s words' });
    await form.getByText(WORDS).first().waitFor();
    expect(await axeFindings(hers.page, 'dialog')).toEqual([]);
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    await form.getByText('What are they called?').waitFor();
    await form.getByLabel('Name', { exact: true }).fill('Amal Haddad');
    await form.getByLabel('Role', { exact: true }).fill('Deputy head');
    await form.getByLabel('E-mail address').fill('amal@school');
    await form.getByLabel(/^I have checked it/).check();
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    await form.getByText('This is not an e-mail address.').waitFor();
    await expect.poll(() => isFocused(form.getByLabel('E-mail address'))).toBe(true);
    await hers.page.keyboard.press('Escape');
    const leaving = hers.page.getByRole('dialog', { name: 'Leave without keeping it?' });
    await leaving.waitFor();
    await hers.page.keyboard.press('Escape');
    await leaving.waitFor({ state: 'detached' });
    await form.getByLabel('E-mail address').fill('amal@school.example');
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    for (const at of [hers, his]) await chip(at, 'To send').waitFor();

    await chip(hers, 'To send').click();
    const card = hers.page.getByRole('dialog', { name: /^Quote: / });
    await card.getByText('Captured by Ruth Adeyemi').waitFor();
    expect(await axeFindings(hers.page, '[role="dialog"]')).toEqual([]);
    await card.getByRole('button', { name: 'Send to Amal Haddad' }).click();
    await hers.page.locator('form').getByRole('button', { name: 'Send to Amal Haddad' }).click();
    await hers.page.getByRole('button', { name: 'Done' }).click();
    for (const at of [hers, his]) await chip(at, 'Waiting').waitFor();

    await card.getByRole('button', { name: 'Write down their answer' }).click();
    await hers.page.getByLabel('When was the call, and with whom?').fill('Friday, 12:30, with Ruth');
    await hers.page.getByRole('button', { name: 'Write it down' }).click();
    for (const at of [hers, his]) await chip(at, 'Confirmed').waitFor();
    await hers.page.keyboard.press('Escape');
  });

  test('[QUOTE-2] is void on every page once one word is changed offline and merged in, and restoring revives it', async () => {
    await tom.goOffline();
    await his.caretAt('2.4', `${INTRO}we `.length);
    await his.page.keyboard.type('a');
    const asked = his.page.getByRole('dialog', { name: 'These are the words of Amal Haddad' });
    await asked.waitFor();
    expect(await his.reads('2.4')).toBe(INTRO + WORDS);
    await asked.getByRole('button', { name: 'Change them all the same' }).click();
    await chip(his, 'Needs you').waitFor();
    await his.page.keyboard.type('ll ');
    const changed = `${INTRO}we all tried it twice before anybody was told`;
    await his.until('2.4', changed);
    expect(await chip(hers, 'Confirmed').count()).toBe(1);

    await tom.goOnline();
    await hers.until('2.4', changed);
    for (const at of [hers, his]) await chip(at, 'Needs you').waitFor();
    await chip(hers, 'Needs you').click();
    const card = hers.page.getByRole('dialog', { name: 'Quote: Needs you' });
    await card.getByText('Since they agreed').waitFor();
    expect(await card.locator('ins').allTextContents()).toEqual(['all ']);
    await card.getByRole('button', { name: 'Put the confirmed words back' }).click();
    for (const at of [hers, his]) {
      await at.until('2.4', INTRO + WORDS);
      await chip(at, 'Confirmed').waitFor();
    }
    await hers.page.keyboard.press('Escape');
  });

  test('[QUOTE-7] needs somebody again when what stands around it is changed', async () => {
    await hers.caretAt('2.4', 0);
    await hers.page.keyboard.type('The head: ');
    for (const at of [hers, his]) await chip(at, 'Needs you').waitFor();
    await chip(his, 'Needs you').click();
    await his.page.getByText('What stands around the words has changed.').waitFor();
    await his.page.keyboard.press('Escape');
    for (const _ of 'The head: ') await hers.page.keyboard.press('Backspace');
    for (const at of [hers, his]) await chip(at, 'Confirmed').waitFor();
  });

  test('[SAVE-3] that is captured without a network waits on the device, and arrives once', async () => {
    await hers.toEnd('2.4');
    await hers.page.keyboard.press('Enter');
    await hers.page.keyboard.type(SECOND);
    await his.until('2.4', `${INTRO}${WORDS}\n${SECOND}`);
    await ruth.goOffline();
    await hers.page.keyboard.press('Shift+Home');
    await hers.page.getByRole('button', { name: 'Quote', exact: true }).click();
    const form = hers.page.getByRole('dialog', { name: 'Somebody’s words' });
    await form.getByLabel(/Amal Haddad/).check();
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    await chip(hers, 'To send').click();
    await hers.page.getByText('Kept on this device, and sent as soon as you are connected.').waitFor();
    await hers.page.keyboard.press('Escape');

    await ruth.goOnline();
    await chip(his, 'To send').waitFor();
    await chip(his, 'To send').click();
    await his.page.getByText('Captured by Ruth Adeyemi').waitFor();
    await his.page.getByRole('button', { name: 'I checked it against the source' }).click();
    await his.page.getByRole('button', { name: 'Send to Amal Haddad' }).waitFor();
    await his.page.keyboard.press('Escape');
  });

  test('stands on the board by how it stands, one click from its place in the text', async () => {
    const { page } = his;
    await page.getByRole('link', { name: 'Quotes', exact: true }).first().click();
    // the line that she began behind it stands beside it now
    await page.getByRole('heading', { name: 'Needs you 1' }).waitFor();
    await page.getByRole('heading', { name: 'To send 1' }).waitFor();
    await page.getByRole('button', { name: 'Send one quote to Amal Haddad' }).waitFor();
    await page.getByText('2 quotes keep this from being printed').click();
    await page.getByText('The speaker has not said where their words may be published.').first().waitFor();
    await expectGood(page);
    await page.getByRole('button', { name: /^To send/ }).click();
    await page.getByRole('heading', { name: 'Needs you 1' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Every step' }).click();
    await page.getByText('Checked against the notes or the recording').waitFor();
    await expectGood(page);
    await page.goBack();
    const link = page.getByRole('link', { name: 'Show it in the text' }).first();
    const address = (await link.getAttribute('href')) ?? '';
    const shown = his.text('2.4').locator('.quote-chip').first();
    for (const go of [() => link.click(), () => page.goto(address)]) {
      await go();
      await page.getByRole('dialog', { name: /^Quote: / }).waitFor();
      await page.waitForURL(/section=2\.4/);
      await shown.waitFor();
      await framesLater(page);
      expect(await isInView(shown), String(go)).toBe(true);
    }
    await page.goto(`/studies/${team.studyId}/quotes`);
    await page.getByRole('heading', { name: 'To send 1' }).waitFor();
    await expectGood(page);
  });
});
