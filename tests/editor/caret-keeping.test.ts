import type { Node } from '@tiptap/pm/model';
import { type Selection, TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { keptCaret } from '../../client/editor/caret-keeping.ts';
import { blockSchema } from '../../shared/document/schema.ts';

const schema = blockSchema();

/** A text of lines; `|` is where the caret stands. */
function written(...lines: string[]): { doc: Node; caret: Selection } {
  const node = (text: string) =>
    text.startsWith('# ')
      ? schema.node('heading', { level: 3 }, schema.text(text.slice(2)))
      : schema.node('paragraph', null, text === '' ? [] : schema.text(text));
  const doc = schema.node(
    'doc',
    null,
    lines.map((line) => node(line.replace('|', ''))),
  );
  let at = 1;
  for (const line of lines) {
    const size = line.replace(/^# /, '').length;
    const place = line.replace(/^# /, '').indexOf('|');
    if (place >= 0) return { doc, caret: TextSelection.create(doc, at + place) };
    at += size + 2;
  }
  return { doc, caret: TextSelection.create(doc, 1) };
}

/** @returns the lines with the caret where it is kept; `found` has it where y-tiptap puts it */
function kept(before: readonly string[], found: readonly string[]): readonly string[] {
  const old = written(...before);
  const now = written(...found);
  const { $head } = keptCaret(old.doc, old.caret, now.doc, now.caret) as TextSelection;
  return now.doc.content.content.map(({ textContent }, at) =>
    at === $head.index(0)
      ? `${textContent.slice(0, $head.parentOffset)}|${textContent.slice($head.parentOffset)}`
      : textContent,
  );
}

describe('the caret, when others edit', () => {
  it.each([
    ['begins a line before it', ['One. Two.|'], ['One.|', ' Two.'], ['One.', ' Two.|']],
    ['begins a line before it, in a word', ['One. Thr|ee.'], ['One.|', ' Three.'], ['One.', ' Thr|ee.']],
    [
      'begins a line above',
      ['One. Two.', 'Mine.|'],
      ['One.', ' Two.', 'Mine.|'],
      ['One.', ' Two.', 'Mine.|'],
    ],
    ['begins a line behind it', ['Mi|ne. Two.'], ['Mi|ne.', ' Two.'], ['Mi|ne.', ' Two.']],
    ['begins two lines before it', ['a. b. c|'], ['a.|', ' b.', ' c'], ['a.', ' b.', ' c|']],
    ['joins its line to the one above', ['One.', ' Two.|'], ['One.| Two.'], ['One. Two.|']],
  ])('stays with its words where somebody %s', (_what, before, found, wanted) => {
    expect(kept(before, found)).toEqual(wanted);
  });

  it.each([
    ['types the letters that stand beside it', ['aa|aa'], ['aaa|aa'], ['aaa|aa']],
    ['types at both sides of it', ['It is| so.'], ['Yes, it is| so. Now.'], ['Yes, it is| so. Now.']],
    ['makes its line a heading', ['Mine.|'], ['# Mine.|'], ['Mine.|']],
    ['takes its words away', ['One.', 'Mi|ne.'], ['One.|'], ['One.|']],
  ])('stands where Yjs finds it where somebody %s', (_what, before, found, wanted) => {
    expect(kept(before, found)).toEqual(wanted);
  });

  it('stays away where there was none', () => {
    const { doc, caret } = written('One.');
    expect(keptCaret(doc, caret, written('One. Two.').doc, null)?.head ?? caret.head).toBe(1);
  });
});
