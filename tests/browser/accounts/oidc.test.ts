import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { OidcProvider } from '../../support/oidc-provider.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';
import { letterTo } from '../shell/letters.ts';

let provider: OidcProvider;
let server: RunningServer;
let browser: Browser;
let team: Team;

beforeAll(async () => {
  provider = await OidcProvider.start();
  server = await startServer({ env: provider.env });
  browser = await launchBrowser();
  team = await plantTeam(server);
  provider.account = { sub: 'lead-1', email: team.lead.email, email_verified: true };
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await provider?.stop();
});

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  return context.newPage();
}

/** Presses the button there, as whoever is signed in at the provider does. */
async function goThrough(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Wendale' }).click();
  await page.getByRole('link', { name: /^Continue as/ }).click();
}

describe('signing in through another service', () => {
  it('[OIDC-1] leads back to the page that was asked for, and leaves no code in the address', async () => {
    const page = await newPage();
    const addresses: string[] = [];
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
    await page.goto(`/studies/${team.studyId}/schools`);
    await goThrough(page);
    await page.getByRole('heading', { name: 'Schools' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/studies/${team.studyId}/schools`);
    expect(await letterTo(server.dataDir, team.lead.email)).toContain('signs you in');

    await page.goto('/account');
    await page.getByText('Wendale (used here)').waitFor();
    await page.getByText(/Signed in .*, with Wendale/).waitFor();
    await expectGood(page);
    // The protocol brings it in an address; nothing that the page asks for afterwards has it.
    expect(addresses.some((address) => address.includes('code='))).toBe(true);
    const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(asked.filter((address) => address.includes('code='))).toEqual([]);
    await page.goBack();
    expect(page.url()).not.toContain('code=');
    await page.goForward();
    await page.getByRole('button', { name: 'Remove Wendale' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('You can sign in with Wendale').waitFor();
    await page.context().close();
  });

  it('[OIDC-1] a page opened from elsewhere, as by a scanner of links, signs nobody in', async () => {
    const page = await newPage();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Wendale' }).click();
    const href = (await page.getByRole('link', { name: /^Continue as/ }).getAttribute('href')) ?? '';
    const other = await newPage();
    await other.goto(href);
    await other.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(new URL(other.url()).search).toBe('');
    await page.getByRole('link', { name: /^Continue as/ }).click();
    await page.getByRole('heading', { name: 'Your studies' }).waitFor();
    await other.context().close();
    await page.context().close();
  });

  it('[OIDC-1] says what is the matter, and mail is one step away', async () => {
    const page = await newPage();
    provider.account = { sub: 'nobody', email: 'nobody@nowhere.example', email_verified: true };
    await page.goto('/sign-in');
    await goThrough(page);
    await page.getByRole('heading', { name: 'Nobody is let in by this account' }).waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: 'Sign in with a code by mail' }).click();
    await page.getByRole('button', { name: 'Sign in with Wendale' }).waitFor();
    await expectGood(page);
    await page.goto('/sign-in/return');
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await expectGood(page);
    await page.context().close();
  });
});

async function expectGood(page: Page): Promise<void> {
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    }
    expect(await overflows(page), `${page.url()} at ${width}`).toBe(false);
    if (process.env.CASEBOOK_PICTURES) {
      const heading = (await page.getByRole('heading').first().textContent()) ?? 'page';
      await page.screenshot({ path: `${process.env.CASEBOOK_PICTURES}/${heading}-${width}.png` });
    }
  }
}
