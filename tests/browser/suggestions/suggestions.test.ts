import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from '../co-drafting/case-at-browser.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ann: MemberAtBrowser;
let eve: MemberAtBrowser;
let edits: CaseAtBrowser;
let suggests: CaseAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ann = await MemberAtBrowser.join(browser, server.url, team, 'Ann Lowe', 'editor');
  eve = await MemberAtBrowser.join(browser, server.url, team, 'Eve Hart');
  edits = await ann.open('2.4');
  await edits.write('2.4', 'The pair meet every week.');
  await edits.says('Saved');
  await team.calls.call(
    'POST /api/cases/:caseId/sharing',
    {
      id: newId(),
      steps: [{ blockId: edits.block('2.4'), personId: eve.personId, from: null, to: 'suggest' }],
    },
    { caseId: team.case.id },
  );
  suggests = await eve.open('2.4');
});
afterAll(async () => {
  await ann?.close();
  await eve?.close();
  await browser?.close();
  await server?.close();
});

const bar = (at: CaseAtBrowser) => at.section('2.4').getByRole('group', { name: /^Suggestions in/ });
const press = (at: CaseAtBrowser, name: string | RegExp) => bar(at).getByRole('button', { name }).click();
const inserted = (at: CaseAtBrowser) => at.text('2.4').locator('ins').allTextContents();
const deleted = (at: CaseAtBrowser) => at.text('2.4').locator('del').allTextContents();

test('[ACCESS-2] [REVIEW-1] [REVIEW-2] one suggests, the other writes on, accepts, undoes and refuses', async () => {
  await bar(suggests).getByText('What you write here is a suggestion.').waitFor();
  await suggests.caretAt('2.4', 'The pair meet every week'.length);
  for (let at = 0; at < 4; at += 1) await suggests.page.keyboard.press('Backspace');
  await suggests.page.keyboard.type('term');
  await suggests.caretAt('2.4', 'The pair'.length);
  await suggests.page.keyboard.type(' usually');
  expect((await inserted(suggests)).join('|')).toBe('usually |term');
  expect((await deleted(suggests)).join('')).toBe('week');
  await suggests.says('Saved');

  await edits.text('2.4').locator('ins').nth(1).waitFor();
  await edits.toEnd('2.4');
  await edits.page.keyboard.type(' Always.');
  await suggests.text('2.4').getByText('Always.').waitFor();
  expect(await inserted(edits)).toEqual(['usually ', 'term']);

  // the first one after the end is the first of the text
  await press(edits, 'Next');
  await bar(edits).getByText('Add “usually ”').waitFor();
  await bar(edits).getByText('Eve Hart').waitFor();
  await press(edits, 'Accept');
  await suggests.text('2.4').locator('ins').nth(1).waitFor({ state: 'detached' });
  expect(await inserted(suggests)).toEqual(['term']);
  await edits.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await suggests.text('2.4').locator('ins').nth(1).waitFor();
  expect(await inserted(edits)).toEqual(['usually ', 'term']);

  await edits.toEnd('2.4');
  await press(edits, 'Next');
  await press(edits, 'Refuse');
  await edits.text('2.4').locator('ins').nth(1).waitFor({ state: 'detached' });
  await press(edits, 'Next');
  await bar(edits)
    .getByText(/^.*Replace “week” with “term”/)
    .waitFor();
  await press(edits, 'Accept');
  for (const at of [edits, suggests]) await at.until('2.4', 'The pair meet every term. Always.');

  // one's own, taken back by key
  await suggests.toEnd('2.4');
  await suggests.page.keyboard.type(' Nearly.');
  await edits.text('2.4').locator('ins').waitFor();
  await suggests.page.keyboard.press('Control+z');
  for (const at of [edits, suggests]) await at.until('2.4', 'The pair meet every term. Always.');

  // whoever may edit suggests as well
  await press(edits, 'Suggest');
  await edits.toEnd('2.4');
  await edits.page.keyboard.press('Enter');
  await edits.page.keyboard.type('More.');
  await suggests.text('2.4').locator('[data-seam-op="split"]').waitFor();
  await edits.says('Saved');
  await bar(edits).getByText('All of them').click();
  await press(edits, /^Accept all/);
  for (const at of [edits, suggests]) await at.until('2.4', 'The pair meet every term. Always.\nMore.');
  expect([...ann.complaints, ...eve.complaints]).toEqual([]);
});
