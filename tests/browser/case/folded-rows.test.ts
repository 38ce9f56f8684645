import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';
import { type DemoCase, DemoTeam } from './demo-case.ts';

let server: RunningServer;
let browser: Browser;
let lead: DemoCase;
let ruth: DemoCase;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  const team = new DemoTeam(browser, server);
  lead = await team.open('Imogen Farrell', { section: '6' });
  ruth = await team.open('Ruth Adeyemi', { section: '6' });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const group = (at: DemoCase): Locator =>
  at.section('6').getByRole('group', { name: 'Outcomes', exact: true });
const row = (at: DemoCase, place: number): Locator =>
  group(at).getByRole('group', { name: new RegExp(`^Outcome ${place} of `) });
const head = (at: DemoCase, place: number): Locator => row(at, place).locator('[aria-expanded]');
const changed = (at: DemoCase, place: number): Locator => row(at, place).getByLabel('What changed');

describe('rows of many fields', () => {
  it('stand as a line each: their first words, and what was chosen', async () => {
    await lead.text('6').waitFor();
    await head(lead, 1).waitFor();
    const count = await group(lead).locator('[data-row]').count();
    expect(count).toBeGreaterThan(2);
    expect(await group(lead).locator('[aria-expanded="true"]').count()).toBe(0);
    expect(await group(lead).getByRole('textbox').count()).toBe(0);
    for (let place = 1; place <= count; place++) {
      const { height = 0 } = (await row(lead, place).boundingBox()) ?? {};
      expect(height).toBeLessThan(44);
      expect(await head(lead, place).textContent()).toMatch(/^Outcome \d+: \p{L}.{8}/u);
    }
  });

  it('are clean, at a desk and on a phone', async () => {
    for (const width of [1440, 390]) {
      await lead.page.setViewportSize({ width, height: 900 });
      const findings = await axeFindings(lead.page);
      // The corner of a table, left empty by whoever wrote it.
      expect(findings.filter((finding) => !finding.startsWith('empty-table-header'))).toEqual([]);
      expect(await overflows(lead.page)).toBe(false);
    }
    await lead.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('open and fold by keyboard, with the focus where it was', async () => {
    await head(lead, 2).focus();
    await lead.page.keyboard.press('Enter');
    await changed(lead, 2).waitFor();
    expect(await lead.page.locator(':focus').getAttribute('aria-expanded')).toBe('true');
    for (let tab = 0; tab < 4; tab++) await lead.page.keyboard.press('Tab');
    expect(
      await row(lead, 2).evaluate((element) => element.contains(document.activeElement)),
      'the fields follow in order',
    ).toBe(true);
    await head(lead, 2).focus();
    await lead.page.keyboard.press('Space');
    await changed(lead, 2).waitFor({ state: 'detached' });
    expect(await lead.page.locator(':focus').getAttribute('aria-expanded')).toBe('false');
  });

  it('stay as they were left, on a page loaded anew too', async () => {
    await head(lead, 1).click();
    await changed(lead, 1).waitFor();
    await lead.goTo('6');
    await changed(lead, 1).waitFor();
    expect(await group(lead).locator('[aria-expanded="true"]').count()).toBe(1);
  });

  it('do not fold while somebody else writes in them, and say in their line who does', async () => {
    await head(ruth, 1).click();
    await changed(ruth, 1).focus();
    await row(lead, 1).getByText('Ruth is here').waitFor();
    await head(lead, 1).focus();
    await lead.page.keyboard.press('Enter');
    expect(await head(lead, 1).getAttribute('aria-expanded')).toBe('true');
    await head(ruth, 3).click();
    await changed(ruth, 3).focus();
    await head(lead, 3).getByText('Ruth is here').waitFor();
    expect(await head(lead, 3).getAttribute('aria-expanded')).toBe('false');
    await head(lead, 1).click();
    await changed(lead, 1).waitFor({ state: 'detached' });
  });

  it('a new one stands open, with the caret in it', async () => {
    await group(lead).getByRole('button', { name: 'Add an outcome' }).click();
    const last = group(lead).locator('[data-row]').last();
    await last.getByLabel('What changed').waitFor();
    expect(await last.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });

  it('open for what is found in them', async () => {
    const words = (await head(lead, 2).textContent())?.replace(/^Outcome \d+: /, '').slice(0, 24) ?? '';
    await lead.page.keyboard.press('Control+Shift+F');
    await lead.page.getByRole('textbox', { name: 'Find', exact: true }).fill(words);
    await lead.page.getByText(/match(es)? in/).waitFor();
    await lead.page.keyboard.press('Enter');
    await changed(lead, 2).waitFor();
    await row(lead, 2).locator('[data-found]').waitFor();
    expect([...lead.complaints, ...ruth.complaints]).toEqual([]);
  });
});
