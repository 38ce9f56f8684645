import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';
import { type DemoCase, DemoTeam } from './demo-case.ts';

let server: RunningServer;
let browser: Browser;
let lead: DemoCase;
let page: Page;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  const team = new DemoTeam(browser, server);
  lead = await team.open('Imogen Farrell', { section: '2.4' });
  page = lead.page;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Somebody else is there too: their badge and caret are part of what is looked at.
  const helen = await team.open('Helen Voss', { section: '2.4' });
  await helen.text('2.4').focus();
  await page.getByRole('button', { name: /^Helen Voss, in 2.4/ }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Desk, a desk at 200 % zoom, and a phone. */
const WIDTHS = [1440, 720, 390] as const;

async function at(width: (typeof WIDTHS)[number]): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
}

/** The corner of a table, left empty by whoever wrote it. */
const LEFT_EMPTY = /^empty-table-header: <th><p><br[^>]*><\/p><\/th>$/;

async function expectClean(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const findings = (await axeFindings(page)).filter((finding) => !LEFT_EMPTY.test(finding));
    expect(findings, `${colorScheme}, ${page.viewportSize()?.width} wide`).toEqual([]);
  }
  expect(await overflows(page)).toBe(false);
}

describe('the page of a case', () => {
  it.each(WIDTHS)('is clean at a width of %i', async (width) => {
    await at(width);
    await lead.goTo('2.4');
    await lead.text('2.4').waitFor();
    await expectClean();
  });

  it('has one heading of the first level, and its sections on the second', async () => {
    await at(1440);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.locator('main').getByRole('heading', { level: 2 }).count()).toBe(
      lead.detail.blocks.length,
    );
  });

  it('begins with a way past the bar and the outline', async () => {
    await lead.goTo();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').evaluate((element) => element.tagName)).toBe('MAIN');
  });
});

describe('what is laid over the page of a case', () => {
  const lifted: readonly [string, () => Promise<void>][] = [
    [
      'the menu of a status',
      () =>
        lead
          .section('2.4')
          .getByRole('button', { name: /^Status of/ })
          .click(),
    ],
    ['the menu of stages', () => page.getByRole('button', { name: /^Stage/ }).click()],
    [
      'the closing of a case',
      async () => {
        await page.getByRole('button', { name: /^Stage/ }).click();
        await page.getByRole('menuitemradio', { name: 'Approved' }).click();
        await page.getByRole('dialog', { name: 'Make this case approved?' }).waitFor();
      },
    ],
    ['the menu of drafts', () => page.getByRole('button', { name: 'History, export or print' }).click()],
    [
      'who writes a section',
      async () => {
        await lead
          .section('2.4')
          .getByRole('button', { name: /^More for/ })
          .click();
        await page.getByRole('menuitem', { name: /^Who writes/ }).click();
        await page.getByRole('dialog').waitFor();
      },
    ],
    [
      'that a section does not apply',
      async () => {
        await lead
          .section('2.4')
          .getByRole('button', { name: /^More for/ })
          .click();
        await page.getByRole('menuitem', { name: /^Does not apply/ }).click();
        await page.getByRole('dialog').waitFor();
      },
    ],
    [
      'what is still to ask',
      async () => {
        await page
          .getByRole('banner')
          .getByRole('button', { name: /to ask$/ })
          .click();
        await page.getByRole('dialog').waitFor();
      },
    ],
    [
      'finding',
      async () => {
        await page.keyboard.press('Control+Shift+F');
        await page.getByRole('textbox', { name: 'Find', exact: true }).fill('card');
        await page.getByText(/matches in/).waitFor();
        await page.keyboard.press('Enter');
        await page.getByText(/^1 of /).waitFor();
      },
    ],
    ['the title being written', () => page.getByRole('button', { name: /^Change the title/ }).click()],
  ];
  it.each(lifted)('%s is clean', async (_, open) => {
    await at(1440);
    await lead.goTo('2.4');
    await lead.text('2.4').waitFor();
    await open();
    await expectClean();
  });

  it('on a phone, the drawer of sections is clean, closes by Escape and leads to a section', async () => {
    await at(390);
    await lead.goTo('2.4');
    await page.getByRole('button', { name: /^Sections/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Sections' });
    await drawer.waitFor();
    await expectClean();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Sections/ }).click();
    await drawer.getByRole('link', { name: /^3 Who led it/ }).click();
    await lead.atTop('3');
  });

  it('the draft on paper is clean', async () => {
    await at(1440);
    await page.goto(`/cases/${lead.detail.id}/print`);
    await page.getByRole('button', { name: 'Print' }).waitFor();
    await expectClean();
  });
});
