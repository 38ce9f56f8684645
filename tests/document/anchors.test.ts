import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  anchoredText,
  anchorFate,
  type KeptWords,
  keptWords,
  removeAnchor,
  setAnchor,
} from '../../shared/document/anchors.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import { wordChanges } from '../../shared/document/word-changes.ts';
import { Paper, schema } from '../collaboration/paper.ts';

const LINES = ['The pair meet every week in the library.', 'They talk about one lesson, and only that.'];

function page(clientId = 1, ...lines: string[]): Paper {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const paper = new Paper(doc);
  paper.write(...lines);
  return paper;
}

const textOf = ({ doc }: Paper) => anchoredText(readSuggestedText(doc));

function anchored(on: Paper, words: string, id = 'a1'): KeptWords {
  const text = textOf(on);
  const from = text.flat.text.indexOf(words);
  const place = { from, to: from + words.length };
  const kept = keptWords(text, place);
  if (!kept) throw new Error('nothing to keep');
  setAnchor(on.doc, text, id, place);
  return kept;
}

function fate(on: Paper, kept: KeptWords, id = 'a1'): [string, string] {
  const text = textOf(on);
  const found = anchorFate(text, id, kept);
  return [
    found.fate,
    found.fate === 'orphaned' ? '' : text.flat.text.slice(found.place.from, found.place.to),
  ];
}

describe('[REVIEW-3] the words of an anchor', () => {
  it('are kept with what stands around them, and found where they stand', () => {
    const one = page(1, ...LINES);
    const kept = anchored(one, 'every week');
    expect(kept).toEqual({
      quote: 'every week',
      prefix: 'The pair meet ',
      suffix: ' in the library. They talk about one lesson, and only that. ',
    });
    expect(fate(one, kept)).toEqual(['here', 'every week']);
    one.split('every');
    one.makeHeading('week');
    expect(fate(one, kept)).toEqual(['here', 'every\n week']);
  });

  it('over several paragraphs and cells, two on the same words, and off again', () => {
    const one = page(1, ...LINES);
    const long = anchored(one, 'the library.\nThey talk', 'a1');
    const short = anchored(one, 'library', 'a2');
    expect([fate(one, long), fate(one, short, 'a2')]).toEqual([
      ['here', 'the library.\nThey talk'],
      ['here', 'library'],
    ]);
    removeAnchor(one.doc, textOf(one), 'a1');
    expect([...textOf(one).marks.keys()]).toEqual(['a2']);
  });

  it('changed, they say what they are now', () => {
    const one = page(1, ...LINES);
    const kept = anchored(one, 'every week');
    one.type('every', ' single');
    expect(fate(one, kept)).toEqual(['changed', 'every single week']);
    expect(wordChanges('every week', 'every single week')).toEqual([
      { kind: 'same', words: 'every ' },
      { kind: 'new', words: 'single ' },
      { kind: 'same', words: 'week' },
    ]);
  });

  it('are not changed by what is only suggested, and words that are only suggested can be commented on', () => {
    const one = page(1, ...LINES);
    const kept = anchored(one, 'every week');
    const insertion = schema.mark('insertion', { id: 's1', author: 'ann', at: 1 });
    one.edit((tr) => tr.insert(21, schema.text('odd ', [insertion])));
    expect(textOf(one).flat.text).toContain('every odd week');
    expect(fate(one, kept)).toEqual(['here', 'every odd week']);
    const suggested = anchored(one, 'odd', 'a2');
    expect(fate(one, suggested, 'a2')).toEqual(['here', 'odd']);
  });

  it('without their mark they are found by themselves, and by what stands around them', () => {
    const one = page(1, ...LINES, 'Others meet every day.');
    const kept = anchored(one, 'every week');
    removeAnchor(one.doc, textOf(one), 'a1');
    expect(fate(one, kept)).toEqual(['moved', 'every week']);
    one.remove('week');
    one.type('every ', 'Friday');
    expect(fate(one, kept)).toEqual(['changed', 'every Friday']);
  });

  it('of the same words in two places, those are taken that stand as they stood', () => {
    const one = page(1, 'They said yes.', 'Then all of them said yes.', 'Nobody said yes.');
    const text = textOf(one);
    const from = text.flat.text.lastIndexOf('said yes');
    const kept = keptWords(text, { from, to: from + 8 }) as KeptWords;
    const found = anchorFate(text, 'lost', kept);
    expect(found).toMatchObject({ fate: 'moved', place: { from, to: from + 8 } });
    const nowhere = { quote: 'said yes', prefix: '', suffix: 'x'.repeat(64) };
    expect(anchorFate(text, 'lost', nowhere).fate).toBe('orphaned');
  });

  it('gone, they are in the tray; nothing is kept of nothing', () => {
    const one = page(1, ...LINES);
    const kept = anchored(one, LINES[1] as string);
    one.removeParagraph(LINES[1] as string);
    expect(fate(one, kept)).toEqual(['orphaned', '']);
    expect(keptWords(textOf(one), { from: 3, to: 3 })).toBeNull();
    expect(keptWords(textOf(one), { from: 0, to: 3_000 })).toBeNull();
    expect(keptWords(textOf(one), { from: -5, to: -1 })).toBeNull();
  });

  it('[SAVE-5] in a paragraph that somebody made a heading meanwhile: the mark is lost, the words are found', () => {
    const ann = page(1, ...LINES);
    const ben = new Paper(new Y.Doc());
    ben.doc.clientID = 2;
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ann.doc));
    const kept = anchored(ann, 'about one lesson');
    ben.makeHeading('They');
    Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(ben.doc));
    expect(textOf(ann).marks.size).toBe(0);
    expect(fate(ann, kept)).toEqual(['moved', 'about one lesson']);
  });
});
