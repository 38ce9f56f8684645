import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  page = await (await browser.newContext({ baseURL: server.url })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Goes on by Tab until what has the focus is called so; everything met on the way must show that it has it. */
async function tabTo(name: RegExp): Promise<void> {
  const met: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      // Where a page begins, it puts the keyboard itself: nobody came there by Tab.
      if (!element || element === document.body || element.tabIndex < 0) return null;
      const style = getComputedStyle(element);
      const label = (element as HTMLInputElement).labels?.[0]?.textContent;
      return {
        name: element.getAttribute('aria-label') ?? label ?? element.textContent ?? '',
        outlined: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
      };
    });
    if (!focused) continue;
    expect(focused.outlined, `the focus shows on “${focused.name}”`).toBe(true);
    if (name.test(focused.name)) return;
    met.push(focused.name);
  }
  throw new Error(`Tab does not come to ${name}; it met ${met.join(', ')}`);
}

const focusedName = (): Promise<string | null> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null,
  );

describe('without a mouse', () => {
  it('one comes in and begins a study', async () => {
    await page.goto(server.ownerLink ?? '');
    await page.getByLabel('Your name').waitFor();
    await page.keyboard.type('Imogen Farrell');
    await tabTo(/e-mail/);
    await page.keyboard.type('imogen@wendale.example');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome, Imogen' }).waitFor();
    await tabTo(/What is it called/);
    await page.keyboard.type('Mentoring in the Wendale schools');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Mentoring in the Wendale schools', level: 1 }).waitFor();
  });

  it('one begins a case study, with a school added on the way', async () => {
    await tabTo(/Begin the first case study/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('The lesson before the lesson');
    await tabTo(/New school/);
    await page.keyboard.type('Marlow Bridge Primary School');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /Marlow Bridge/ }).waitFor();
    await tabTo(/Begin the case study/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\//);
  });

  it('the palette goes anywhere, and back', async () => {
    await page.goto('/account');
    await page.getByRole('heading', { name: 'Your account', exact: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /Mentoring in the Wendale/ }).waitFor();
    await page.keyboard.type('wend');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Mentoring in the Wendale schools' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('lesson bef');
    await page.getByRole('option', { name: /The lesson before the lesson/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\//);
    await page.goBack();
    await page.getByRole('heading', { name: 'Mentoring in the Wendale schools' }).waitFor();
  });

  it('a dialog takes the focus, keeps it, and gives it back', async () => {
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    await tabTo(/^Change$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => {
        const active = document.activeElement;
        return active === document.body || active?.closest('dialog') !== null;
      });
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focusedName()).toBe('Change');
  });

  it('the menu opens, moves and closes by keys', async () => {
    await page.getByRole('button', { name: /account and help/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Go anywhere' }).waitFor();
    await page.keyboard.press('End');
    expect(await focusedName()).toBe('Sign out');
    await page.keyboard.press('ArrowDown');
    expect(await focusedName()).toMatch(/Go anywhere/);
    await page.keyboard.press('Escape');
    expect(await focusedName()).toMatch(/account and help/);
  });

  it('the first Tab offers to skip the bar', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focusedName()).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  });
});
