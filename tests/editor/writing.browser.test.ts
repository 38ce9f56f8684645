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
  return async () => {
    await page.context().close();
    expect(open.complaints.splice(0)).toEqual([]);
  };
});

/** Where the caret of a text stands on the screen. */
const caretTop = () =>
  page.evaluate(() => {
    const { view } = window.harness.editors.ruth as NonNullable<typeof window.harness.editors.ruth>;
    return Math.round(view.coordsAtPos(view.state.selection.head).top);
  });

describe('two people in one text', () => {
  it('[SAVE-4] each sees what the other types, with the same end', async () => {
    await ruth.text.click();
    await ruth.type('The pair watch each other.');
    await tom.toEnd();
    await tom.press('Enter');
    await tom.type('Every second week.');
    const both = '<p>The pair watch each other.</p><p>Every second week.</p>';
    expect([await ruth.html(), await tom.html()]).toEqual([both, both]);
  });

  it('[SAVE-4] merges what both wrote while they were apart', async () => {
    await ruth.text.click();
    await ruth.type('The card stays.');
    await page.evaluate(() => {
      window.harness.wire.apart = true;
    });
    await ruth.select(5);
    await ruth.type('focus ');
    await tom.toEnd();
    await tom.type(' With the teacher.');
    expect(await ruth.html()).toBe('<p>The focus card stays.</p>');
    await page.evaluate(() => window.harness.wire.meet());
    const both = '<p>The focus card stays. With the teacher.</p>';
    expect([await ruth.html(), await tom.html()]).toEqual([both, both]);
  });

  it('[SAVE-5] shows words in a place that two people made impossible, and deletes nothing', async () => {
    await ruth.text.click();
    await ruth.paste({ text: 'x', html: '<ul><li><p>one</p><p>two</p></li></ul>' });
    await page.evaluate(() => {
      const { harness } = window;
      harness.wire.apart = true;
      // Tom makes a heading of the second line, while Ruth takes the first away
      harness.editors.tom?.chain().setTextSelection(9).toggleHeading({ level: 3 }).run();
      const list = harness.ruth.doc.getXmlFragment('content').get(0) as unknown as { get(at: number): never };
      (list.get(0) as { delete(at: number, length: number): void }).delete(0, 1);
      harness.wire.meet();
    });
    const both = '<ul><li><h3>two</h3></li></ul>';
    expect([await ruth.html(), await tom.html()]).toEqual([both, both]);
    for (const writer of [ruth, tom]) expect(await writer.text.locator('li h3').textContent()).toBe('two');
    await tom.toEnd();
    await tom.type('!');
    expect(await ruth.text.locator('li h3').textContent()).toBe('two!');
  });

  it('undoes only one’s own edits, and redoes them', async () => {
    await ruth.text.click();
    await ruth.type('Mine. ');
    await tom.toEnd();
    await tom.type('Theirs.');
    await ruth.toEnd();
    await ruth.press('Control+z');
    expect(await ruth.html()).toBe('<p>Theirs.</p>');
    await ruth.press('Control+z', 'Control+Shift+z');
    expect(await tom.html()).toBe('<p>Mine. Theirs.</p>');
  });

  it('takes a run of words back in one step, though somebody else types meanwhile', async () => {
    await ruth.text.click();
    await page.evaluate(() => {
      const { ruth, tom } = window.harness.editors;
      for (const letter of 'focus card') {
        ruth?.commands.insertContent(letter);
        tom?.commands.insertContentAt(tom.state.doc.content.size - 1, '.');
        ruth?.commands.setTextSelection(ruth.state.selection.head);
      }
    });
    expect(await tom.html()).toBe('<p>focus card..........</p>');
    await ruth.press('Control+z');
    expect(await tom.html()).toBe('<p>..........</p>');
    await ruth.press('Control+Shift+z');
    expect(await tom.html()).toBe('<p>focus card..........</p>');
  });

  it('can still undo after the editor was away', async () => {
    await ruth.text.click();
    await ruth.type('Written before.');
    await page.evaluate(() => {
      window.harness.show({ editors: false });
      window.harness.show({ editors: true });
    });
    await page.evaluate(() => window.harness.tom.doc.getText('field/length').insert(0, 'x'));
    await ruth.toEnd();
    await page.evaluate(() => window.harness.ruth.undo.stopCapturing());
    await ruth.type(' And after.');
    await ruth.press('Control+z');
    expect(await tom.html()).toBe('<p>Written before.</p>');
    await ruth.press('Control+z');
    expect(await tom.html()).toBe('<p><br></p>');
  });

  it('leaves what one types where it is on the screen, whatever others do above it', async () => {
    await page.setViewportSize({ width: 1480, height: 700 });
    await ruth.text.click();
    const paragraph =
      'A paragraph that is long enough to stand on more than one line of the paper, here and there.';
    await ruth.paste({ text: Array.from({ length: 40 }, (_, at) => `${at} ${paragraph}`).join('\n') });
    await ruth.select(2_000);
    await page.evaluate(() => {
      window.harness.editors.ruth?.commands.scrollIntoView();
      window.scrollBy(0, 200);
    });
    await ruth.type('here ');
    const before = await caretTop();
    await page.evaluate(() => {
      const content = window.harness.tom.doc.getXmlFragment('content');
      window.harness.tom.doc.transact(() => {
        const copies = [0, 1, 2, 3].map((at) => content.get(at).clone() as never);
        content.insert(2, copies);
      });
    });
    expect(await caretTop()).toBe(before);
    await page.evaluate(() => window.harness.tom.doc.getXmlFragment('content').delete(1, 5));
    expect(await caretTop()).toBe(before);
    await page.evaluate(() => window.harness.tom.doc.getText('field/terms').insert(0, 'a\nb\nc\nd\ne\nf'));
    expect(await caretTop()).toBe(before);
    await ruth.type('still');
    expect(await tom.html()).toContain('here still');
  });

  it('keeps "bold from here on" while somebody else types', async () => {
    await ruth.text.click();
    await ruth.type('plain ');
    await ruth.press('Control+b');
    await page.evaluate(() => window.harness.tom.doc.getXmlFragment('content').push([]));
    await page.evaluate(() => window.harness.editors.tom?.commands.insertContentAt(1, 'first, '));
    await ruth.type('bold');
    expect(await tom.html()).toBe('<p>first, plain <strong>bold</strong></p>');
  });

  it('shows the other’s caret with a name, which folds while one types', async () => {
    await tom.text.click();
    await tom.type('Here is Tom');
    const flag = ruth.text.locator('.collaboration-carets__flag');
    expect(await flag.getAttribute('data-name')).toBe('Tom');
    expect(await ruth.text.textContent()).toBe('Here is Tom');
    const folds = await page.evaluate(() => {
      const { ruth: editor } = window.harness.editors;
      editor?.commands.insertContent('a');
      return editor?.view.dom.parentElement?.classList.contains('own-typing');
    });
    expect(folds).toBe(true);
  });

  it('[INPUT-2] shows a hostile name and colour as words and as no colour', async () => {
    await page.evaluate(() =>
      Object.assign(window.harness.people.tom, {
        id: '"]<x>',
        name: '<img src=x onerror=window.ran=1>',
        colour: 'red;background:url(//x)',
      }),
    );
    await tom.text.click();
    const caret = ruth.text.locator('.collaboration-carets__caret');
    expect(await caret.evaluate((element) => (element as HTMLElement).style.cssText)).toBe(
      '--caret: #5f594f;',
    );
    expect(await ruth.part.locator('.collaboration-carets__flag').getAttribute('data-name')).toBe('<img');
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
  });

  it('tells when the keyboard enters and leaves the text', async () => {
    await ruth.text.click();
    await tom.text.click();
    const heard = await page.evaluate(() => window.harness.focusHeard);
    expect(heard).toEqual(['ruth true', 'ruth false', 'tom true']);
  });
});

describe('the text where it is only read', () => {
  it('stands exactly where the editor draws it', async () => {
    await ruth.text.click();
    await ruth.paste({
      text: 'x',
      html:
        '<h3>Heading</h3><p>Some words<br>and more</p><ul><li>one<ul><li>two</li></ul></li></ul><ol start="3"><li>three</li></ol>' +
        '<ul><li data-checked="true">done</li><li data-checked="false">open</li></ul><blockquote><p>said</p></blockquote><hr>' +
        '<table><tr><th>Who</th><th>When</th></tr><tr><td>a</td><td></td></tr></table><h4>Smaller</h4><p>last</p>',
    });
    const boxes = () =>
      page
        .locator('#ruth .prose :is(p, h3, h4, li, ul, ol, blockquote, hr, table, td, th, input)')
        .evaluateAll((elements) =>
          elements.map((element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            return [element.tagName, left, top + window.scrollY, width, height].join(' ');
          }),
        );
    await page.evaluate(() => window.harness.editors.ruth?.commands.blur());
    const written = await boxes();
    expect(written.length).toBeGreaterThan(25);
    await page.evaluate(() => window.harness.show({ html: window.harness.html('ruth') }));
    expect(await page.locator('#ruth .ProseMirror').count()).toBe(0);
    expect(await boxes()).toEqual(written);
  });

  it('[ACCESS-1] takes no letter where one may not write, and changes nothing by itself', async () => {
    await ruth.text.click();
    await ruth.type('[ ] open');
    await page.evaluate(() => window.harness.show({ editable: false }));
    const before = await page.evaluate(() => window.harness.ruth.doc.store.clients.get(101)?.length);
    await ruth.text.click();
    await ruth.type('more');
    await ruth.paste({ text: 'more' });
    await ruth.text.locator('input[type=checkbox]').click();
    await page.evaluate(() => window.harness.editors.ruth?.commands.insertContent('more'));
    expect(await page.evaluate(() => window.harness.ruth.doc.store.clients.get(101)?.length)).toBe(before);
    expect(await ruth.text.getAttribute('aria-readonly')).toBe('true');
    expect(await ruth.html()).not.toContain('more');
  });
});

describe('what was found', () => {
  it('is marked in the text, follows it, and goes', async () => {
    await ruth.text.click();
    await ruth.type('card and card');
    const count = await page.evaluate(() => window.harness.find('ruth', 'card', 1));
    expect(count).toBe(2);
    expect(await ruth.text.locator('.found').allTextContents()).toEqual(['card', 'card']);
    expect(await ruth.text.locator('.found-now').allTextContents()).toEqual(['card']);
    await tom.select(1);
    await tom.type('card, ');
    expect(await ruth.text.locator('.found').count()).toBe(3);
    await page.evaluate(() => window.harness.find('ruth', '', null));
    expect(await ruth.text.locator('.found').count()).toBe(0);
  });
});
