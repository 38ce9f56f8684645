import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OpenHarness, WriterAtPage } from './harness/open-harness.ts';

let open: OpenHarness;
let page: Page;
let ruth: WriterAtPage;
let tom: WriterAtPage;

beforeAll(async () => {
  open = await OpenHarness.open();
}, 60_000);
afterAll(() => open.close());
beforeEach(async () => {
  page = await open.page();
  ruth = new WriterAtPage(page, 'ruth');
  tom = new WriterAtPage(page, 'tom');
  return () => page.context().close();
});

const sample = (name: string) => readFile(join(import.meta.dirname, 'pastes', name), 'utf8');
const clean = (html: string) => page.evaluate((dirty) => window.harness.clean(dirty), html);

describe('what is pasted, cleaned', () => {
  it('from Word: headings, real lists, tables; no styles, comments or pictures', async () => {
    expect(await clean(await sample('word-desktop.clip'))).toEqual({
      html: [
        '<h3>Coaching at Larkfield</h3>',
        '<h3>How it began</h3>',
        '<p>The pair <strong>watch each other</strong> teach every <em>second week</em>, never for a whole lesson. They said “yes”.</p>',
        '<ul><li><p>The focus is agreed</p><ul><li><p>the day before</p></li><li><p>by the person observed</p></li></ul></li>',
        '<li><p>The card stays with the teacher</p></li></ul>',
        '<ol start="3"><li><p>Watch</p></li><li><p>Talk</p></li></ol>',
        '<blockquote><p>Nobody comes in to judge me.</p></blockquote>',
        '<table><tbody><tr><td><p><strong>Who</strong></p></td><td><p><strong>When</strong></p></td></tr>',
        '<tr><td colspan="2"><p>A pair</p><p>inside one</p><p>inside two</p></td></tr></tbody></table>',
        '<p>See <a href="https://example.org/report?a=1&amp;b=2">the report</a> and my notes.</p>',
      ].join(''),
      pictures: 1,
      links: 1,
    });
  });

  it('from Word with its changes shown: what was put in, and nothing of what was taken out', async () => {
    const html = '<p>The card <del>went</del><ins>stays</ins> with her.</p>';
    expect((await clean(html)).html).toBe('<p>The card stays with her.</p>');
  });

  it('from Word: headings 1 and 2 stay apart, and headings 2 alone are the large ones', async () => {
    const both = '<h1>One</h1><h2>Two</h2><h3>Three</h3>';
    expect((await clean(both)).html).toBe('<h3>One</h3><h4>Two</h4><h4>Three</h4>');
    expect((await clean('<h2>Two</h2><h3>Three</h3>')).html).toBe('<h3>Two</h3><h4>Three</h4>');
  });

  it('from Word on the web: its one-item lists become one list', async () => {
    expect((await clean(await sample('word-online.clip'))).html).toBe(
      '<p><strong>Planning</strong> happens on Mondays.</p>' +
        '<ul><li><p>Lessons</p><ul><li><p>their openings</p></li></ul></li><li><p>Meetings</p></li></ul>',
    );
  });

  it('from Google Docs: the bold that is none, nested lists, tasks', async () => {
    expect(await clean(await sample('google-docs.clip'))).toEqual({
      html: [
        '<h3>What the card is for</h3><h4>In the lesson</h4>',
        '<p>The card <strong>stays</strong><em> with the teacher</em>, see <a href="https://example.org/card">the card</a>.</p>',
        '<ul><li><p>one</p><ul><li><p>one and a half</p></li></ul></li><li><p>two</p></li></ul>',
        '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><div><p>ask for a copy</p></div></li>',
        '<li data-type="taskItem" data-checked="false"><div><p>send it back</p></div></li></ul>',
        '<table><tbody><tr><td><p>Week</p></td><td><p>Focus</p></td></tr></tbody></table>',
      ].join(''),
      pictures: 1,
      links: 0,
    });
  });

  it('from the web: its structure, without its furniture', async () => {
    expect(await clean(await sample('web-page.clip'))).toEqual({
      html: [
        '<h3>Observing without judging</h3><p>Three things help:</p><p>an agreed <strong>focus</strong>,<br>a card.</p>',
        '<ol start="2"><li><p>First</p><ul><li><p>nested</p></li></ul></li><li><p>Headed</p><p>Second</p></li></ol>',
        '<h4>Afterwards</h4><blockquote><p>It made me braver.</p></blockquote>',
        '<p>line one</p><p>line two</p><hr><p>Laid out</p><p>by a table</p><p>Mentor</p><p>Somebody further on</p>',
        '<p>Prices: 25\u00a0% off, «\u00a0oui\u00a0», a word. Soft zerowidth here top</p><p>Share</p>',
      ].join(''),
      pictures: 0,
      links: 1,
    });
  });

  it('keeps a list of Word that skips levels, and one whose numbers are letters', async () => {
    const item = (level: number, marker: string, words: string) =>
      `<p style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${marker}</span>${words}</p>`;
    expect(
      (await clean(item(2, 'a)', 'deep') + item(1, '\u00b7', 'flat') + item(3, 'iv.', 'deepest'))).html,
    ).toBe('<ol><li><p>deep</p></li></ol><ul><li><p>flat</p><ol><li><p>deepest</p></li></ol></li></ul>');
  });

  it('gives nothing for what holds no words', async () => {
    for (const nothing of [
      '',
      '<p>&nbsp;</p>',
      '<br>',
      '<table><tr><td></td><td></td></tr></table>',
      '<ul><li></li></ul>',
    ]) {
      expect((await clean(nothing)).html).toBe('');
    }
  });

  it('reads a page nested ten thousand deep', async () => {
    const deep = `${'<div><b>'.repeat(10_000)}at the bottom${'</b></div>'.repeat(10_000)}`;
    expect((await clean(deep)).html).toContain('at the bottom');
  });
});

describe('a hostile paste', () => {
  it('[INPUT-2] brings words and nothing that runs, in the editor and beyond it', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const html = await sample('hostile.clip');
    const cleaned = await clean(html);
    const tags = [...cleaned.html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
    expect(
      tags.filter(
        (tag) => !/^<(\/?(p|a|strong|em|table|tbody|tr|td)|a href="https:[^"]*"|td colspan="40")>$/.test(tag),
      ),
    ).toEqual([]);
    await ruth.text.click();
    await ruth.paste({ html, text: 'plain' });
    await page.locator('#tom .ProseMirror a').first().waitFor();
    const hrefs = await tom.text
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs.every((href) => href?.startsWith('https://example.org/'))).toBe(true);
    expect(
      await tom.text
        .locator('[onclick], [onerror], script, img:not(.ProseMirror-separator), svg, iframe')
        .count(),
    ).toBe(0);
    expect(await tom.text.locator('td').first().getAttribute('colspan')).toBe('40');
    expect(await tom.html()).toContain('&lt;script&gt;window.ran=28&lt;/script&gt;');
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('[INPUT-2] cannot pass as a piece of our own', async () => {
    const forged = (slice: string, inside: string) => `<p data-pm-slice='${slice}'>${inside}</p>`;
    const context = '0 0 ["table",{"colspan":1e9},"heading",{"level":"x"}]';
    expect((await clean(forged(context, 'words'))).html).toBe(
      '<p data-pm-slice="0 0 [&quot;table&quot;,null,&quot;heading&quot;,null]">words</p>',
    );
    expect((await clean(forged('0 0 ["script",{}]', 'words'))).html).toBe(
      '<p data-pm-slice="0 0 []">words</p>',
    );
    expect((await clean(forged('0 0 []', 'a<img src=x onerror=window.ran=1>b'))).html).toBe('<p>ab</p>');
    expect(
      (await clean(forged('0 0 []', '<a href="https://example.org" onclick="x()" style="y">a</a>'))).html,
    ).toBe('<p data-pm-slice="0 0 []"><a href="https://example.org">a</a></p>');
  });
});

describe('pasting into the text', () => {
  it('puts cleaned blocks in, for the other writer too, and says what it left out', async () => {
    await ruth.text.click();
    await ruth.paste({ html: await sample('word-desktop.clip'), text: 'plain' });
    expect(await tom.html()).toContain(
      '<ul><li><p>The focus is agreed</p><ul><li><p>the day before</p></li>',
    );
    expect(await ruth.part.getByRole('alert').textContent()).toContain('One picture was left out');
  });

  it('puts words of one paragraph into the line that one writes', async () => {
    await ruth.text.click();
    await ruth.type('before after');
    await ruth.select(8);
    await ruth.paste({
      html: '<meta charset="utf-8"><p style="x">in <b>the</b> middle </p>',
      text: 'in the middle ',
    });
    expect(await tom.html()).toBe('<p>before in <strong>the</strong> middleafter</p>');
  });

  it('copies half a list from one place to another as half a list', async () => {
    await ruth.text.click();
    await ruth.type('- one');
    await ruth.press('Enter');
    await ruth.type('two');
    const copied = await page.evaluate(() => {
      const editor = window.harness.editors.ruth;
      if (!editor) return null;
      editor.commands.selectAll();
      const { dom, text } = editor.view.serializeForClipboard(editor.state.selection.content());
      return { html: dom.innerHTML, text };
    });
    await ruth.toEnd();
    await ruth.press('Enter', 'Enter');
    await ruth.paste(copied as { html: string; text: string });
    expect(await tom.html()).toBe(
      '<ul><li><p>one</p></li><li><p>two</p></li></ul><ul><li><p>one</p></li><li><p>two</p></li></ul>',
    );
  });

  it('[INPUT-1] refuses a million characters with its reason, and keeps what stands there', async () => {
    await ruth.text.click();
    await ruth.type('kept');
    const words = 'a sentence of some words. '.repeat(40_000);
    expect(await ruth.paste({ text: words, html: `<p>${words}</p>` })).toBe(true);
    const said = await ruth.part.getByRole('alert').textContent();
    expect(said).toContain('1,040,000 characters');
    expect(said).toContain('room for 199,996 more');
    expect(await tom.html()).toBe('<p>kept</p>');
    await ruth.type(' on');
    expect(await tom.html()).toBe('<p>kept on</p>');
  });

  it('[INPUT-1] refuses letters beyond the limit, and never those of others', async () => {
    await ruth.text.click();
    const line = `${'ten words '.repeat(10)}`.trimEnd();
    await ruth.paste({ text: `${line}\n`.repeat(2_018) + 'x'.repeat(216) });
    const room = 2;
    const long = () => page.evaluate(() => window.harness.editors.ruth?.state.doc.textContent.length);
    expect(await long()).toBe(200_000 - room);
    await ruth.toEnd();
    await ruth.type('abc');
    expect(await long()).toBe(200_000);
    expect(await ruth.part.getByRole('alert').textContent()).toContain('This section is full');
    await page.evaluate(() =>
      window.harness.editors.tom?.commands.setContent('<p>All anew, by somebody else.</p>'),
    );
    expect(await ruth.html()).toBe('<p>All anew, by somebody else.</p>');
    await ruth.toEnd();
    await ruth.type(' Yes.');
    expect(await tom.html()).toBe('<p>All anew, by somebody else. Yes.</p>');
  });

  it('replaces half of a letter outside the basic plane, which no document can hold', async () => {
    await ruth.text.click();
    await ruth.paste({ text: 'a\ud83cb' });
    expect(await tom.html()).toBe('<p>a\ufffdb</p>');
  });
});
