import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { CaseAtBrowser } from '../co-drafting/case-at-browser.ts';
import { giveHand } from '../co-drafting/in-page.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';
import { digitsOf, letterTo } from '../shell/letters.ts';

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

describe('deleting one’s account', () => {
  it('[PRIVACY-5] says what it means, asks who it is, and leaves nothing on the device', async () => {
    const { page, context } = await openPerson(browser, await team.invite('Ruth Adeyemi', 'fieldworker'));
    await page.goto('/account');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('You leave “Mentoring in the Wendale schools”').waitFor();
    await expectGood(page, 'meaning');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expectGood(page, 'proof');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByLabel('The six digits').waitFor();
    const { person } = await (await context.request.get('/api/session')).json();
    const digits = digitsOf(await letterTo(server.dataDir, person.email, 1));
    await page.getByLabel('The six digits').fill(digits === '000000' ? '000001' : '000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code does not work').waitFor();
    await expectGood(page, 'wrong code');
    await page.getByLabel('The six digits').fill(digits);
    await page.keyboard.press('Enter');
    await page.getByText('Your account is deleted.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Adeyemi');
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(
      [],
    );
    // Whoever leads the study sees what was theirs under no name.
    const { members } = await team.calls.call('GET /api/studies/:studyId', undefined, {
      studyId: team.studyId,
    });
    expect(members.map(({ name }) => name)).toEqual(['Imogen Farrell']);
    await context.close();
  });

  it('[PRIVACY-5] [DEVICE-1] names first what is on this device alone', async () => {
    const { page, context } = await openPerson(browser, await team.invite('Jo Marsh', 'fieldworker'));
    await context.addInitScript(giveHand);
    const at = new CaseAtBrowser(page, team);
    await at.goTo('2.4');
    await at.onDevice('2.4');
    await at.says('Saved');
    await context.setOffline(true);
    await at.write('2.4', 'Typed where there was no Wi-Fi.');
    await at.says(/saved on this device/);
    // Back in reach, but for what would send it.
    await page.routeWebSocket(/\/collab/, (socket) => socket.close());
    await context.setOffline(false);
    await page.goto('/account');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText(/changes of yours are only on this device/).waitFor();
    await expectGood(page, 'unsent');
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await context.close();
  });

  it('[PRIVACY-5] leads whoever leads a study alone to the page where they hand it over', async () => {
    const { page, context } = await openPerson(browser, await signInLink());
    await page.goto('/account');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('heading', { name: 'First hand over' }).waitFor();
    await expectGood(page, 'hand over');
    await page.getByRole('link', { name: 'Mentoring in the Wendale schools' }).click();
    await page.getByRole('heading', { name: 'What each may do' }).waitFor();
    await context.close();
  });

  it('[PRIVACY-5] says so where the server cannot be reached', async () => {
    const { page, context } = await openPerson(browser, await signInLink());
    await page.goto('/account');
    await page.getByRole('button', { name: 'Delete my account' }).waitFor();
    await page.route('**/api/account/erasure', (route) => route.abort());
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByRole('dialog').getByText('Casebook can’t be reached').first().waitFor();
    await expectGood(page, 'offline');
    await context.close();
  });
});

let letters = 0;

/** @returns a link that signs the lead in, from their own mail */
async function signInLink(): Promise<string> {
  const { email } = team.lead;
  await team.calls.call('POST /api/session/request', { email });
  const letter = await letterTo(server.dataDir, email, letters++);
  return /http\S+\/enter#\S+/.exec(letter)?.[0] ?? '';
}

async function expectGood(page: Page, state: string): Promise<void> {
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(page), `${state} ${colorScheme} ${width}`).toEqual([]);
    }
    expect(await overflows(page), `${state} at ${width}`).toBe(false);
    if (process.env.CASEBOOK_PICTURES) {
      await page.emulateMedia({ colorScheme: width === 390 ? 'dark' : 'light' });
      await page.screenshot({ path: `${process.env.CASEBOOK_PICTURES}/${state}-${width}.png` });
    }
  }
}
