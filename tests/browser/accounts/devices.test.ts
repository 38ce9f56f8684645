import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { casebook, type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { Cable } from '../co-drafting/cable.ts';
import { CaseAtBrowser } from '../co-drafting/case-at-browser.ts';
import { giveHand } from '../co-drafting/in-page.ts';

const EMAIL = 'jo.marsh@wendale.example';
const TYPED = 'Typed where there was no Wi-Fi.';

let server: RunningServer;
let browser: Browser;
let team: Team;
let laptop: Page;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  const invited = await openPerson(browser, await team.invite('Jo Marsh', 'fieldworker'));
  await invited.context.close();
  laptop = (await openPerson(browser, await linkForJo())).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A link that signs Jo in, as whoever runs the server makes one. */
async function linkForJo(): Promise<string> {
  const env = { DATA_DIR: server.dataDir };
  const { stdout } = await casebook(['user', 'add', '--name', 'Jo Marsh', '--email', EMAIL], env);
  return /^http\S+$/m.exec(stdout)?.[0] as string;
}

interface Phone {
  readonly context: BrowserContext;
  readonly cable: Cable;
  readonly at: CaseAtBrowser;
}

async function openPhone(): Promise<Phone> {
  const cable = await Cable.to(server.url);
  const { context, page } = await openPerson(browser, cable.through(await linkForJo()));
  await context.addInitScript(giveHand);
  const at = new CaseAtBrowser(page, team);
  await at.goTo('2.4');
  await at.onDevice('2.4');
  return { context, cable, at };
}

async function signOutTheOther(): Promise<void> {
  await laptop.goto('/account');
  await laptop.getByRole('button', { name: /^Sign out Chrome on/ }).click();
  await laptop.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await laptop.getByRole('dialog').waitFor({ state: 'detached' });
}

const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
const left = (page: Page) => page.evaluate(() => localStorage.getItem('casebook.left'));

describe('a device that is signed out from another', () => {
  it('[DEVICE-1] is out at once, and keeps nothing', async () => {
    const { at, context, cable } = await openPhone();
    expect(await databases(at.page)).toHaveLength(1);
    await signOutTheOther();
    await at.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expect.poll(() => databases(at.page)).toEqual([]);
    await expect.poll(() => left(at.page)).toBeNull();
    expect(await at.page.getByText('only on this device').count()).toBe(0);
    await at.page.getByText(/^You were signed out here\. That happens when/).waitFor();
    await context.close();
    await cable.cut();
  });

  it('[DEVICE-1] [SAVE-2] names what the server does not have, and sends it when its person is back', async () => {
    const { at, context, cable } = await openPhone();
    await at.says('Saved');
    await context.setOffline(true);
    await cable.cut();
    await at.write('2.4', TYPED);
    await at.says(/saved on this device/);
    await signOutTheOther();
    await cable.mend();
    await context.setOffline(false);
    await at.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await at.page.getByText(/of Jo Marsh are only on this device/).waitFor();
    expect(await at.page.getByText(EMAIL).count()).toBe(1);
    await at.page.goto(cable.through(await linkForJo()));
    await at.page.getByRole('button').first().click();
    await at.page.getByRole('heading', { name: 'Your studies' }).waitFor();
    expect(await left(at.page)).toBeNull();
    await at.goTo('2.4');
    await at.until('2.4', TYPED);
    await at.says('Saved');
    const params = { caseId: team.case.id };
    const { blocks } = await team.calls.call('GET /api/cases/:caseId/text', undefined, params);
    expect(JSON.stringify(blocks)).toContain(TYPED);
    await context.close();
    await cable.cut();
  });
});

describe('a school contact who is signed out from elsewhere', () => {
  it('[DEVICE-1] [SAVE-2] is out at once, unless words would go with the page: those stay, to be copied', async () => {
    const cable = await Cable.to(server.url);
    const link = await team.invite('Derek Onslow', 'contact');
    const { context, page } = await openPerson(browser, cable.through(link));
    const field = page.getByLabel('The school in a few lines');
    await field.fill('A school by the bridge.');
    const status = page.getByRole('status').filter({ hasText: /saved/i });
    await expect.poll(() => status.innerText()).toBe('Saved');

    await context.setOffline(true);
    await cable.cut();
    await field.fill(TYPED);
    await page.getByText('Not saved yet: no connection.').waitFor();
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const signOut = await fetch(`${server.url}/api/session`, {
      method: 'DELETE',
      headers: { origin: server.url, cookie },
    });
    expect(signOut.ok).toBe(true);
    await cable.mend();
    await context.setOffline(false);
    await page.getByText('You are signed out, and what you wrote last is not saved.').waitFor();
    await page.getByRole('main').getByText(TYPED).waitFor();
    await expect.poll(() => page.locator('textarea, [contenteditable=true]').count()).toBe(0);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await context.close();
    await cable.cut();
  });

  it('[DEVICE-1] is out at once where all is saved', async () => {
    const link = await team.invite('Hal Onslow', 'contact');
    const { context, page } = await openPerson(browser, link);
    await page.getByLabel('The school in a few lines').waitFor();
    await context.request.delete('/api/session', { headers: { origin: server.url } });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await context.close();
  });
});
