import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { type DemoCase, DemoTeam } from '../case/demo-case.ts';
import { Cable } from '../co-drafting/cable.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

let server: RunningServer;
let browser: Browser;
let team: DemoTeam;
let lead: DemoCase;
let page: Page;
let head: Page;
/** The school's way to the server. */
let cable: Cable;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  team = new DemoTeam(browser, server);
  lead = await team.open('Imogen Farrell');
  page = lead.page;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const link = /Derek Onslow\s+(http\S+)/.exec(server.stdout)?.[1];
  if (!link) throw new Error('the demo prints no link for the school contact');
  cable = await Cable.to(server.url);
  const derek = await openPerson(browser, cable.through(link), {
    context: { viewport: { width: 390, height: 844 } },
  });
  head = derek.page;
  await head.getByRole('heading', { name: 'About Larkfield Primary' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await cable?.cut();
  await server?.close();
});

async function openSharing(on = page): Promise<Locator> {
  await on.goto(`/cases/${lead.detail.id}/sharing`);
  const grid = on.getByRole('grid');
  await grid.waitFor();
  return grid;
}

/** A cell by the section's title and the column's person. */
async function cell(on: Page, section: RegExp, person: string): Promise<Locator> {
  const names = await on
    .getByRole('columnheader')
    .evaluateAll((heads) => heads.filter((one) => one.dataset.at).map((one) => one.textContent ?? ''));
  const column = names.findIndex((name) => name.includes(person));
  const row = on.getByRole('row').filter({ has: on.getByRole('rowheader', { name: section }) });
  return row.getByRole('gridcell').nth(column);
}

/** The corner of a table, left empty by whoever wrote it. */
const LEFT_EMPTY = /^empty-table-header: <th><p>(<br[^>]*>)?<\/p><\/th>$/;

async function expectClean(on: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await on.emulateMedia({ colorScheme });
    const findings = (await axeFindings(on)).filter((finding) => !LEFT_EMPTY.test(finding));
    expect(findings, `${colorScheme}, ${on.viewportSize()?.width} wide`).toEqual([]);
  }
  await on.emulateMedia({ colorScheme: 'light' });
  expect(await overflows(on)).toBe(false);
}

describe('the sharing page of a case', () => {
  it('[ACCESS-6] shares a section with a school by keys alone, and says before what it will see', async () => {
    await page.getByRole('link', { name: 'Sharing', exact: true }).click();
    await page.getByRole('grid').waitFor();
    expect(await head.getByText('For you to read').count()).toBe(0);

    await page.locator('[data-at="0 0"]').focus();
    const wanted = await cell(page, /^2\.4 Observing/, 'Derek Onslow');
    while (!(await wanted.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Nothing/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Share with Derek Onslow?' });
    await dialog.getByText('2.4 Observing').waitFor();
    await dialog.getByText(/They see a copy to read/).waitFor();
    await expectClean(page);
    expect(await wanted.textContent()).toBe('Nothing');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Derek Onslow now reads 2.4 Observing.').waitFor();
    expect(await wanted.textContent()).toBe('Reads, set here');
    expect(
      await wanted.evaluate((element) => element === document.activeElement),
      'the focus comes back',
    ).toBe(true);
    await page.getByText(/^Derek Onslow, 2\.4 Observing: Reads\. Set by Imogen Farrell, today/).waitFor();

    // Without a reload: the school's page hears of it.
    await head.getByRole('heading', { name: 'For you to read' }).waitFor();
    const copy = head.getByRole('region', { name: '2.4 Observing' });
    await copy.locator('.prose').first().waitFor();
    expect(await copy.locator('[contenteditable="true"], input, textarea').count()).toBe(0);
    await expectClean(head);
  });

  it('[ACCESS-4] takes it back by a key, and the school’s page lets go of it', async () => {
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back.').waitFor();
    expect(await (await cell(page, /^2\.4 Observing/, 'Derek Onslow')).textContent()).toBe('Nothing');
    await head.getByRole('heading', { name: 'For you to read' }).waitFor({ state: 'detached' });
  });

  it('[ACCESS-4] [SAVE-2] a section that was open to be filled in does not go from a school’s page without a word', async () => {
    const context = head.getByRole('region', { name: 'Context', exact: true });
    await context.locator('.prose[contenteditable="true"]').click();
    await cable.cut();
    await head.keyboard.insertText('What the office knows');
    await (await cell(page, /^4 Context/, 'Derek Onslow')).click();
    await page.getByRole('menuitemradio', { name: /^Nothing/ }).click();
    // He is asked for it, which is said first.
    const asked = page.getByRole('dialog', { name: 'They are asked for this' });
    await asked.getByText('Derek Onslow is asked to fill in 4 Context.').waitFor();
    await asked.getByRole('button', { name: 'Take it away' }).click();
    await cable.mend();
    // What he typed could not be sent any more: he is brought to it, from wherever on his phone.
    const unsent = head.getByRole('alert', { name: 'These words were not sent' });
    await unsent.getByText('What the office knows').waitFor();
    await expect.poll(() => unsent.evaluate((it) => it === document.activeElement)).toBe(true);
    await expect.poll(async () => (await unsent.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
    expect(
      await head
        .getByRole('status')
        .filter({ hasText: /^Saved$/ })
        .count(),
    ).toBe(0);
    await head.keyboard.type(' now');
    await unsent.getByText('Typed since then: now').waitFor();
    const notice = head.getByRole('status').getByText('“Context” is not open for you to fill in any more.');
    await notice.waitFor();
    await expectClean(head);
    await unsent.getByRole('button', { name: 'I have what I need' }).click();
    // Taking it back gives: it asks as every giving does.
    await page.keyboard.press('Control+z');
    await page.getByRole('dialog', { name: 'Share with Derek Onslow?' }).waitFor();
    await page.keyboard.press('Enter');
    await head
      .getByRole('region', { name: /Context/ })
      .first()
      .waitFor();
    await notice.waitFor({ state: 'detached' });
  });

  it('[ACCESS-4] follows what another changes, and refuses a change over theirs', async () => {
    const helen = await team.open('Helen Voss');
    await openSharing(helen.page);
    const theirs = await cell(helen.page, /^5 Resources/, 'Tomasz Bielak');
    const mine = await cell(page, /^5 Resources/, 'Tomasz Bielak');
    await mine.focus();
    await page.keyboard.press('r');
    await page.getByText('Tomasz Bielak now reads 5 Resources.').first().waitFor();
    await helen.page.waitForFunction(
      (element) => element?.textContent?.startsWith('Reads'),
      await theirs.elementHandle(),
    );
    // her own column, and a lead's, only say why
    const own = await cell(helen.page, /^5 Resources/, 'Helen Voss');
    await own.click();
    await helen.page
      .getByRole('menuitemradio')
      .filter({ hasText: 'somebody else decides' })
      .first()
      .waitFor();
    await helen.page.keyboard.press('Escape');
    await helen.page.getByRole('button', { name: /^Take back: Tomasz Bielak/ }).click();
    await page.waitForFunction((element) => element?.textContent === 'Fills in', await mine.elementHandle());
    await helen.close();
  });

  it('sets a whole section, and a whole person, at once', async () => {
    await openSharing();
    await page.getByRole('rowheader', { name: /^7 Evidence/ }).click();
    await page.getByRole('menuitem', { name: /^Team: Reads/ }).click();
    await page.getByText('3 people now read 7 Evidence.').first().waitFor();
    await page.getByRole('columnheader', { name: /Ruth Adeyemi/ }).click();
    await page.getByRole('menuitem', { name: /^As usual/ }).click();
    await page.getByText('Ruth Adeyemi now fills in 7 Evidence.').first().waitFor();
    await page.getByRole('rowheader', { name: /^7 Evidence/ }).click();
    await page.getByRole('menuitem', { name: /^Team: As usual/ }).click();
    await page.getByText('2 people now fill in 7 Evidence.').first().waitFor();
  });

  it.each([1280, 720, 390])('is clean at a width of %i', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/cases/${lead.detail.id}/sharing`);
    await page.getByRole('heading', { name: 'Section by section' }).waitFor();
    await expectClean(page);
  });

  it('on a phone, goes person by person', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/cases/${lead.detail.id}/sharing`);
    await page.getByLabel('Person').selectOption({ label: 'Tomasz Bielak' });
    await page.getByLabel('5 Resources', { exact: true }).selectOption('read');
    await page.getByText('Tomasz Bielak now reads 5 Resources.').first().waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back.').waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

/** Ids of the blocks of which the person's device keeps a copy. */
function keptBlocks(at: DemoCase): Promise<string[]> {
  return at.page.evaluate(async () => {
    const { person } = await (await fetch('/api/session')).json();
    const opening = indexedDB.open(`casebook/${person.id}`);
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(opening);
    const keys = await done(database.transaction('replicas').objectStore('replicas').getAllKeys());
    database.close();
    return keys.map(String);
  });
}

describe('what is taken away from somebody who writes', () => {
  it('[ACCESS-4] [ACCESS-1] turns to reading, goes, and comes back, while their page is open', async () => {
    const ruth = await team.open('Ruth Adeyemi', { section: '2.5' });
    await ruth.text('2.5').waitFor();
    await openSharing();
    await (await cell(page, /^2\.5 /, 'Ruth Adeyemi')).focus();
    await page.keyboard.press('r');
    await ruth.text('2.5').waitFor({ state: 'detached' });
    await ruth.section('2.5').getByText('This section is open to you to read.').waitFor();
    expect(
      await ruth
        .section('2.5')
        .getByRole('button', { name: /^Status of/ })
        .count(),
    ).toBe(0);
    await expectClean(ruth.page);
    await page.keyboard.press('n');
    await ruth.section('2.5').waitFor({ state: 'detached' });
    expect(await ruth.outline().getByText('Learning from it').count()).toBe(0);
    await page.keyboard.press('f');
    await ruth.section('2.5').waitFor();
    await ruth.heading('2.5').scrollIntoViewIfNeeded();
    await ruth.text('2.5').waitFor();
    expect(ruth.complaints).toEqual([]);
    await ruth.close();
  });

  it('[ACCESS-4] goes from their device at the next visit, though their page was closed meanwhile', async () => {
    const before = await team.open('Ruth Adeyemi', { section: '2.6' });
    await before.text('2.6').waitFor();
    for (const section of ['2.5', '2.6']) {
      await expect.poll(() => keptBlocks(before)).toContain(before.blockOf(section));
    }
    await before.close();
    await openSharing();
    await (await cell(page, /^2\.6 /, 'Ruth Adeyemi')).focus();
    await page.keyboard.press('n');
    await page.getByText('Ruth Adeyemi now sees nothing of 2.6 How it ran.').first().waitFor();
    const after = await team.open('Ruth Adeyemi');
    await expect.poll(() => keptBlocks(after)).not.toContain(before.blockOf('2.6'));
    expect(await keptBlocks(after)).toContain(before.blockOf('2.5'));
    await page.getByRole('button', { name: 'Take it back', exact: true }).click();
    await after.page.locator(`[id="section-${before.blockOf('2.6')}"]`).waitFor();
    await after.close();
  });

  it('[ACCESS-1] a fieldworker sees the grid and changes nothing in it', async () => {
    const ruth = await team.open('Ruth Adeyemi');
    await openSharing(ruth.page);
    await ruth.page.getByText('The lead and editors of the study can change it.').waitFor();
    await (await cell(ruth.page, /^2\.4 /, 'Derek Onslow')).click();
    await ruth.page.keyboard.press('r');
    expect(await ruth.page.getByRole('menu').count()).toBe(0);
    expect(await ruth.page.getByRole('dialog').count()).toBe(0);
    await ruth.close();
  });
});

describe('the case through another’s eyes', () => {
  it('[ACCESS-6] is read-only, says whose view it is, and leads back', async () => {
    await openSharing();
    await page.getByRole('link', { name: 'See it as Derek Onslow' }).click();
    await page.getByText(/^You see this case as/).waitFor();
    await page.getByRole('heading', { level: 1, name: 'About Larkfield Primary' }).waitFor();
    expect(
      await page.locator('main').locator('[contenteditable="true"], input, textarea, select').count(),
    ).toBe(0);
    // Under the same heads, with the same questions, as on the page that they have open themselves.
    const outline = (one: Page) => one.locator('main').locator('h1, h2').allInnerTexts();
    expect(await outline(page)).toEqual(await outline(head));
    const questions = await head.locator('main h3:has-text("Anything else") + ul li').allInnerTexts();
    expect(questions.length).toBeGreaterThan(0);
    expect(await page.locator('main h3:has-text("Anything else") + ul li').allInnerTexts()).toEqual(
      questions,
    );
    await expectClean(page);
    await page.getByRole('link', { name: 'Back to sharing' }).click();
    await page.getByRole('columnheader', { name: /Tomasz Bielak/ }).click();
    await page.getByRole('menuitem', { name: 'See the case as Tomasz Bielak' }).click();
    await page.getByRole('heading', { level: 1, name: /^Two teachers/ }).waitFor();
    await expectClean(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectClean(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('[ACCESS-1] and the sharing of what is not there, or not theirs, are said to be not there', async () => {
    for (const path of ['/cases/nowhere/sharing', `/cases/${lead.detail.id}/view-as/nobody`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: 'Nothing is here' }).waitFor();
    }
    await head.goto(`/cases/${lead.detail.id}/sharing`);
    await head.getByRole('heading', { level: 1, name: 'This page is the team’s' }).waitFor();
  });
});
