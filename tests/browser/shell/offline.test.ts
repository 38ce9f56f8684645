import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let page: Page;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Resolves when the page is served from this device. */
async function installed(of: Page): Promise<void> {
  await of.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
}

/** @returns whether anything is kept on this device for the person */
function keptOnDevice(of: Page): Promise<{ databases: number; local: number }> {
  return of.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    local: Object.keys(localStorage).filter((key) => key.startsWith('casebook.')).length,
  }));
}

describe('without a server', () => {
  it('the study and its case open again from the device', async () => {
    ({ page } = await openPerson(browser, await team.invite('Ruth Adeyemi', 'fieldworker')));
    await page.getByRole('link', { name: /The lesson before the lesson/ }).waitFor();
    await installed(page);
    await page.getByRole('link', { name: /The lesson before the lesson/ }).click();
    await page.getByRole('heading', { name: 'Summary card' }).waitFor();
    await page.waitForLoadState('networkidle');

    await server.kill9();
    await page.goto(`/studies/${team.studyId}`);
    await page.getByRole('heading', { name: 'Mentoring in the Wendale schools' }).waitFor();
    await page.getByText('Not connected.').waitFor();
    await page.getByRole('link', { name: /The lesson before the lesson/ }).click();
    await page.getByRole('heading', { name: 'Summary card' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Summary card' }).waitFor();

    // The number of a section has a dot in it, as the name of a file has.
    await page.goto(`${new URL(page.url()).pathname}?section=2.4`);
    await page.getByRole('heading', { name: '2.4 Observing' }).waitFor();
  });

  it('a page never visited says that it can’t be reached, and works when the server is back', async () => {
    await page.goto(`/studies/${team.studyId}/framework`);
    await page.goto('/studies/never-seen');
    await page.getByRole('heading', { name: 'Casebook can’t be reached' }).waitFor();
    await server.restart();
    await page.goto(`/studies/${team.studyId}`);
    await page.getByText('Not connected.').waitFor({ state: 'detached' });
  });

  it('the interface is never answered from the device', async () => {
    const cached = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(cached.some((path) => path === '/index.html')).toBe(true);
    expect(cached.filter((path) => /^\/(api|collab)\b/.test(path))).toEqual([]);
  });
});

describe('signing out', () => {
  it('[DEVICE-1] clears what the device keeps', async () => {
    expect((await keptOnDevice(page)).databases).toBeGreaterThan(0);
    await page.getByRole('button', { name: /account and help/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out?' });
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
    expect(await keptOnDevice(page)).toEqual({ databases: 0, local: 0 });
    await page.goto(`/studies/${team.studyId}`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
