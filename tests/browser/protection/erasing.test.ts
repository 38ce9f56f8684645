import { readdir, readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERASED_HERE } from '../../../shared/quotes/placeholder.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { MemberAtBrowser } from '../co-drafting/case-at-browser.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const INTRO = 'One said: ';
const WORDS = 'the quillwork whistled twice';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});

async function expectGood(page: Page): Promise<void> {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFindings(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    expect(await overflows(page), `${page.url()} at ${width}`).toBe(false);
  }
}

/** @returns names of stores of this browser in which the words stand, in whatever form they are kept there */
function storesWith(page: Page, words: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const found: string[] = [];
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts = (value: unknown): string[] => {
      if (typeof value === 'string') return [value];
      if (value instanceof Uint8Array) return [new TextDecoder().decode(value)];
      if (typeof value !== 'object' || value === null) return [];
      return Object.values(value).flatMap(texts);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const rows = await done(database.transaction(store).objectStore(store).getAll());
        if (rows.flatMap(texts).some((text) => text.includes(wanted))) found.push(store);
      }
      database.close();
    }
    return found;
  }, words);
}

async function filesWith(words: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(server.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(`${entry.parentPath}/${entry.name}`).catch(() => Buffer.of());
    if (bytes.includes(Buffer.from(words))) found.push(entry.name);
  }
  return found;
}

test('[ERASE-1] what somebody said is erased by the lead: from open pages, the server, and a device that was away', async () => {
  const hers = await ruth.open('2.4');
  const his = await tom.open('2.4');
  await hers.write('2.4', INTRO + WORDS);
  await his.until('2.4', INTRO + WORDS);
  await hers.caretAt('2.4', INTRO.length);
  await hers.page.keyboard.press('Shift+End');
  await hers.page.getByRole('toolbar', { name: 'Format' }).waitFor();
  await hers.page.keyboard.press('Control+Shift+Period');
  const form = hers.page.getByRole('dialog', { name: 'Somebody’s words' });
  await form.getByRole('button', { name: 'Keep as a quote' }).click();
  await form.getByLabel('Name', { exact: true }).fill('Amal Haddad');
  await form.getByLabel('E-mail address').fill('amal@school.example');
  await form.getByRole('button', { name: 'Keep as a quote' }).click();
  for (const at of [hers, his]) {
    await at.text('2.4').getByRole('button', { name: 'Quote of Amal Haddad: To send' }).waitFor();
  }
  await his.onDevice('2.4');
  await tom.goOffline();
  await his.write('2.4', 'Mine alone. ');
  await his.page
    .getByText(/on this device/i)
    .first()
    .waitFor();
  expect(await storesWith(his.page, 'quillwork')).not.toEqual([]);

  const context = await browser.newContext({ baseURL: server.url });
  await context.addCookies(
    [...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })),
  );
  const lead = await context.newPage();
  await lead.goto(`/studies/${team.studyId}/privacy`);
  await lead.getByRole('heading', { name: 'People whose words are quoted' }).waitFor();
  await lead.getByText('1 quote').waitFor();
  await expectGood(lead);
  await lead.getByRole('button', { name: 'Erase what Amal Haddad said, and who they are' }).click();
  const asking = lead.getByRole('dialog', { name: 'Erase what Amal Haddad said?' });
  await asking.getByText('Nobody can bring this back.').waitFor();
  await expectGood(lead);
  await asking.getByRole('button', { name: 'Erase for good' }).click();
  await lead.getByText('It is erased.').waitFor();
  await lead.getByText(/erased on /).waitFor();
  await expectGood(lead);

  await hers.until('2.4', INTRO + ERASED_HERE);
  expect(await filesWith('quillwork')).toEqual([]);
  expect(await filesWith('Amal Haddad')).toEqual([]);
  await tom.goOnline();
  await his
    .text('2.4')
    .getByText(INTRO + ERASED_HERE)
    .waitFor();
  await his.page.getByText('Mine alone.').first().waitFor();
  await expect.poll(() => storesWith(his.page, 'quillwork'), { timeout: 15_000 }).toEqual([]);
  // what he had not sent is his to put back, and went nowhere by itself
  expect(await storesWith(his.page, 'Mine alone.')).toEqual(['kept']);
  expect(await hers.reads('2.4')).not.toContain('Mine alone.');
  expect(await filesWith('quillwork')).toEqual([]);
  await context.close();
});
