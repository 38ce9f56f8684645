import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { PageCalls } from '../../support/web.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const PHONE = { width: 390, height: 844 };

let server: RunningServer;
let browser: Browser;
let team: Team;
let lead: Page;
let petra: { page: Page; personId: string };

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  lead = await pageOf(team.calls);
  const calls = new PageCalls(server.url, server.url);
  const token = new URL(await team.invite('Petra Lind', 'contact')).hash.slice(1);
  const { person } = await calls.call('POST /api/links/redeem', { token });
  petra = { page: await pageOf(calls), personId: person.id };
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function contextOf(calls: PageCalls | null): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport: PHONE });
  const cookies = [...(calls?.cookies ?? [])].map(([name, value]) => ({ name, value, url: server.url }));
  await context.addCookies(cookies);
  return context;
}
const pageOf = async (calls: PageCalls | null): Promise<Page> => (await contextOf(calls)).newPage();

async function expectGood(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFindings(page), `${page.url()} ${colorScheme}`).toEqual([]);
  }
  expect(await overflows(page)).toBe(false);
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('an address of a file that is opened by hand', () => {
  it('[INPUT-1] says in plain words that one has to sign in first, and leads there', async () => {
    const nobody = await pageOf(null);
    const answer = await nobody.goto(`/api/studies/${team.studyId}/audit.csv`);
    expect(answer?.status()).toBe(401);
    await nobody.getByRole('heading', { name: 'Sign in first' }).waitFor();
    await expectGood(nobody);
    await nobody.getByRole('link', { name: 'Sign in' }).click();
    await nobody.waitForURL('**/sign-in');
  });

  it('[INPUT-1] says that it is not theirs or not there, and leads back; a program gets what it always got', async () => {
    const { page } = petra;
    for (const path of [
      `/api/studies/${team.studyId}/audit.csv`,
      `/api/studies/${team.studyId}/people/${team.lead.id}/export.html`,
      `/api/cases/${team.case.id}/export.docx`,
      '/api/cases/none/export.html',
      '/api/studies/none',
    ]) {
      const answer = await page.goto(path);
      expect([403, 404], path).toContain(answer?.status());
      expect(await page.locator('body').innerText(), path).not.toContain('{');
      await page.getByRole('link', { name: /^Back to/ }).waitFor();
    }
    await expectGood(page);
    await page.getByRole('link', { name: 'Back to the first page' }).click();
    await page.waitForURL('**/contact');
    const asked = await page.request.get('/api/studies/none');
    expect(asked.headers()['content-type']).toContain('application/problem+json');
  });
});

it('[PRIVACY-3] a person’s file begins on a phone with a list of its parts, and nothing in it goes beyond the edge', async () => {
  const path = `/api/studies/${team.studyId}/people/${petra.personId}/export.html`;
  const file = await (await lead.request.get(path)).text();
  // As it is sent nothing runs in it, not even what looks at it here.
  await lead.goto('about:blank');
  await lead.setContent(file);
  await expectGood(lead);
  const parts = lead.getByRole('navigation', { name: 'What this page tells' });
  await parts.getByRole('link', { name: 'Invitations' }).click();
  const heading = lead.getByRole('heading', { name: 'Invitations' });
  expect((await heading.boundingBox())?.y).toBeLessThan(PHONE.height);
  for (const [width, height] of [
    [320, 568],
    [PHONE.width, PHONE.height],
    [PHONE.height, PHONE.width],
  ] as const) {
    await lead.setViewportSize({ width, height });
    for (const table of await lead.locator('.table').all()) {
      const beyond = await table.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(beyond, `${await table.getAttribute('aria-label')} at ${width}`).toBe(0);
    }
  }
  await lead.setViewportSize(PHONE);
});

it('the page of a study that one is on is to be seen among its links on a phone', async () => {
  for (const [path, name] of [
    ['/bin', 'Bin'],
    ['/record', 'Record'],
    ['', 'Cases'],
  ]) {
    await lead.goto(`/studies/${team.studyId}${path}`);
    const here = lead.locator('nav[aria-label^="Pages of"] [aria-current="page"]');
    expect(await here.innerText()).toBe(name);
    const box = await here.boundingBox();
    expect(box?.x, name).toBeGreaterThanOrEqual(0);
    expect(box && box.x + box.width, name).toBeLessThanOrEqual(PHONE.width);
  }
});

it('[AUDIT-2] a record that is to end before it begins says so beside the day', async () => {
  await lead.goto(`/studies/${team.studyId}/record?from=2026-06-02&to=2026-06-01`);
  await lead.getByText('This is before the day it begins with').waitFor();
  expect(await lead.getByLabel('Until').getAttribute('aria-invalid')).toBe('true');
  await expectGood(lead);
});

it('[ACCESS-6] the sharing page tells sections of one number apart, and says what a school’s page leaves out', async () => {
  const facts = team.case.blocks.find(({ sectionId }) => sectionId === '4-facts');
  const params = { blockId: facts?.blockId as string };
  await team.calls.call('PUT /api/blocks/:blockId/status', { notApplicable: 'It is closing.' }, params);
  await lead.goto(`/cases/${team.case.id}/sharing`);
  await lead.getByLabel('Person').selectOption({ label: 'Petra Lind' });
  const context = lead.getByRole('listitem').filter({ hasText: '4 Context' });
  await context.getByText('Marlow Bridge Primary School').waitFor();
  await context.getByText('Their page leaves it out until it applies.').waitFor();
  const culture = lead.getByRole('listitem').filter({ hasText: '4 Leadership and culture' });
  await culture.getByText('team only').waitFor();
  await expectGood(lead);
  await lead.setViewportSize({ width: 1280, height: 900 });
  const row = lead.getByRole('row').filter({ hasText: '4 Context' });
  await row.getByText('Left out').waitFor();
  await expectGood(lead);
  await lead.setViewportSize(PHONE);
});

it('[PRIVACY-4] whoever was a school contact and is one no more gets the contact’s page, not the team’s', async () => {
  await team.calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, {
    studyId: team.studyId,
    personId: petra.personId,
  });
  await petra.page.goto('/');
  await petra.page.waitForURL('**/contact');
  await petra.page.getByRole('heading', { name: 'Nothing is asked about your school just now' }).waitFor();
  expect(await petra.page.getByText('Your studies').count()).toBe(0);
  await expectGood(petra.page);
});
