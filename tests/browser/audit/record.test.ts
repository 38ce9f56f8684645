import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let page: Page;
const record = () => `${server.url}/studies/${team.studyId}/record`;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
  await context.addCookies(
    [...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })),
  );
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const entries = () => page.getByRole('listitem').filter({ has: page.locator('time') });

describe('the record of a study', () => {
  it('[AUDIT-2] says in sentences who did what, and is a page of the lead’s alone', async () => {
    const jo = await openPerson(browser, await team.invite('Jo Marsh', 'fieldworker'));
    await jo.page.goto(record());
    await jo.page.getByText('This is for the lead of the study').waitFor();
    expect(await jo.page.getByRole('link', { name: 'Record' }).count()).toBe(0);
    await jo.context.request.get(`${server.url}/api/studies/${team.studyId}/outbox`);
    await jo.context.close();
    await page.goto(`${server.url}/studies/${team.studyId}`);
    await page.getByRole('link', { name: 'Record' }).click();
    await page.getByText('Jo Marsh was refused: reading the outbox.').waitFor();
    const sentences = await entries().locator('p:first-child').allInnerTexts();
    expect(sentences.slice(-5)).toEqual([
      'Jo Marsh took up their invitation as fieldworker.',
      'Imogen Farrell invited Jo Marsh as fieldworker.',
      'Imogen Farrell made “The lesson before the lesson”.',
      'Imogen Farrell added “Marlow Bridge Primary School”.',
      'Imogen Farrell made the study.',
    ]);
    expect(sentences).toContain('Jo Marsh signed in by a link.');
  });

  it('is filtered by keyboard alone, and the address keeps the choice', async () => {
    await page.goto(record());
    await entries().first().waitFor();
    await page.getByLabel('About').focus();
    await page.keyboard.press('W');
    await page.waitForURL(/about=refusals/);
    await expect.poll(() => entries().count()).toBe(1);
    await page.reload();
    await expect.poll(() => entries().count()).toBe(1);
    expect(await page.getByLabel('About').inputValue()).toBe('refusals');
    await page.getByLabel('Until').fill('2001-01-01');
    await page.getByText('Nothing like that is in the record').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => entries().count()).toBeGreaterThan(4);
    expect(new URL(page.url()).search).toBe('');
  });

  it('goes back as far as one asks', async () => {
    for (let at = 0; at < 60; at += 1) {
      await team.calls.call(
        'POST /api/studies/:studyId/schools',
        { id: newId(), name: `School ${at}`, place: '' },
        { studyId: team.studyId },
      );
    }
    await page.goto(record());
    await expect.poll(() => entries().count()).toBe(50);
    await page.getByRole('button', { name: 'Show what was before' }).click();
    await page.getByText('Imogen Farrell made the study.').waitFor();
    expect(await page.getByRole('button', { name: 'Show what was before' }).count()).toBe(0);
    const numbers = await entries().evaluateAll((items) =>
      items.map((item) => (item as HTMLLIElement).value),
    );
    expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] as number) - at));
  });

  it('is downloaded as a table with the filters that are set, and tells how it is sealed', async () => {
    await page.goto(`${record()}?about=access`);
    await entries().first().waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as a table' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('Mentoring in the Wendale schools (record).csv');
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('"Jo Marsh took up their invitation as fieldworker."');
    await page.getByText('How can we tell that nothing was changed?').click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
  });

  it('says that the server can’t be reached, and goes on when it can', async () => {
    await page.goto(record());
    await entries().first().waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('About').selectOption('downloads');
    await page.getByRole('heading', { name: 'Casebook can’t be reached' }).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Imogen Farrell downloaded this record.').waitFor();
  });
});

describe('the interface for programs', () => {
  it('[TOKEN-1] a token is made as narrow as one does not say otherwise, is shown once, and taken back', async () => {
    await page.goto(`${server.url}/account`);
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByLabel('What is it for?').fill('The weekly figures');
    await page.getByLabel('Where?').selectOption({ label: 'Only in Mentoring in the Wendale schools' });
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = await page.getByLabel('Token for The weekly figures').inputValue();
    await page.getByText(/Reads in Mentoring in the Wendale schools\. Made today/).waitFor();
    const asProgram = (path: string, method = 'GET') =>
      fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}` } });
    expect((await asProgram(`/api/cases/${team.case.id}`)).status).toBe(200);
    expect((await asProgram(`/api/cases/${team.case.id}`, 'DELETE')).status).toBe(403);
    await page.getByRole('button', { name: 'Take back The weekly figures' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await asProgram(`/api/cases/${team.case.id}`)).status).toBe(401);
    await page.goto(`${record()}?about=programs`);
    await page.getByText('Imogen Farrell took back the token “The weekly figures”.').waitFor();
  });

  it('is told on a page, from the account', async () => {
    await page.goto(`${server.url}/account`);
    await page.getByRole('link', { name: 'What programs can ask' }).click();
    await page.getByRole('heading', { name: 'For programs' }).waitFor();
    await page.getByText('POST /api/studies/{studyId}/invitations').click();
    await page.getByText('Lead of the study.').filter({ visible: true }).waitFor();
    expect(await page.getByText('Invites somebody; the link is told this once.').count()).toBe(1);
  });
});
