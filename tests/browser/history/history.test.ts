import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from '../co-drafting/case-at-browser.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;
let his: CaseAtBrowser;

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

/** What was written until now was written an hour ago. */
async function anHourPasses(): Promise<void> {
  await server.stop();
  const database = new Database(join(server.dataDir, 'casebook.db'));
  database.exec('update block_log set server_time = server_time - 3600000');
  database.close();
  await server.restart();
}

describe('the history of a section', () => {
  it('[HISTORY-1] tells what changed and who wrote it; what was is brought back for everybody, and undone', async () => {
    const hers = await ruth.open('2.4');
    await hers.write('2.4', 'The pair met on Mondays.');
    await hers.page.getByText('Saved', { exact: true }).first().waitFor();
    await hers.page.close();
    await anHourPasses();

    his = await tom.open('2.4');
    await his.until('2.4', 'The pair met on Mondays.');
    await his.caretAt('2.4', 'The pair met on '.length);
    for (let letter = 0; letter < 'Mondays'.length; letter += 1) await his.page.keyboard.press('Delete');
    await his.page.keyboard.insertText('Thursdays');
    await his.until('2.4', 'The pair met on Thursdays.');

    const page = await ruth.context.newPage();
    await page.goto(`/cases/${team.case.id}/history?section=2.4`);
    const view = page.getByRole('article', { name: 'What stood there' });
    await view.locator('del', { hasText: 'Mondays.' }).waitFor();
    expect((await view.locator('ins').allTextContents()).join('')).toBe('Thursdays.');
    expect(await axeFindings(page)).toEqual([]);

    await page.getByText('All of it, and who wrote it').click();
    await view.getByTitle('Tom Ashe').getByText('Thursdays').waitFor();
    expect(await view.getByRole('list', { name: 'Who wrote it' }).getByRole('listitem').count()).toBe(2);
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Keep this version' }).click();
    await page.getByLabel('What is it called?').fill('Before the second visit');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: /Tom Ashe.*Before the second visit/ }).waitFor();

    // by keyboard to what was before
    await page.getByRole('radio', { name: /Tom Ashe/ }).focus();
    await page.keyboard.press('ArrowDown');
    await view.getByText('The pair met on Mondays.').waitFor();
    await page.getByRole('button', { name: 'Make it so again' }).click();
    await his.until('2.4', 'The pair met on Mondays.');
    await page.getByRole('button', { name: 'Undo' }).click();
    await his.until('2.4', 'The pair met on Thursdays.');

    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflows(page)).toBe(false);
    expect(await axeFindings(page)).toEqual([]);
    expect([...ruth.complaints, ...tom.complaints]).toEqual([]);
  });

  it('is empty where nobody has written', async () => {
    const page = await ruth.context.newPage();
    await page.goto(`/cases/${team.case.id}/history?section=8`);
    await page.getByText('Nobody has written here yet').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
