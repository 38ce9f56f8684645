import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { initProseMirrorDoc, updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { fingerprint } from '../../shared/document/fingerprint.ts';
import { isMark } from '../../shared/document/grammar.ts';
import { toHtml } from '../../shared/document/html.ts';
import { mendShape } from '../../shared/document/mending.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { readText } from '../../shared/document/reading.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import { readUses } from '../../shared/document/wording.ts';
import { Paper, schema } from '../collaboration/paper.ts';

const mark = (quote: string, use: string) => schema.mark('quote', { quote, use });

function paper(...lines: string[]): Paper {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const paper = new Paper(doc);
  paper.write(...lines);
  return paper;
}

/** Marks the first place where these words stand in the first paragraph. */
function quoted(on: Paper, words: string, quote: string, use: string): void {
  on.edit((tr) => {
    const at = 1 + (tr.doc.firstChild as Node).textContent.indexOf(words);
    return tr.addMark(at, at + words.length, mark(quote, use));
  });
}

const uses = (doc: Y.Doc) => readUses(readText(doc)).map(({ use, wording }) => [use, wording]);

describe('the mark of a quote', () => {
  it('[QUOTE-2] survives the way through Yjs: two on the same words, in bold and in a link', () => {
    const one = paper('We began with two mentors and a timetable.');
    quoted(one, 'two mentors and a timetable', 'q1', 'u1');
    quoted(one, 'mentors', 'q2', 'u2');
    one.bold('two mentors');
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one.doc));
    expect(uses(other)).toEqual([
      ['u1', 'two mentors and a timetable'],
      ['u2', 'mentors'],
    ]);
    expect(findMisshapen(other)).toEqual([]);
    const root = yXmlFragmentToProseMirrorRootNode(other.getXmlFragment(CONTENT), schema);
    root.check();
    expect(readUses(root.toJSON())).toEqual(readUses(readText(other)));
    const before = Y.encodeStateVector(other);
    const { doc: opened, meta } = initProseMirrorDoc(other.getXmlFragment(CONTENT), schema);
    updateYFragment(other, other.getXmlFragment(CONTENT), opened, meta);
    expect(uses(other)).toEqual(uses(one.doc));
    expect(Y.encodeStateVector(other), 'opening an editor writes nothing').toEqual(before);
  });

  it('[QUOTE-2] stands under the very name that the editor gives it', () => {
    const one = paper('We began with two mentors.');
    quoted(one, 'two mentors', 'q1', 'u1');
    const [line] = one.doc.getXmlFragment(CONTENT).toArray() as Y.XmlElement[];
    const pieces = ((line as Y.XmlElement).get(0) as Y.XmlText).toDelta() as { attributes?: object }[];
    expect(pieces.map(({ attributes }) => Object.keys(attributes ?? {}))).toEqual([
      [],
      [quoteKey({ quote: 'q1', use: 'u1' })],
      [],
    ]);
  });

  it.each([
    ['another hash', 'quote--AAAAAAAA', { quote: 'q', use: 'u' }],
    ['no hash', 'quote', { quote: 'q', use: 'u' }],
    ['no use', quoteKey({ quote: 'q', use: 'u' }), { quote: 'q' }],
    ['more than ids', quoteKey({ quote: 'q', use: 'u' }), { quote: 'q', use: 'u', verified: true }],
    ['words for an id', 'quote--AAAAAAAA', { quote: 'a b', use: '<script>' }],
    ['a hash behind another mark', 'bold--AAAAAAAA', {}],
  ])('[INPUT-1] with %s it comes off, and the words stay', (_what, key, value) => {
    expect(isMark(key, value)).toBe(false);
    const doc = new Y.Doc();
    const line = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, 'said', { [key]: value });
    line.insert(0, [text]);
    doc.getXmlFragment(CONTENT).insert(0, [line]);
    mendShape(doc, findMisshapen(doc));
    expect(findMisshapen(doc)).toEqual([]);
    expect(doc.getXmlFragment(CONTENT).toString()).toBe('<paragraph>said</paragraph>');
  });

  it('does not take in what is typed behind it, and what is typed within it', () => {
    const one = paper('We began with two mentors.');
    quoted(one, 'two mentors', 'q1', 'u1');
    const type = (after: string, text: string) =>
      one.edit((tr) => {
        const at = 1 + (tr.doc.firstChild as Node).textContent.indexOf(after) + after.length;
        return tr.insertText(text, at);
      });
    type('two mentors', ' at once');
    expect(uses(one.doc)).toEqual([['u1', 'two mentors']]);
    type('two', ' good');
    expect(uses(one.doc)).toEqual([['u1', 'two good mentors']]);
  });

  it('changes neither how a text reads nor its fingerprint, and cuts no link in two', () => {
    const one = paper('See what mentors said there.');
    one.edit((tr) => tr.addMark(5, 18, schema.mark('link', { href: 'https://example.org/a' })));
    const [html, print] = [toHtml(readText(one.doc)), fingerprint(one.doc)];
    quoted(one, 'mentors said there', 'q1', 'u1');
    expect(toHtml(readText(one.doc))).toBe(html);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(fingerprint(one.doc)).toBe(print);
  });

  it('reads the same whoever marked first', () => {
    const readings = [
      ['u1', 'u2'],
      ['u2', 'u1'],
    ].map((order) => {
      const one = paper('two mentors');
      for (const use of order) quoted(one, 'mentors', 'q', use);
      return JSON.stringify(readText(one.doc));
    });
    expect(readings[0]).toBe(readings[1]);
  });

  it('[QUOTE-2] dragged as a copy, it is one use in two places, and neither is what was verified', () => {
    const one = paper('We began with two mentors.', 'And so it went.');
    quoted(one, 'two mentors', 'q1', 'u1');
    one.edit((tr) => {
      const copy = tr.doc.slice(15, 26);
      return tr.replace(
        tr.doc.content.size - 1,
        tr.doc.content.size - 1,
        new Slice(Fragment.from(copy.content), copy.openStart, copy.openEnd),
      );
    });
    expect(uses(one.doc)).toEqual([['u1', 'two mentors … two mentors']]);
  });
});
