import type { Node } from '@tiptap/pm/model';
import { initProseMirrorDoc, updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anchorKey } from '../../shared/document/anchor-key.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { fingerprint } from '../../shared/document/fingerprint.ts';
import { isMark } from '../../shared/document/grammar.ts';
import { toHtml } from '../../shared/document/html.ts';
import { mendShape } from '../../shared/document/mending.ts';
import { readSuggestedText, readText } from '../../shared/document/reading.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import {
  type SuggestionMark,
  seamSign,
  suggestionAttributes,
  suggestionKey,
} from '../../shared/document/suggestion-key.ts';
import { plainText } from '../../shared/document/words.ts';
import { Paper, schema } from '../collaboration/paper.ts';

const BY = { id: 's1', author: 'ann', at: Date.UTC(2026, 10, 27, 12) };
const MARKS: readonly SuggestionMark[] = [
  { name: 'insertion', ...BY },
  { name: 'deletion', ...BY, words: 'two mentors' },
  { name: 'styling', ...BY, style: 'bold', value: 'on' },
  { name: 'seam', ...BY, op: 'split', value: 'same' },
];
const SEAM_SIGN = seamSign(BY, 'split');
const pm = (mark: SuggestionMark) => schema.mark(mark.name, suggestionAttributes(mark));

function paper(...lines: string[]): Paper {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const paper = new Paper(doc);
  paper.write(...lines);
  return paper;
}

function marked(on: Paper, words: string, ...marks: readonly ReturnType<typeof pm>[]): void {
  on.edit((tr) => {
    const at = 1 + (tr.doc.firstChild as Node).textContent.indexOf(words);
    for (const mark of marks) tr.addMark(at, at + words.length, mark);
    return tr;
  });
}

const keysOf = (doc: Y.Doc): string[] => {
  const line = doc.getXmlFragment(CONTENT).get(0) as Y.XmlElement;
  const pieces = (line.get(0) as Y.XmlText).toDelta() as { attributes?: object }[];
  return pieces.flatMap(({ attributes }) => Object.keys(attributes ?? {}));
};

describe('the marks of anchors and suggestions', () => {
  it('stand under the very names that the editor gives them', () => {
    const one = paper('We began with two mentors.');
    marked(one, 'two mentors', schema.mark('anchor', { id: 'a1' }), ...MARKS.map(pm));
    expect(keysOf(one.doc).sort()).toEqual([anchorKey('a1'), ...MARKS.map(suggestionKey)].sort());
  });

  it('survive the way through Yjs, two of a kind on the same words, and opening an editor writes nothing', () => {
    const one = paper('We began with two mentors and a timetable.');
    marked(one, 'two mentors and a timetable', schema.mark('anchor', { id: 'a1' }), ...MARKS.map(pm));
    marked(one, 'mentors and', schema.mark('anchor', { id: 'a2' }));
    for (const mark of MARKS) marked(one, 'mentors', pm({ ...mark, id: 's2', author: 'ben' }));
    one.bold('two mentors');
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one.doc));
    expect(findMisshapen(other)).toEqual([]);
    const root = yXmlFragmentToProseMirrorRootNode(other.getXmlFragment(CONTENT), schema);
    root.check();
    const before = Y.encodeStateVector(other);
    const { doc: opened, meta } = initProseMirrorDoc(other.getXmlFragment(CONTENT), schema);
    updateYFragment(other, other.getXmlFragment(CONTENT), opened, meta);
    expect(Y.encodeStateVector(other)).toEqual(before);
    expect(readSuggestedText(other)).toEqual(readSuggestedText(one.doc));
  });

  it('[QUOTE-2] nothing that is only suggested is read, printed or counted as changed', () => {
    const one = paper('We began with two mentors.');
    const [text, print] = [readText(one.doc), fingerprint(one.doc)];
    const [insertion, deletion, styling, seam] = MARKS.map(pm) as [never, never, never, never];
    marked(one, 'two mentors', schema.mark('anchor', { id: 'a1' }));
    const withAnchor = readText(one.doc);
    marked(one, 'two mentors', deletion);
    marked(one, 'began', styling);
    one.edit((tr) =>
      tr
        .insert(4, schema.text('all ', [insertion]))
        .insert(4, schema.text(SEAM_SIGN, [seam]))
        .insert(1, schema.text('When ', [insertion])),
    );
    expect(plainText(readSuggestedText(one.doc))).toBe(`When We ${SEAM_SIGN}all began with two mentors.`);
    expect(readText(one.doc)).toEqual(withAnchor);
    expect(toHtml(readText(one.doc))).toBe(toHtml(text));
    expect(fingerprint(one.doc)).toBe(print);
  });

  it('are not part of what is typed beside them', () => {
    const one = paper('We began with two mentors.');
    marked(one, 'two mentors', schema.mark('anchor', { id: 'a1' }), pm(MARKS[0] as SuggestionMark));
    one.edit((tr) => tr.insertText(' at once', 26));
    expect(plainText(readText(one.doc))).toBe('We began with  at once.');
  });

  it.each<[string, string, unknown]>([
    ['an anchor under another hash', 'anchor--AAAAAAAA', { id: 'a1' }],
    ['an anchor without a hash', 'anchor', { id: 'a1' }],
    ['an anchor that says more', anchorKey('a1'), { id: 'a1', thread: 'secret' }],
    ['a suggestion of nobody', suggestionKey({ ...MARKS[0], author: '' } as never), { ...BY, author: '' }],
    ['a suggestion at no time', suggestionKey({ ...MARKS[0], at: -1 } as never), { ...BY, at: -1 }],
    [
      'a link that would run',
      suggestionKey({ name: 'styling', ...BY, style: 'link', value: 'javascript:alert(1)' }),
      { ...BY, style: 'link', value: 'javascript:alert(1)' },
    ],
    [
      'a seam that does what none does',
      suggestionKey({ name: 'seam', ...BY, op: 'erase', value: '' } as never),
      { ...BY, op: 'erase', value: '' },
    ],
    [
      'more words than are kept',
      suggestionKey({ name: 'deletion', ...BY, words: 'x'.repeat(1_001) }),
      { ...BY, words: 'x'.repeat(1_001) },
    ],
  ])('[INPUT-1] %s comes off, and the words stay', (_what, key, value) => {
    expect(isMark(key, value)).toBe(false);
    const doc = new Y.Doc();
    const line = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, 'said', { [key]: value as object });
    line.insert(0, [text]);
    doc.getXmlFragment(CONTENT).insert(0, [line]);
    expect(plainText(readText(doc))).toBe('said');
    mendShape(doc, findMisshapen(doc));
    expect(findMisshapen(doc)).toEqual([]);
    expect(doc.getXmlFragment(CONTENT).toString()).toBe('<paragraph>said</paragraph>');
  });

  it('[SAVE-5] a node in a paragraph cuts its text in two, and moves what others type meanwhile; a sign does not', () => {
    const merged = (suggest: (on: Paper) => void) => {
      const ann = paper('one two three');
      const ben = new Paper(new Y.Doc());
      ben.doc.clientID = 2;
      Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ann.doc));
      suggest(ann);
      ben.type('two', ' and a half');
      Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(ben.doc));
      return plainText(readText(ann.doc));
    };
    const sign = schema.text(SEAM_SIGN, [pm(MARKS[3] as SuggestionMark)]);
    expect(merged((on) => on.edit((tr) => tr.insert(5, sign)))).toBe('one two and a half three');
    expect(merged((on) => on.edit((tr) => tr.insert(5, schema.node('hardBreak'))))).not.toContain(
      'two and a half',
    );
  });
});
