import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ThreadList } from '../../../shared/api/comments.ts';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from '../co-drafting/case-at-browser.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const BEFORE = 'They watch each other teach. ';
const WORDS = 'It is always asked for';
const LATER = 'What the observer writes stays on the card.';

let server: RunningServer;
let browser: Browser;
let team: Team;
let mary: MemberAtBrowser;
let ruth: MemberAtBrowser;
let hers: CaseAtBrowser;
let ruths: CaseAtBrowser;
let derek: Page;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  mary = await MemberAtBrowser.join(browser, server.url, team, 'Mary Editor', 'editor');
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  hers = await mary.open('2.4');
  ruths = await ruth.open('2.4');
  for (const { page } of [hers, ruths]) await page.setViewportSize({ width: 1440, height: 900 });
  await hers.write('2.4', `${BEFORE}${WORDS}.`);
  await hers.page.keyboard.press('Enter');
  await hers.page.keyboard.type(LATER);
  await ruths.until('2.4', `${BEFORE}${WORDS}.\n${LATER}`);
});
afterAll(async () => {
  await mary?.close();
  await ruth?.close();
  await browser?.close();
  await server?.close();
});
afterEach(() => expect([...mary.complaints, ...ruth.complaints]).toEqual([]));

const beside = ({ page }: CaseAtBrowser) => page.getByRole('complementary', { name: 'Beside the text' });
const thread = (at: CaseAtBrowser | Page, words: string) =>
  ('page' in at ? at.page : at).locator('article[data-thread]').filter({ hasText: words });
const threadsOf = (): Promise<ThreadList> =>
  team.calls.call('GET /api/cases/:caseId/threads', undefined, { caseId: team.case.id });

async function selectWords(at: CaseAtBrowser, from: number, length: number): Promise<void> {
  await at.caretAt('2.4', from);
  for (let letter = 0; letter < length; letter += 1) await at.page.keyboard.press('Shift+ArrowRight');
}

/** In the light at a desk, in the dark on a phone. */
async function expectGood(page: Page, within?: string): Promise<void> {
  const before = page.viewportSize();
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFindings(page, within), `${colorScheme} ${width}`).toEqual([]);
    expect(await overflows(page), `at ${width}`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe('a thread', () => {
  test('[REVIEW-3] on words stands beside them, is answered live, and goes with them where they are moved', async () => {
    await selectWords(hers, BEFORE.length, WORDS.length);
    await hers.page.keyboard.press('Control+Alt+m');
    const box = beside(hers).getByRole('combobox', { name: 'Comment' });
    await box.fill('Is that always so?');
    await hers.page.keyboard.press('Escape');
    await beside(hers).getByText('Not sent yet').click();
    await box.press('Control+Enter');
    await thread(ruths, 'Is that always so?').getByText('Team only').waitFor();

    const his = thread(ruths, 'Is that always so?');
    await his.getByRole('button', { name: 'Reply' }).click();
    await his.getByRole('combobox').fill('From the second term on. @Mar');
    await his.getByRole('option', { name: 'Mary Editor' }).waitFor();
    await ruths.page.keyboard.press('Enter');
    await ruths.page.keyboard.press('Control+Enter');
    await thread(hers, 'From the second term on.').getByText('@Mary Editor').waitFor();
    await expectGood(hers.page, 'aside');

    const height = (at: CaseAtBrowser) =>
      thread(at, 'Is that always so?').evaluate((card) => card.getBoundingClientRect().top);
    const line = await ruths.text('2.4').locator('[data-anchor]').first().boundingBox();
    expect(Math.abs((await height(ruths)) - (line?.y ?? 0))).toBeLessThan(30);

    await ruths.caretAt('2.4', 0);
    for (let at = 0; at < 6; at += 1) await ruths.page.keyboard.press('Enter');
    await ruths.caretAt('2.4', 6 + BEFORE.length + 'It is '.length);
    for (let at = 0; at < 'always '.length; at += 1) await ruths.page.keyboard.press('Delete');
    const changed = thread(hers, 'The words have changed since');
    await changed.locator('del').filter({ hasText: 'always' }).waitFor();
    await expect
      .poll(async () => {
        const now = await hers.text('2.4').locator('[data-anchor]').first().boundingBox();
        return Math.abs((await height(hers)) - (now?.y ?? 0));
      })
      .toBeLessThan(30);

    await thread(hers, 'Is that always so?').getByRole('button', { name: 'Resolve' }).click();
    await thread(ruths, 'Is that always so?').getByText('Resolved by Mary Editor').waitFor();
  });

  test('[REVIEW-3] whose words are gone waits in a tray, and is put at others', async () => {
    const GOING = 'Soon gone.';
    await hers.write('2.4', ` ${GOING}`);
    const select = async (words: string) =>
      selectWords(hers, (await hers.reads('2.4')).indexOf(words), words.length);
    await select(GOING);
    await hers.page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Comment' }).click();
    await beside(hers).getByRole('combobox', { name: 'Comment' }).fill('Why?');
    await hers.page.keyboard.press('Control+Enter');
    await thread(ruths, 'Why?').waitFor();
    await hers.toEnd('2.4');
    for (let at = 0; at <= GOING.length; at += 1) await hers.page.keyboard.press('Backspace');
    const tray = beside(hers).getByRole('region', { name: /^Comments that lost their place/ });
    await tray.getByText(GOING).waitFor();
    await tray.getByRole('button', { name: 'Put it at other words' }).click();
    await select('What');
    await hers.page.getByRole('button', { name: 'Put it here' }).click();
    await tray.waitFor({ state: 'detached' });
    await thread(ruths, 'Why?').getByRole('button', { name: 'Resolve' }).click();
    await thread(hers, 'Why?').getByText('Resolved by Ruth Adeyemi').waitFor();
  });

  test('[SAVE-3] that is written without a network waits on the device, and arrives once', async () => {
    await ruth.goOffline();
    const text = await ruths.reads('2.4');
    await selectWords(ruths, text.indexOf(LATER), 'What the observer writes'.length);
    await ruths.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await beside(ruths).getByRole('combobox', { name: 'Comment' }).fill('Which card?');
    await ruths.page.keyboard.press('Control+Enter');
    await thread(ruths, 'Which card?').getByText('waits on this device').waitFor();
    expect((await threadsOf()).threads).toHaveLength(2);

    await ruth.goOnline();
    await thread(hers, 'Which card?').waitFor();
    await thread(ruths, 'Which card?').getByText('waits on this device').waitFor({ state: 'detached' });
    const { threads } = await threadsOf();
    expect(threads.map(({ comments }) => comments.map(({ words }) => words))).toEqual([
      ['Is that always so?', 'From the second term on. @Mary Editor '],
      ['Why?'],
      ['Which card?'],
    ]);
  });

  test('opens by its address, and in the list, on a phone too', async () => {
    const id = (await threadsOf()).threads.find(({ comments }) => comments[0]?.words === 'Which card?')?.id;
    await hers.page.goto(`/cases/${team.case.id}?thread=${id}`);
    await expect
      .poll(() => thread(hers, 'Which card?').evaluate((card) => card === document.activeElement))
      .toBe(true);
    await hers.page.setViewportSize({ width: 390, height: 844 });
    await hers.page.getByRole('button', { name: 'Close' }).click();
    await hers.page.getByRole('button', { name: 'One comment' }).click();
    await hers.page.getByLabel('Open or resolved').selectOption('all');
    await hers.page.getByRole('button', { name: /Is that always so/ }).waitFor();
    // it lies over parts of what is under it
    await expectGood(hers.page, 'aside');
    await hers.page.getByRole('button', { name: /Which card/ }).click();
    await thread(hers, 'Which card?').getByRole('button', { name: 'Reply' }).waitFor();
  });

  test('[REVIEW-4] of the team is not known at a school, which comments on its copy from a phone', async () => {
    const context = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' } as const;
    const person = await openPerson(browser, await team.invite('Derek Onslow', 'contact'), { context });
    derek = person.page;
    await team.calls.call(
      'POST /api/cases/:caseId/sharing',
      {
        id: newId(),
        steps: [{ blockId: hers.block('2.4'), personId: person.personId, from: null, to: 'comment' }],
      },
      { caseId: team.case.id },
    );
    const copy = derek.getByRole('region', { name: '2.4 Observing' });
    await copy.getByRole('button', { name: `Comment on: ${LATER}` }).click();
    expect(await derek.getByText('Which card?').count()).toBe(0);
    await copy.getByRole('combobox', { name: 'Comment' }).fill('It stays with the teacher.');
    await copy.getByRole('button', { name: 'Send' }).click();
    const theirs = thread(ruths, 'It stays with the teacher.');
    await theirs.getByText('With the school').waitFor();
    await copy.locator('[data-anchor]').first().waitFor();
    await theirs.getByRole('button', { name: 'Reply' }).click();
    await theirs.getByRole('combobox').fill('Thank you, we will say so.');
    await ruths.page.keyboard.press('Control+Enter');
    await thread(derek, 'Thank you, we will say so.').waitFor();
    await expectGood(derek, '[aria-labelledby^="read-"]');
    await person.context.close();
  });
});
