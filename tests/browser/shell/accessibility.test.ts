import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyDetail } from '../../../shared/api/studies.ts';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { axeFindings, overflows } from './accessible.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;
let study: string;

/** The link of one of the demo's people, as it is printed. */
const linkOf = (name: string): string => {
  const link = new RegExp(`${name}\\s+(http\\S+)`).exec(server.stdout)?.[1];
  if (!link) throw new Error(`the demo prints no link for ${name}`);
  return link;
};

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  const lead = await openPerson(browser, linkOf('Lead\\s+Imogen Farrell'));
  page = lead.page;
  study = lead.goTo;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Waits until the page has said all that it says by itself, and holds it against the rules in both schemes and two widths. */
async function expectGoodPage(of: Page): Promise<void> {
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await of.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await of.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(of), `${of.url()} ${colorScheme} ${width}`).toEqual([]);
    }
    expect(await overflows(of), `${of.url()} at ${width}`).toBe(false);
  }
  // The wider view at 200 %.
  await of.setViewportSize({ width: 640, height: 450 });
  expect(await overflows(of), `${of.url()} at 200 %`).toBe(false);
  await of.setViewportSize({ width: 1280, height: 900 });
}

describe('every page', () => {
  it.each([
    ['the list of studies', () => '/', 'Your studies'],
    ['the home of a study', () => study, 'Waiting for you'],
    ['its quotes', () => `${study}/quotes`, 'Quotes'],
    ['its people', () => `${study}/people`, 'What each may do'],
    ['its schools', () => `${study}/schools`, 'Schools'],
    ['its framework', () => `${study}/framework`, 'Career stages'],
    ['its page of privacy', () => `${study}/privacy`, 'What is held on each person'],
    ['its letters', () => `${study}/letters`, 'Letters'],
    ['its outbox', () => `${study}/outbox`, 'Outbox'],
    ['its record', () => `${study}/record`, 'Record'],
    ['its bin', () => `${study}/bin`, 'Bin'],
    ['the account', () => '/account', 'Access for programs'],
    ['the interface for programs', () => '/interface', 'For programs'],
    ['an address without a page', () => '/nowhere', 'Nothing is here'],
    ['a study that is not there', () => '/studies/not-there', 'Nothing is here'],
  ])('%s is clean in both schemes and at a phone’s width', async (_, path, heading) => {
    await page.goto(path());
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectGoodPage(page);
  });

  it.each([
    ['a new case study', () => study, 'New case study'],
    ['changing the study', () => study, 'Change'],
    ['an invitation', () => `${study}/people`, 'Invite somebody'],
    ['the days of questions about quotes', () => `${study}/people`, 'Change the days'],
    ['a new school', () => `${study}/schools`, 'Add a school'],
    ['a framework from a file', () => `${study}/framework`, 'Import'],
    ['a token for a program', () => '/account', 'Make a token'],
    ['signing out', () => '/account', 'Sign out'],
    ['deleting the account', () => '/account', 'Delete my account'],
  ])('the dialog for %s is clean', async (_, path, button) => {
    await page.goto(path());
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await expectGoodPage(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('what a school is asked for before the visit is clean, where something was asked and where nothing was', async () => {
    const { caseList } = (await (await page.request.get(`/api${study}`)).json()) as StudyDetail;
    for (const [title, text] of [
      ['Two teachers', 'Derek Onslow'],
      ['Into the middle', 'Nothing was asked yet'],
    ] as const) {
      const one = caseList.find((other) => other.title.startsWith(title));
      await page.goto(`/cases/${one?.id}/information`);
      await page.getByText(text).first().waitFor();
      await page.waitForLoadState('networkidle');
      await expectGoodPage(page);
    }
    await page.getByRole('button', { name: 'Ask a school' }).click();
    await page.getByRole('dialog').getByLabel('4 Context').waitFor();
    await expectGoodPage(page);
  });

  it('the palette, the keys and the menu are clean', async () => {
    await page.goto(study);
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().waitFor();
    await expectGoodPage(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await expectGoodPage(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /account and help/ }).click();
    await page.getByRole('menu').waitFor();
    await expectGoodPage(page);
  });

  it('the pages before one is inside are clean', async () => {
    const context = await browser.newContext({ baseURL: server.url });
    const stranger = await context.newPage();
    await stranger.goto('/sign-in');
    await stranger.getByLabel('Your e-mail address').waitFor();
    await expectGoodPage(stranger);
    await stranger.getByLabel('Your e-mail address').fill('somebody@elsewhere.example');
    await stranger.keyboard.press('Enter');
    await stranger.getByLabel('The six digits').waitFor();
    await expectGoodPage(stranger);
    await stranger.goto('/enter#this-token-is-nobodys-at-all');
    await stranger.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await expectGoodPage(stranger);
    await stranger.goto(linkOf('Editor\\s+Helen Voss'));
    await stranger.reload();
    await stranger.goto(linkOf('Editor\\s+Helen Voss'));
    await stranger.getByRole('button', { name: 'Look around' }).waitFor();
    await expectGoodPage(stranger);
    await context.close();
  });

  it('what a school contact is asked is clean', async () => {
    const contact = await openPerson(browser, linkOf('School contact\\s+Derek Onslow'));
    await contact.page
      .getByRole('status')
      .filter({ hasText: /^Saved$/ })
      .waitFor();
    await contact.page.getByLabel('The school in a few lines').waitFor();
    await contact.page.waitForLoadState('networkidle');
    await expectGoodPage(contact.page);
    await contact.page.goto('/contact/sheet');
    await contact.page.getByRole('button', { name: 'Delete my account' }).click();
    await contact.page.getByText('as by “A former contact”').waitFor();
    await expectGoodPage(contact.page);
    expect(await contact.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    await contact.context.close();
  });
});
