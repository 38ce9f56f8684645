import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';

let server: RunningServer;
let browser: Browser;
let lead: Page;
let viewer: Page;
let study: string;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Somebody with a browser of their own. */
async function newPage(): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  return context.newPage();
}

/** What the page's own call to the server is answered, with the person's session. */
function statusOf(page: Page, method: string, path: string, body: unknown): Promise<number> {
  return page.evaluate(
    async ([method, path, body]) => {
      const response = await fetch(path, { method, body, headers: { 'content-type': 'application/json' } });
      return response.status;
    },
    [method, path, JSON.stringify(body)] as const,
  );
}

describe('from a first start to a second person', () => {
  it('the owner link leads to a first study, and that to a first case study', async () => {
    lead = await newPage();
    await lead.goto(server.ownerLink ?? '');
    await lead.getByLabel('Your name').fill('Imogen Farrell');
    await lead.getByLabel('Your e-mail address').fill('imogen@wendale.example');
    await lead.getByRole('button', { name: 'Begin' }).click();

    await lead.getByRole('heading', { name: 'Welcome, Imogen' }).waitFor();
    await lead.getByLabel('What is it called?').fill('Mentoring in the Wendale schools');
    await lead.getByRole('button', { name: 'Begin the study' }).click();

    await lead.getByRole('heading', { name: 'Mentoring in the Wendale schools' }).waitFor();
    study = lead.url();
    await lead.getByRole('button', { name: 'Begin the first case study' }).click();
    await lead.getByLabel('Title').fill('The lesson before the lesson');
    await lead.getByLabel('New school').fill('Marlow Bridge Primary School');
    // Typed and not added: it is meant all the same.
    await lead.getByRole('button', { name: 'Begin the case study' }).click();
    await lead.waitForURL(/\/cases\//);

    await lead.goto(study);
    await lead.getByRole('link', { name: /The lesson before the lesson.*Marlow Bridge/ }).waitFor();
  });

  it('a refused invitation loses nothing that was typed, and says beside the field what is wrong', async () => {
    await lead.goto(`${study}/people`);
    await lead.getByRole('button', { name: 'Invite somebody' }).click();
    await lead.getByLabel('Name', { exact: true }).fill('Owen Pryce');
    await lead.getByLabel('E-mail address').fill('owen at wendale');
    await lead.getByLabel('As', { exact: true }).selectOption('viewer');
    await lead.keyboard.press('Tab');
    await lead.getByRole('button', { name: 'Invite', exact: true }).click();
    await lead.getByText('Not an e-mail address', { exact: true }).waitFor();
    expect(await lead.getByLabel('Name', { exact: true }).inputValue()).toBe('Owen Pryce');
    expect(await lead.getByLabel('As', { exact: true }).inputValue()).toBe('viewer');
  });

  it('a link is shown once, lets its person in by a deliberate act, and never again', async () => {
    await lead.getByLabel('E-mail address').fill('owen@wendale.example');
    await lead.keyboard.press('Enter');
    const link = await lead.getByLabel('The link').inputValue();
    await lead.getByRole('button', { name: 'Done' }).click();
    await lead.getByText('Invited, not here yet').waitFor();

    viewer = await newPage();
    await viewer.goto(link);
    await viewer.getByText('Mentoring in the Wendale schools').waitFor();
    expect(new URL(viewer.url()).hash).toBe('');
    expect(await viewer.context().cookies()).toEqual([]);
    await viewer.getByRole('button', { name: 'Come in' }).click();
    await viewer.getByRole('link', { name: /The lesson before the lesson/ }).waitFor();
    await lead.getByText('owen@wendale.example · since today').waitFor();

    const other = await newPage();
    await other.goto(link);
    await other.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await other.context().close();
  });

  it('[ACCESS-1] what a role may not do is neither offered nor taken', async () => {
    for (const name of ['Outbox', 'Bin']) {
      expect(await viewer.getByRole('link', { name, exact: true }).count()).toBe(0);
    }
    expect(await viewer.getByRole('button', { name: 'New case study' }).count()).toBe(0);
    const { pathname } = new URL(study);
    const school = { id: 'a-school-of-a-viewer', name: 'Hollin Grange' };
    expect(await statusOf(viewer, 'POST', `/api${pathname}/schools`, school)).toBe(403);
    expect(await statusOf(viewer, 'PATCH', `/api${pathname}`, { title: 'Mine' })).toBe(403);
  });

  it('[ACCESS-1] another role is there at once, without loading the page again', async () => {
    await lead.getByLabel('Part of Owen Pryce').selectOption('fieldworker');
    await viewer.getByRole('button', { name: 'New case study' }).waitFor();
  });

  it('[ACCESS-4] who is removed is out at once', async () => {
    await lead.getByRole('button', { name: 'Remove Owen Pryce' }).click();
    await lead.getByRole('button', { name: 'Remove', exact: true }).click();
    await viewer.getByRole('link', { name: /The lesson before the lesson/ }).waitFor({ state: 'detached' });
    await viewer.goto('/');
    await viewer.getByText('You are in no study yet').waitFor();
  });

  it('what is put in the bin comes back from it', async () => {
    await lead.goto(study);
    await lead.getByRole('button', { name: 'Change' }).click();
    await lead.getByRole('button', { name: 'Put the study in the bin' }).click();
    await lead.getByRole('button', { name: 'Put it in the bin' }).click();
    await lead.getByText('In the bin: 1').click();
    await lead.getByRole('button', { name: 'Restore Mentoring in the Wendale schools' }).click();
    await lead.getByRole('link', { name: /Mentoring in the Wendale schools/ }).click();
    await lead.getByRole('link', { name: /The lesson before the lesson/ }).waitFor();
  });
});
