import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from '../co-drafting/case-at-browser.ts';
import { axeFindings } from '../shell/accessible.ts';

const SCHOOL = 'Marlow Bridge Primary School';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let hers: CaseAtBrowser;
let amal: string;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  amal = await speaker('Amal Haddad', 'Deputy head');
  await speaker('Bo Berg', 'Mentor');
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  hers = await ruth.open('2.4');
});
afterAll(async () => {
  await ruth?.close();
  await browser?.close();
  await server?.close();
});
afterEach(() => expect(ruth.complaints).toEqual([]));

async function speaker(name: string, role: string): Promise<string> {
  const about = { age: 'sixteen-or-over', naming: 'role-only' } as const;
  const wanted = {
    id: newId(),
    schoolId: team.schoolId,
    name,
    role,
    email: `${role.slice(0, 4)}@s.example`,
    ...about,
  };
  return (await team.calls.call('POST /api/cases/:caseId/speakers', wanted, { caseId: team.case.id })).id;
}

const names = (page: Page) => page.getByRole('listbox', { name: 'Who is meant' });
/** The editor hears of a selection a little later. */
const selectionHeard = () =>
  hers.page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve()))),
  );
const drawn = () => hers.text('2.4').locator('.reference').allTextContents();

describe('[NAME-1] somebody in the text', () => {
  test('is chosen by typing @, by keyboard alone, and drawn as they are named', async () => {
    const { page } = hers;
    await hers.write('2.4', 'We met @ama');
    await names(page)
      .getByRole('option', { name: /^Amal Haddad, Deputy head/ })
      .waitFor();
    expect(await names(page).getByRole('option').count()).toBe(1);
    expect(await axeFindings(page, '[role="listbox"]')).toEqual([]);
    await page.keyboard.press('Enter');
    await names(page).waitFor({ state: 'detached' });
    await page.keyboard.type(' at /person');
    await page.keyboard.press('Enter');
    await names(page).getByRole('option', { name: SCHOOL }).waitFor();
    await page.keyboard.type('marlow');
    await page.keyboard.press('Enter');
    await page.keyboard.type('. Write to a@b.example, or @nobody here.');
    expect(await drawn()).toEqual(['Deputy head', SCHOOL]);
    expect(await hers.text('2.4').innerText()).toBe(
      `We met Deputy head at ${SCHOOL}. Write to a@b.example, or @nobody here.`,
    );
    await page.keyboard.press('Control+A');
    const copied = await page.evaluate(() => {
      const data = new DataTransfer();
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
      );
      return [data.getData('text/plain'), data.getData('text/html')];
    });
    expect(copied[0]).toContain(`We met Deputy head at ${SCHOOL}.`);
    expect(copied[1]).toContain(`data-reference="participant/${amal}"`);

    const paste = (html: string) =>
      page.evaluate((clip) => {
        const data = new DataTransfer();
        data.setData('text/html', clip);
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      }, html);
    // of another study: its words stay, and nobody is named by an id that is not known here
    await hers.toEnd('2.4');
    await page.keyboard.press('Enter');
    await paste(copied[1]?.replace(amal, 'elsewhere') ?? '');
    expect(await drawn()).toEqual(['Deputy head', SCHOOL, SCHOOL]);
    await expect.poll(() => hers.text('2.4').innerText()).toMatch(/\nWe met Deputy head at /);
    const emptyLine = async () => {
      // a name is one letter of what is read
      await hers.caretAt('2.4', 'We met - at -. Write to a@b.example, or @nobody here.'.length + 1);
      await page.keyboard.press('Control+Shift+End');
      await selectionHeard();
      await page.keyboard.press('Backspace');
      await expect.poll(drawn).toEqual(['Deputy head', SCHOOL]);
    };
    await emptyLine();
    await paste(copied[1] ?? '');
    await expect.poll(drawn).toEqual(['Deputy head', SCHOOL, 'Deputy head', SCHOOL]);
    await emptyLine();
    await page.keyboard.press('Backspace');
    await hers.says('Saved');
  });

  test('reads the same before there is an editor, and goes by one key', async () => {
    const { page } = hers;
    await page.goto(`/cases/${team.case.id}?section=1`);
    await hers.section('2.4').getByText(`We met Deputy head at ${SCHOOL}.`).first().waitFor();
    await hers.goBy('2.4');
    expect(await drawn()).toEqual(['Deputy head', SCHOOL]);
    await hers.caretAt('2.4', 'We met '.length + 1);
    await page.keyboard.press('Backspace');
    await expect.poll(drawn).toEqual([SCHOOL]);
    await page.keyboard.press('Control+Z');
    await expect.poll(drawn).toEqual(['Deputy head', SCHOOL]);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });
});

describe('[QUOTE-1] an exchange of two', () => {
  test('is captured line by line with who says which, and told of where it is captured again', async () => {
    const { page } = hers;
    await hers.write('2.4', '\nWe tried it once, quietly.\nTwice, and never again.');
    await hers.says('Saved');
    const text = await hers.reads('2.4');
    const capture = async () => {
      await hers.caretAt('2.4', text.indexOf('We tried'));
      await page.keyboard.press('Control+Shift+End');
      await selectionHeard();
      await page.keyboard.press('Control+Shift+Period');
      const form = page.getByRole('dialog', { name: 'Somebody’s words' });
      await form.waitFor();
      return form;
    };
    const form = await capture();
    await form.getByLabel(/Amal Haddad/).check();
    expect(await form.getByRole('group', { name: 'Who says which line?' }).count()).toBe(0);
    await form.getByLabel(/Bo Berg/).check();
    const turns = form.getByRole('group', { name: 'Who says which line?' });
    await turns.getByRole('combobox').nth(1).waitFor();
    expect(await turns.getByRole('combobox').count()).toBe(2);
    await turns.getByLabel('Who says line 1: We tried it once, quietly.').selectOption('Bo Berg');
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    await turns.getByText('Each of them needs a line of their own.').waitFor();
    await turns.getByLabel('Who says line 2: Twice, and never again.').selectOption('Amal Haddad');
    expect(await axeFindings(page, 'dialog')).toEqual([]);
    await form.getByRole('button', { name: 'Keep as a quote' }).click();
    await form.waitFor({ state: 'detached' });
    const records = () =>
      team.calls.call('GET /api/cases/:caseId/quote-records', undefined, { caseId: team.case.id });
    const captured = async () => (await records()).quotes[0]?.events[0];
    await expect.poll(captured).toMatchObject({ kind: 'captured', turns: [1, 0] });

    await hers.caretAt('2.4', text.indexOf('at Marlow') < 0 ? 0 : text.indexOf('at Marlow'));
    await page.keyboard.press('Control+Shift+End');
    await selectionHeard();
    await page.keyboard.press('Control+Shift+Period');
    const again = page.getByRole('dialog', { name: 'Somebody’s words' });
    await again.getByText('Some of these words are a quote already:').waitFor();
    await again.getByLabel(/Amal Haddad/).check();
    await again.getByRole('button', { name: 'Keep as a quote' }).click();
    await again.getByText('Say that this is meant').waitFor();
    expect(await axeFindings(page, 'dialog')).toEqual([]);
    await again.getByLabel(/^Yes, they belong to both/).check();
    await again.getByRole('button', { name: 'Keep as a quote' }).click();
    await again.waitFor({ state: 'detached' });
    await expect.poll(async () => (await records()).quotes.length).toBe(2);

    await hers.says('Saved');
    await page.goto(`/cases/${team.case.id}?section=1`);
    const still = hers.section('2.4').locator('.prose:not(.ProseMirror)');
    const chip = still.getByRole('img', { name: 'Quote of Amal Haddad and Bo Berg: To send' });
    await chip.waitFor();
    expect(await still.getByRole('img').count()).toBe(2);
    expect(await axeFindings(page, '[aria-label="2.4 Observing"]')).toEqual([]);
  });
});
