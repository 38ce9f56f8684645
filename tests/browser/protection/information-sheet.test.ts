import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PersonFile, personFile } from '../../../shared/protection/person-file.ts';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let lead: Page;
let head: Page;
const privacy = () => `${server.url}/studies/${team.studyId}/privacy`;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
  await context.addCookies(
    [...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })),
  );
  lead = await context.newPage();
  head = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Fills every gap that the template leaves. */
async function fillGaps(page: Page, words: string): Promise<void> {
  for (const field of await page.locator('textarea').all()) {
    await field.fill((await field.inputValue()).replace(/\[[^\]]*\]/g, words));
  }
}

async function expectGood(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
  }
  expect(await overflows(page)).toBe(false);
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('what people at schools are told', () => {
  it('[PRIVACY-1] is written by the lead from a text with gaps, and nobody is shown a gap', async () => {
    await lead.goto(privacy());
    await lead.getByText('People at schools are told nothing yet').waitFor();
    await expectGood(lead);
    await lead.getByRole('button', { name: 'Write it' }).click();
    await lead.getByRole('button', { name: 'Save as version 1' }).click();
    await expect.poll(() => lead.evaluate(() => document.activeElement?.id)).toBe('sheet-about');
    await lead.getByText(/Still has a gap in square brackets: Say what happens then/).waitFor();
    await expectGood(lead);
    await fillGaps(lead, 'Wendale Trust, 1 High Street');
    await lead.reload();
    await lead.getByText('Saving makes version 1.').waitFor();
    await lead.getByRole('button', { name: 'Preview' }).click();
    await lead.getByRole('heading', { name: 'Who is responsible' }).waitFor();
    await expectGood(lead);
    await lead.getByRole('button', { name: 'Save as version 1' }).click();
    await lead.getByText(/^Version 1, of .+, by Imogen Farrell$/).waitFor();
    await lead
      .getByRole('article', { name: 'Version' })
      .getByText('Imogen Farrell, who leads the study: imogen@wendale.example')
      .waitFor();
    await expectGood(lead);
  });

  it('[PRIVACY-2] is read by a school contact before anything happens, and which version is kept with the invitation', async () => {
    await head.goto(await team.invite('Derek Onslow', 'contact'));
    await head.getByText('Read first: what we hold about you, and why').click();
    await head.getByRole('heading', { name: 'Who is responsible' }).waitFor();
    await expectGood(head);
    await head.getByRole('button', { name: 'Show me the questions' }).click();
    await head.waitForURL(`${server.url}/contact`);
    await head.getByText('Marlow Bridge Primary School').first().waitFor();
    expect(await head.getByText('There is a new version').count()).toBe(0);
    await head.getByRole('link', { name: 'What we hold and why' }).click();
    await head.getByText(/^You took up your invitation on .+, with version 1 of this page/).waitFor();
    await expectGood(head);
    await lead.goto(privacy());
    await lead.getByText(/School contact · shown version 1 with their invitation/).waitFor();
  });

  it('[PRIVACY-2] a new version is told to them once, with what changed, and the old one stays', async () => {
    await head.getByRole('link', { name: 'Back to your page' }).click();
    await head.getByText('Marlow Bridge Primary School').first().waitFor();
    await lead.getByRole('button', { name: 'Write a new version' }).click();
    await lead.getByLabel('How long we keep it').fill('Until the end of 2030. <b>Then it goes.</b>');
    await lead.getByRole('button', { name: 'Save as version 2' }).click();
    await lead.getByText(/^Version 2, of /).waitFor();
    await lead.getByText(/^Version 1, of /).click();
    // Told while their page is open.
    await head.getByText('There is a new version of what we hold about you and why').waitFor();
    await expectGood(head);
    await head.getByRole('link', { name: 'Read it' }).click();
    await head.getByText('Until the end of 2030. <b>Then it goes.</b>').waitFor();
    expect(await head.locator('section[data-changed] h2').allInnerTexts()).toEqual([
      'How long we keep it changed',
    ]);
    await expectGood(head);
    await head.getByRole('link', { name: 'Back to your page' }).click();
    await head.getByText('Marlow Bridge Primary School').first().waitFor();
    await head.waitForLoadState('networkidle');
    expect(await head.getByText('There is a new version').count()).toBe(0);
    const names = await head.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(names.filter((name) => name?.startsWith('casebook/'))).toEqual([]);
  });
});

describe('what is held on one person', () => {
  it('[PRIVACY-3] is downloaded by the lead for somebody, and by everybody for themselves; the record tells', async () => {
    await lead.goto(privacy());
    const waiting = lead.waitForEvent('download');
    await lead.getByRole('link', { name: 'Download everything held on Derek Onslow' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('What is held on Derek Onslow.json');
    const file: PersonFile = personFile.parse(JSON.parse(await readFile(await download.path(), 'utf8')));
    expect(file.sheets.map(({ version, how }) => [version, how])).toEqual([
      [1, 'invitation'],
      [2, 'page'],
    ]);
    await head.getByRole('link', { name: 'What we hold and why' }).click();
    const opening = head.waitForEvent('popup');
    await head.getByRole('link', { name: 'Read everything held on you (opens a new tab)' }).click();
    const page = await opening;
    await page.getByRole('heading', { name: 'What is held on Derek Onslow' }).waitFor();
    expect(await page.getByText('Imogen').count()).toBe(0);
    // Its own policy lets nothing run in it, so that it is looked at as a copy.
    const copy = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await copy.setContent(await page.content());
    await expectGood(copy);
    await lead.goto(`${server.url}/studies/${team.studyId}/record?about=downloads`);
    await lead
      .getByText('Imogen Farrell downloaded everything that this study holds on Derek Onslow.')
      .waitFor();
    await lead.getByText('Derek Onslow read everything that Casebook holds on themselves.').waitFor();
  });

  it('[PRIVACY-3] a member of the team finds their own on their account, and no list of others', async () => {
    const jo = await openPerson(browser, await team.invite('Jo Marsh', 'fieldworker'));
    await jo.page.goto(privacy());
    await jo.page.getByText(/^Version 2, of /).waitFor();
    expect(await jo.page.getByRole('heading', { name: 'What is held on each person' }).count()).toBe(0);
    expect(await jo.page.getByRole('button', { name: 'Write a new version' }).count()).toBe(0);
    await jo.page.goto('/account');
    await jo.page.getByRole('heading', { name: 'What is held on you' }).waitFor();
    await expectGood(jo.page);
    await jo.context.close();
  });
});

describe('whoever is taken out', () => {
  it('[PRIVACY-4] a school contact is a former contact at once, or whatever the study calls them', async () => {
    await lead.goto(`${server.url}/studies/${team.studyId}/people`);
    await lead.getByRole('button', { name: 'Remove Derek Onslow' }).click();
    await lead.getByText('under “A former contact”').waitFor();
    await lead.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await lead.getByRole('dialog').waitFor({ state: 'detached' });
    await head.getByRole('heading', { name: 'What we hold and why' }).waitFor();
    await lead.goto(`${server.url}/studies/${team.studyId}/record`);
    await lead
      .getByText('Imogen Farrell removed A former contact (school contact) from the study.')
      .waitFor();
    expect(await lead.getByText('Derek Onslow').count()).toBe(0);
    await lead.goto(privacy());
    await lead
      .getByText(
        /^Once school contact, .+ · out of the study since today, \d\d:\d\d, called “A former contact” there/,
      )
      .waitFor();
    await lead.getByRole('button', { name: 'Change what the study calls Derek Onslow' }).click();
    await lead.getByRole('dialog').waitFor();
    await expectGood(lead);
    await lead.getByLabel('Name').fill('A former head teacher');
    await lead.getByRole('button', { name: 'Call them so' }).click();
    await lead.getByText(/called “A former head teacher” there/).waitFor();
    await lead.setViewportSize({ width: 390, height: 844 });
    await expectGood(lead);
    await head.reload();
    await head.getByText('You are no longer asked anything by this study.').waitFor();
    await head.getByText('Until the end of 2030. <b>Then it goes.</b>').waitFor();
    await expectGood(head);
  });
});
