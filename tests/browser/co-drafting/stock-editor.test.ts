import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinTeam, type Member } from '../../collaboration/live-client.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { type CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';
import { StockEditors } from './stock-editor.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
let stock: StockEditors;
let ruth: MemberAtBrowser;
let hers: CaseAtBrowser;
let tom: Member;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  stock = await StockEditors.build(browser, server.url);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await joinTeam(server, team, 'Tom Ashe', 'fieldworker');
  hers = await ruth.open('2.4');
});
afterAll(async () => {
  await stock?.close();
  await ruth?.close();
  await browser?.close();
  await server?.close();
});

const reads = (page: Page) => page.evaluate(() => window.stock.editor.getHTML());
const ours = () =>
  hers
    .text('2.4')
    .evaluate((text) => (text as unknown as { editor: { getHTML(): string } }).editor.getHTML());
const text = (page: Page) => page.locator('#text .tiptap');

describe('somebody else’s editor, of the stock parts', () => {
  test('[ACCESS-3] with a token and our schema it writes with the page; each sees the other’s caret under their own name', async () => {
    await hers.write('2.4', 'They watch a lesson.');
    const his = await stock.open(hers.block('2.4'), tom.token, 'all');
    await text(his).getByText('They watch a lesson.').waitFor();
    // The editor takes the focus with the next frame; a key before that would be nobody's.
    await his.evaluate(async () => {
      const { editor } = window.stock;
      editor.commands.focus('end');
      while (!editor.view.hasFocus()) await new Promise(requestAnimationFrame);
    });
    await his.keyboard.press('Enter');
    await his.keyboard.press('Control+Alt+3');
    await his.keyboard.type('Afterwards');
    await hers.text('2.4').getByRole('heading', { name: 'Afterwards' }).waitFor();
    await hers.page.keyboard.type(' Both take notes.');
    await text(his).getByText('They watch a lesson. Both take notes.').waitFor();
    const both = '<p>They watch a lesson. Both take notes.</p><h3>Afterwards</h3>';
    expect([await ours(), await reads(his)]).toEqual([both, both]);

    const caret = hers.text('2.4').locator(`[data-person="${tom.personId}"]`);
    await caret.waitFor({ state: 'attached' });
    expect(await caret.locator('[data-name]').getAttribute('data-name')).toBe('Tom');
    await text(his)
      .locator('.collaboration-carets__label', { hasText: 'Ruth Adeyemi' })
      .waitFor({ state: 'attached' });
    expect(await hers.page.getByText('Somebody').count()).toBe(0);
    await his.close();
    await caret.waitFor({ state: 'detached' });
  });

  test.each(['all, unsaid', 'little'] as const)(
    '[ACCESS-2] where it does not offer the schema (knows: %s) it reads, types for itself, and destroys nothing',
    async (knows) => {
      const before = await ours();
      const his = await stock.open(hers.block('2.4'), tom.token, knows);
      await text(his).getByText('They watch a lesson.').waitFor();
      await text(his).focus();
      await his.keyboard.press('Control+Home');
      await his.keyboard.type('Only mine. ');
      await text(his).getByText('Only mine. They watch').waitFor();

      await hers.toEnd('2.4');
      await hers.page.keyboard.press('Enter');
      await hers.page.keyboard.type(`Seen by ${knows}.`);
      await text(his).getByText(`Seen by ${knows}.`).waitFor();
      await hers.says('Saved');
      const after = `${before}<p>Seen by ${knows}.</p>`;
      expect(await ours()).toBe(after);
      expect(await reads(his)).toContain('Only mine. They watch');
      expect(await his.evaluate(() => window.stock.provider.wsconnected)).toBe(true);
      await his.close();
      await hers.goTo('2.4');
      await hers.text('2.4').getByText(`Seen by ${knows}.`).waitFor();
      expect(await ours()).toBe(after);
      const { blocks } = await team.calls.call('GET /api/cases/:caseId/text', undefined, {
        caseId: team.case.id,
      });
      expect(blocks.find(({ blockId }) => blockId === hers.block('2.4'))?.html).not.toContain('Only mine');
      expect(ruth.complaints).toEqual([]);
    },
  );
});
