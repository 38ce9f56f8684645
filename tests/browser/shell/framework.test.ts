import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam } from '../../support/team.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;
let exported: { version: number; title: string; sections: { title: string; fields: { kind: string }[] }[] };

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  const team = await plantTeam(server);
  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies(
    [...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })),
  );
  page = await context.newPage();
  await page.goto(`/studies/${team.studyId}/framework`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Chooses a file for the import that is open. */
const choose = (content: string): Promise<void> =>
  page
    .getByLabel('The framework’s file')
    .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(content) });

describe('the framework of a study', () => {
  it('can be read, section by section, with its questions and fields', async () => {
    const observing = page.getByRole('group').filter({ hasText: 'Observing' });
    await observing.getByRole('heading', { name: 'Observing' }).click();
    await observing.getByRole('heading', { name: 'Questions' }).waitFor();
    await observing.getByRole('heading', { name: 'Fields' }).waitFor();
  });

  it('leaves as a file', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('mentoring-and-coaching-1.json');
    exported = JSON.parse(await readFile(await file.path(), 'utf8')) as typeof exported;
    expect(exported.sections.length).toBeGreaterThan(20);
  });

  it('comes back changed, each error named by its place', async () => {
    await page.getByRole('button', { name: 'Import' }).click();
    await choose('{ "id": ');
    await page.getByText('This is no JSON file.').waitFor();

    const broken = structuredClone(exported);
    broken.version = 2;
    const withField = broken.sections.findIndex(({ fields }) => fields.length > 0);
    (broken.sections[withField]?.fields[0] as { kind: string }).kind = 'hologram';
    await choose(JSON.stringify(broken));
    await page.getByText('This is not a framework that can be used.').waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`sections.${withField}.*fields.0`) })
      .first()
      .waitFor();

    await choose(JSON.stringify({ ...exported, version: 2, title: 'Coaching, our way' }));
    await page.getByText('“Coaching, our way”, version 2, is here now').waitFor();
  });

  it('is then there for the next study', async () => {
    await page.goto('/?make=study');
    await page.getByLabel('Framework').selectOption({ label: 'Coaching, our way' });
    await page.getByLabel('What is it called?').fill('The second study');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The second study' }).waitFor();
    await page.getByRole('link', { name: 'Framework' }).click();
    await page.getByRole('heading', { name: 'Coaching, our way' }).waitFor();
  });
});
