import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { digitsOf, letterTo } from './letters.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  return context.newPage();
}

describe('signing in by a code', () => {
  it('leads back to the page that was asked for', async () => {
    const page = await newPage();
    await page.goto(`/studies/${team.studyId}/schools`);
    await page.getByLabel('Your e-mail address').fill(team.lead.email);
    await page.keyboard.press('Enter');
    await page.getByLabel('The six digits').waitFor();
    await page.getByText('outbox').waitFor();
    const digits = digitsOf(await letterTo(server.dataDir, team.lead.email));

    await page.getByLabel('The six digits').fill(digits === '000000' ? '000001' : '000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code does not work').waitFor();

    // As it is pasted from a mail that sets it apart.
    await page.getByLabel('The six digits').fill(`${digits.slice(0, 3)} ${digits.slice(3)}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Schools' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/studies/${team.studyId}/schools`);
    await page.context().close();
  });

  it('tells nobody whether an address is known', async () => {
    const page = await newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Your e-mail address').fill('nobody@elsewhere.example');
    await page.keyboard.press('Enter');
    await page.getByLabel('The six digits').waitFor();
    await page.getByText('If nobody@elsewhere.example is known here').waitFor();
    await page.context().close();
  });

  it('never leads to another place than this one', async () => {
    const page = await newPage();
    await page.goto('/sign-in?to=//elsewhere.example/');
    await page.getByLabel('Your e-mail address').fill(team.lead.email);
    await page.keyboard.press('Enter');
    await page.getByLabel('The six digits').waitFor();
    await page
      .getByLabel('The six digits')
      .fill(digitsOf(await letterTo(server.dataDir, team.lead.email, 1)));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your studies' }).waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await page.context().close();
  });
});

describe('a school contact', () => {
  let page: Page;

  it('[LINK-1] comes in by a link that does nothing by being opened', async () => {
    page = await newPage();
    await page.goto(await team.invite('Jo Marsh', 'contact'));
    const go = page.getByRole('button', { name: 'Show me the questions' });
    await go.waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await go.click();
    await page.getByRole('heading', { name: 'About Marlow Bridge Primary School' }).waitFor();
  });

  it('is taken to what is asked from every page of the team, and sees no more', async () => {
    await page.goto(`/cases/${team.case.id}`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('The lesson before the lesson').count()).toBe(0);
    await page.goto('/');
    await page.getByRole('heading', { name: 'About Marlow Bridge Primary School' }).waitFor();
    await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
  });

  it('fills in what is asked, and is told when it is saved', async () => {
    await page.goto('/contact');
    await page.getByLabel('The school in a few lines').fill('A primary school by the old bridge.');
    await page
      .getByRole('status')
      .filter({ hasText: /^Saved$/ })
      .waitFor();
    await page.reload();
    await expect
      .poll(() => page.getByLabel('The school in a few lines').inputValue())
      .toBe('A primary school by the old bridge.');
  });

  it('[DEVICE-1] leaves nothing on the device', async () => {
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      cached: (
        await Promise.all(
          (
            await caches.keys()
          ).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
        )
      )
        .flat()
        .filter((url) => new URL(url).pathname.startsWith('/api')),
    }));
    expect(kept).toEqual({ local: [], cached: [] });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });
});
