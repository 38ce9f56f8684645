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
const drawn = () => hers.text('2.4').locator('.reference').allTextContents();

describe('[NAME-1] somebody in the text', () => {
  test('is chosen by typing @, by keyboard alone, and drawn as they are named', async () => {
    const { page } = hers;
    await hers.write('2.4', 'We met @ama');
    await names(page)
      .getByRole('option', { name: /^Amal Haddad, Deputy head/ })
      .waitFor();
    expect(await names(page).getByRole('option').count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
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
    if (process.env.CASEBOOK_PICTURES) {
      await page.screenshot({ path: `${process.env.CASEBOOK_PICTURES}/names.png` });
    }
  });
});
