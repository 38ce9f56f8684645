import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueLink } from '../../../server/accounts/links.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from '../../quotes/quotes-on-trial.ts';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { WHOLE_SCANS } from '../../support/scans.ts';
import { newId } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const DIST = join(import.meta.dirname, '../../../dist/client');
const WORDS = 'We knew what to ask.';

let trial: QuotesOnTrial;
let browser: Browser;
beforeAll(async () => {
  trial = await quotesOnTrial({}, DIST);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await trial?.close();
});

async function expectGood(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  expect(await overflows(page)).toBe(false);
}

it('[GUARDIAN-1] [SCAN-1] [SOURCE-1] a child’s words: the parent agrees on a phone and tells of the child, the child confirms on a sheet that is scanned, and the record shows all of it', async () => {
  const use = { quote: newId(), use: newId() };
  const ivy = await trial.speaker('Ivy', { age: 'under-sixteen', role: 'Pupil', email: '' });
  await trial.write(`They plan. «${WORDS}» That is all.`, use);
  await trial.capture(use, WORDS, ivy);
  const { token } = await issueLink(trial.service.parts, { kind: 'sign-in', personId: trial.lead });
  const { page } = await openPerson(browser, `${trial.service.url}/enter#${token}`, {
    context: { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' },
  });
  await page.goto(`/cases/${trial.caseId}/quotes`);
  await page.getByRole('button', { name: 'Ask a parent or carer of Ivy' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Their name').fill('Una Moor');
  await dialog.getByLabel('Their own e-mail address').fill('una@home.example');
  await expectGood(page);
  await dialog.getByRole('button', { name: 'Send the letter' }).click();
  const link = await dialog.getByLabel('The link').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('A parent or carer was asked').first().waitFor();

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  const parent = await phone.newPage();
  await parent.goto(link);
  await parent.getByRole('button').first().waitFor();
  await parent.getByRole('button', { name: /Show me/ }).click();
  await parent.getByRole('heading', { level: 1, name: 'May we quote Ivy?' }).waitFor();
  await expectGood(parent);
  await parent.getByRole('button', { name: 'Yes, and I say where' }).click();
  expect(await parent.getByRole('radio', { checked: true }).count()).toBe(0);
  await parent.getByRole('radio', { name: /^With Ivy’s name/ }).check();
  await parent.getByRole('button', { name: 'Save' }).click();
  await parent.getByText('Tick where they may appear').waitFor();
  await parent.getByLabel('In the printed booklet').check();
  await expectGood(parent);
  await parent.getByRole('button', { name: 'Save' }).click();
  await parent.getByRole('button', { name: 'Ivy was asked and agrees' }).waitFor();
  await expectGood(parent);
  await parent.getByRole('button', { name: 'Ivy was asked and agrees' }).click();
  await parent.getByText('You and Ivy agreed').waitFor();

  await page.getByRole('button', { name: 'Write down their answer' }).first().click();
  await dialog.getByLabel('How did they say it?').selectOption('paper');
  await dialog.getByLabel('Where is the sheet?').fill('The blue folder');
  const scan = dialog.getByLabel('A scan or a photo of the sheet');
  await scan.setInputFiles({
    ...{ name: 'sheet.png', mimeType: 'image/png' },
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  });
  await dialog.getByText('This is no picture').waitFor();
  await expectGood(page);
  await scan.setInputFiles({
    ...{ name: 'Ivy’s sheet.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from(WHOLE_SCANS['application/pdf']),
  });
  await dialog.getByText('It is here.').waitFor();
  await dialog.getByRole('button', { name: 'Write it down' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(standings(await trial.quote(use.quote))).toEqual(['verified']);

  await page.goto(`/quotes/${use.quote}`);
  await page.getByRole('heading', { level: 2, name: 'Every step' }).waitFor();
  const crumbs = page.getByRole('navigation').filter({ hasText: 'This quote' });
  await crumbs.getByRole('link', { name: 'A case' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Ivy’s sheet.pdf' }).click();
  expect((await download).suggestedFilename()).toMatch(/sheet\.pdf$/);
  await page.getByRole('button', { name: 'Change the source' }).click();
  await dialog.getByLabel('Where can it be found?').fill('Notes of the visit, page 3');
  await expectGood(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('was changed: where to find it').waitFor();
  await expectGood(page);
});
