import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam } from '../../support/team.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What the page asked of others, and what its browser complained about. */
function watched(page: Page, origin: string): { foreign: string[]; complaints: string[] } {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { foreign, complaints };
}

describe('coming in by a link', () => {
  it('[LINK-1] a scanner that opens the page and runs its scripts uses nothing; the person then does', async () => {
    const link = server.ownerLink ?? '';
    for (const _visit of [1, 2]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const seen = watched(page, server.url);
      await page.goto(link);
      await page.getByRole('button', { name: 'Begin' }).waitFor();
      expect(new URL(page.url()).hash).toBe('');
      expect(await context.cookies()).toEqual([]);
      expect(seen).toEqual({ foreign: [], complaints: [] });
      await context.close();
    }
    const context = await browser.newContext();
    const page = await context.newPage();
    const seen = watched(page, server.url);
    await page.goto(link);
    await page.getByLabel('Your name').fill('Imogen Farrell');
    await page.getByLabel('Your e-mail address').fill('imogen@wendale.example');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(`${server.url}/`);
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false });
    expect(seen).toEqual({ foreign: [], complaints: [] });
    // Opened again by whoever it let in, it leads to where they want to be.
    await page.goto(link);
    await page.getByRole('link', { name: 'Go to your page' }).click();
    await page.waitForURL(`${server.url}/`);
  });

  it('a second opening of the same link says that it does not work', async () => {
    const page = await browser.newPage();
    await page.goto(server.ownerLink ?? '');
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.close();
  });
});

describe('a member at the browser', () => {
  it('the case opens, with nothing asked of anybody else', async () => {
    const fresh = await startServer();
    try {
      const team = await plantTeam(fresh);
      const { page, context } = await openPerson(browser, await team.invite('Ruth Adeyemi', 'fieldworker'));
      const seen = watched(page, fresh.url);
      await page.goto(`/cases/${team.case.id}`);
      await page.getByRole('heading', { name: 'The lesson before the lesson' }).first().waitFor();
      expect(seen).toEqual({ foreign: [], complaints: [] });
      await context.close();
    } finally {
      await fresh.close();
    }
  });
});
