import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;
let hers: CaseAtBrowser;
let his: CaseAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
  hers = await ruth.open('2.4');
  his = await tom.open('2.4');
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});
afterEach(() => expect([...ruth.complaints, ...tom.complaints]).toEqual([]));

describe('two people in one section', () => {
  test('undo takes back one’s own words alone, and redo brings them again', async () => {
    await hers.toEnd('2.4');
    await hers.page.keyboard.insertText('Mine.');
    await his.until('2.4', 'Mine.');
    await his.toEnd('2.4');
    await his.page.keyboard.insertText(' Theirs.');
    await hers.until('2.4', 'Mine. Theirs.');
    await hers.page.keyboard.press('Control+z');
    for (const at of [hers, his]) await at.until('2.4', ' Theirs.');
    await hers.page.keyboard.press('Control+z');
    await hers.page.keyboard.press('Control+Shift+z');
    for (const at of [hers, his]) await at.until('2.4', 'Mine. Theirs.');
    await his.page.keyboard.press('Control+z');
    for (const at of [hers, his]) await at.until('2.4', 'Mine.');
  });

  test('one goes on with one’s sentence although the other writes before it, or begins lines in it', async () => {
    await hers.goBy('2.3');
    await hers.write('2.3', 'They plan it. They teach');
    await his.goBy('2.3');
    await his.until('2.3', 'They plan it. They teach');
    await his.caretAt('2.3', 0);
    await his.page.keyboard.press('Enter');
    await hers.until('2.3', '\nThey plan it. They teach');
    await hers.page.keyboard.insertText(' it.');
    await his.until('2.3', '\nThey plan it. They teach it.');
    await his.caretAt('2.3', '\nThey plan it.'.length);
    await his.page.keyboard.press('Enter');
    await hers.until('2.3', '\nThey plan it.\n They teach it.');
    await hers.page.keyboard.insertText(' Both.');
    for (const at of [hers, his]) await at.until('2.3', '\nThey plan it.\n They teach it. Both.');
    await hers.page.keyboard.press('Control+Alt+3');
    await his.text('2.3').getByRole('heading').waitFor();
    await his.caretAt('2.3', '\nThey plan it.\n'.length);
    await his.page.keyboard.insertText('Afterwards');
    await hers.until('2.3', '\nThey plan it.\nAfterwards They teach it. Both.');
    await hers.page.keyboard.insertText(' Mine.');
    for (const at of [hers, his]) {
      await at.until('2.3', '\nThey plan it.\nAfterwards They teach it. Both. Mine.');
    }
    for (const at of [hers, his]) await at.goBy('2.4');
  });

  test('[SAVE-4] [ACCESS-3] both write in one field, and each sees who else is there', async () => {
    const field = (at: CaseAtBrowser) => at.section('2.4').getByLabel('Length of an observation');
    await field(hers).focus();
    await hers.page.keyboard.type('one hour');
    await his.section('2.4').getByText('Ruth is here').waitFor();
    await his.section('2.4').locator('[data-text="one hour"]').waitFor();
    await field(his).focus();
    await his.page.keyboard.press('Home');
    await his.page.keyboard.type('about ');
    await hers.section('2.4').getByText('Tom is here').waitFor();
    await hers.page.keyboard.type(' a week');
    await hers.says('Saved');
    await his.says('Saved');
    for (const at of [hers, his]) {
      await at.section('2.4').locator('[data-text="about one hour a week"]').waitFor();
      expect(await field(at).inputValue()).toBe('about one hour a week');
    }
  });

  test('a prompt that one marks is marked for the other', async () => {
    const mark = (at: CaseAtBrowser) => at.section('2.4').getByRole('button', { name: /^Span:/ });
    await mark(hers).click();
    await his.section('2.4').getByRole('button', { name: 'Span: answered. Change the mark' }).waitFor();
    await mark(his).click();
    await hers.section('2.4').getByRole('button', { name: 'Span: still to ask. Change the mark' }).waitFor();
    for (const at of [hers, his]) {
      await at.page.getByRole('banner').getByRole('button', { name: '1 to ask' }).waitFor();
    }
  });

  test('[ACCESS-3] the outline, the bar and the text say who is where', async () => {
    const outline = (at: CaseAtBrowser, section: string) =>
      at.page.locator(`nav a[href="?section=${section}"]`).getByRole('img', { name: 'Ruth Adeyemi' });
    const bar = (name: string) =>
      his.page.getByRole('list', { name: 'Here now' }).getByRole('button', { name });
    await hers.text('2.4').focus();
    await hers.page.keyboard.press('Home');
    await outline(his, '2.4').waitFor();
    await bar('Ruth Adeyemi, in 2.4 Observing. Go there').waitFor();
    const caret = his.text('2.4').locator(`[data-person="${ruth.personId}"]`);
    await caret.waitFor({ state: 'attached' });
    expect(await caret.locator('[data-name]').getAttribute('data-name')).toBe('Ruth');
    expect(await outline(hers, '2.4').count()).toBe(0);

    await hers.goBy('9');
    await hers.text('9').focus();
    await his.goBy('9');
    // Nothing is written there yet.
    const first = his.text('9').locator(`p [data-person="${ruth.personId}"]`);
    await first.waitFor({ state: 'attached' });
    expect(await first.count()).toBe(1);
    await his.goBy('2.4');
    await hers.write('9', 'A fixed hour.');
    await outline(his, '9').waitFor();
    await bar('Ruth Adeyemi, in 9 Taking it elsewhere. Go there').click();
    await caret.waitFor({ state: 'detached' });
    await outline(his, '2.4').waitFor({ state: 'detached' });
    await his.text('9').locator(`[data-person="${ruth.personId}"]`).waitFor({ state: 'attached' });

    await hers.page.close();
    await outline(his, '9').waitFor({ state: 'detached' });
    await his.page.getByRole('list', { name: 'Here now' }).waitFor({ state: 'detached' });
    hers = await ruth.open('2.4');
  });
});

describe('one who is taken out', () => {
  const inStudy = () => ({ studyId: team.studyId, personId: ruth.personId });

  test('[ACCESS-4] [SAVE-6] who may only read from now on keeps what was not sent, apart, and others never get it', async () => {
    await hers.goTo('2.4');
    await hers.installed();
    await hers.goTo('2.4');
    await hers.says('Saved');
    await ruth.goOffline();
    await hers.write('2.4', ' Not sent.');
    await hers.says('10 changes saved on this device');
    await team.calls.call('PATCH /api/studies/:studyId/members/:personId', { role: 'viewer' }, inStudy());
    await ruth.goOnline();
    const card = hers.page.getByRole('article', { name: 'Kept on this device' });
    await card.waitFor();
    expect(await card.locator('mark').textContent()).toBe(' Not sent.');
    await card.getByRole('button', { name: 'Put back' }).waitFor({ state: 'detached' });
    await hers.says('1 passage not sent');
    await hers.section('2.4').locator('.prose').getByText('Mine.', { exact: true }).waitFor();
    expect(await hers.text('2.4').count()).toBe(0);
    expect(await his.reads('2.4')).toBe('Mine.');

    await team.calls.call(
      'PATCH /api/studies/:studyId/members/:personId',
      { role: 'fieldworker' },
      inStudy(),
    );
    await hers.text('2.4').waitFor();
    await card.getByRole('button', { name: 'Put back' }).click();
    await card.waitFor({ state: 'detached' });
    await his.text('2.4').getByText('Not sent.').waitFor();
    expect((await his.reads('2.4')).split('Not sent.')).toHaveLength(2);
  });

  test('[ACCESS-4] who is removed has the case before them no more, at once', async () => {
    const wren = await MemberAtBrowser.join(browser, server.url, team, 'Wren Castell');
    const page = await wren.open('2.4');
    const { studyId } = team;
    await team.calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, {
      studyId,
      personId: wren.personId,
    });
    await page.page.getByRole('heading', { name: 'You are no longer in this study' }).waitFor();
    await page.page.getByText('Whoever leads the study can invite you again.').waitFor();
    expect(await page.page.getByText('Mine.').count()).toBe(0);
    expect(wren.complaints).toEqual([]);
    await wren.close();
  });

  test('[ACCESS-4] [SAVE-6] who is removed while writing offline finds the unsent words, and others never get them', async () => {
    await hers.goTo('2.4');
    const before = await his.reads('2.4');
    await hers.says('Saved');
    await ruth.goOffline();
    await hers.write('2.4', ' Too late.');
    await hers.says('10 changes saved on this device');
    await team.calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, inStudy());
    await ruth.goOnline();
    const words = hers.page
      .getByRole('complementary', { name: 'Words of yours that were not sent' })
      .getByText('Too late.');
    for (const [visit, heading] of [
      ['the same', 'You are no longer in this study'],
      ['a new one', 'Nothing is here'],
      ['the first page', 'Your studies'],
    ] as const) {
      if (visit === 'a new one') await hers.page.reload();
      if (visit === 'the first page') {
        await hers.page.getByRole('link', { name: 'Go to your studies' }).click();
      }
      await hers.page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await words.waitFor();
      expect(await hers.page.getByText('Mine.').count()).toBe(0);
    }
    expect(await his.reads('2.4')).toBe(before);
  });
});
