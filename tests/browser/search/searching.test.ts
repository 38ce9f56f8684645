import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { DemoTeam } from '../case/demo-case.ts';
import { axeFindings } from '../shell/accessible.ts';

let server: RunningServer;
let browser: Browser;
let team: DemoTeam;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  team = new DemoTeam(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Where to, what to do, or which words' }).waitFor();
}

describe('words looked for', () => {
  it('are found in every case, and gone to where they stand', async () => {
    const { page, complaints } = await team.open('Helen Voss');
    await openPalette(page);
    await page.keyboard.type('first thursday');
    const place = page.getByRole('option', { name: /12 Contacts.*first Thursday of each month/ });
    await place.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await place.locator('mark').allTextContents()).toEqual(['first', 'Thursday']);
    await place.click();
    await page.getByRole('search').getByText('12 Contacts').waitFor();
    await expect
      .poll(async () =>
        page.evaluate(() => {
          const line = [...document.querySelectorAll('p')].find((one) =>
            /first Thursday of each/.test(one.textContent ?? ''),
          );
          const { top = -1 } = line?.getBoundingClientRect() ?? {};
          return top > 0 && top < window.innerHeight;
        }),
      )
      .toBe(true);
    // closed, the same can be looked for again
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('find'));
    expect(complaints).toEqual([]);
  });

  it('are found a moment after a colleague wrote them', async () => {
    const ruth = await team.open('Ruth Adeyemi', { section: '2.4' });
    await ruth.text('2.4').click();
    await ruth.page.keyboard.press('Control+End');
    await ruth.page.keyboard.type(' Quillfeather notes.');
    await ruth.settled();
    const { page } = await team.open('Helen Voss');
    await openPalette(page);
    await page.keyboard.type('quillfea');
    await page.getByRole('option', { name: /Quillfeather notes/ }).waitFor();
  });

  it('say so where they stand nowhere, and where the server cannot be reached', async () => {
    const { page } = await team.open('Helen Voss');
    await openPalette(page);
    await page.keyboard.type('zzyzx');
    await page.getByText('these words stand nowhere').waitFor();
    await page.context().setOffline(true);
    await page.keyboard.type('q');
    await page.getByText('The server cannot be reached').waitFor();
    await page.context().setOffline(false);
  });
});
