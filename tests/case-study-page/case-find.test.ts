import { describe, expect, it } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  findInCase,
  findingsWords,
  replacedWords,
  replaceInCase,
} from '../../client/case-study/case-find.ts';
import { guardedUses } from '../../client/quotes/guarded-uses.ts';
import { NOTHING_KNOWN } from '../../client/quotes/known-quotes.ts';
import { BlockUndo } from '../../client/sync/block-undo.ts';
import type { BlockView } from '../../client/sync/replica.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { readText } from '../../shared/document/reading.ts';
import { plainText } from '../../shared/document/words.ts';
import { sectionsOf } from './case-on-paper.ts';

const QUERY = { text: 'lesson', matchCase: false, wholeWord: false, matchAccents: false };

/** Open copies of sections with one paragraph each. */
function opened(
  texts: Readonly<Record<string, string>>,
  readOnly: readonly string[] = [],
): {
  view(blockId: string): BlockView;
  reads(sectionId: string): string;
  type(sectionId: string, words: string): void;
} {
  const views = new Map<string, BlockView>();
  for (const [sectionId, words] of Object.entries(texts)) {
    const doc = new Y.Doc();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    doc.getXmlFragment(CONTENT).insert(0, [paragraph]);
    const blockId = `${sectionId}:`;
    views.set(blockId, {
      replica: { blockId, doc, awareness: new Awareness(doc), undo: new BlockUndo(doc) },
      access: readOnly.includes(sectionId) ? 'read' : 'write',
      save: { kind: 'saved' },
      live: true,
      refusal: null,
    });
  }
  const closed: BlockView = {
    replica: null,
    access: 'none',
    save: { kind: 'opening' },
    live: false,
    refusal: null,
  };
  const docOf = (sectionId: string) => {
    const doc = views.get(`${sectionId}:`)?.replica?.doc;
    if (!doc) throw new Error(`${sectionId} is not open`);
    return doc;
  };
  return {
    view: (blockId) => views.get(blockId) ?? closed,
    reads: (sectionId) => plainText(readText(docOf(sectionId))),
    type(sectionId, words) {
      const paragraph = docOf(sectionId).getXmlFragment(CONTENT).get(0) as Y.XmlElement;
      docOf(sectionId).transact(() => (paragraph.get(0) as Y.XmlText).insert(0, words), 'typed');
    },
  };
}

const only = (...ids: string[]) => sectionsOf().filter(({ section }) => ids.includes(section.id));

describe('finding in a case', () => {
  it('goes through the sections in their order, and says which are not here yet', () => {
    const at = opened({ '2': 'A lesson, then a Lesson.', '1': 'One lesson.' });
    const findings = findInCase(only('1', '2', '3'), at.view, QUERY);
    expect(findings.found.map(({ section, match }) => [section.short, match.found])).toEqual([
      ['1', 'lesson'],
      ['2', 'lesson'],
      ['2', 'Lesson'],
    ]);
    expect(findings.missing.map(({ short }) => short)).toEqual(['3']);
    expect(findingsWords(findings, null)).toBe('3 matches in 2 sections; 1 section is not here yet');
    expect(findingsWords(findings, 2)).toBe('3 of 3 in 2 sections; 1 section is not here yet');
  });

  it('leaves out what does not apply', () => {
    const at = opened({ '2': 'A lesson.' });
    const sections = sectionsOf({ '2': { notApplicable: 'so' } }).filter(({ section }) => section.id === '2');
    expect(findInCase(sections, at.view, QUERY).found).toEqual([]);
  });
});

describe('replacing in a case', () => {
  it('changes every section once, and takes all of it back', () => {
    const at = opened({ '1': 'One lesson.', '2': 'A lesson, then a Lesson.' });
    const outcome = replaceInCase(findInCase(only('1', '2'), at.view, QUERY).found, 'hour');
    expect([at.reads('1'), at.reads('2')]).toEqual(['One hour.', 'A hour, then a hour.']);
    expect(replacedWords(outcome)).toBe('Replaced 3 in 2 sections.');
    expect(outcome.undo()).toBe(2);
    expect([at.reads('1'), at.reads('2')]).toEqual(['One lesson.', 'A lesson, then a Lesson.']);
  });

  it('does not take back what was typed since', () => {
    const at = opened({ '1': 'One lesson.', '2': 'A lesson.' });
    const outcome = replaceInCase(findInCase(only('1', '2'), at.view, QUERY).found, 'hour');
    at.type('2', 'Well: ');
    expect(outcome.undo()).toBe(1);
    expect([at.reads('1'), at.reads('2')]).toEqual(['One lesson.', 'Well: A hour.']);
  });

  it('[ACCESS-1] leaves alone what one may only read, and says so', () => {
    const at = opened({ '1': 'One lesson.', '2': 'A lesson.' }, ['2']);
    const outcome = replaceInCase(findInCase(only('1', '2'), at.view, QUERY).found, 'hour');
    expect([at.reads('1'), at.reads('2')]).toEqual(['One hour.', 'A lesson.']);
    expect(replacedWords(outcome)).toBe(
      'Replaced 1 in 1 section. Left as they are: 1 where you may only read.',
    );
  });

  it('[QUOTE-2] leaves alone words that somebody was asked about, and says how many', () => {
    const at = opened({ '1': 'A lesson: “the lesson went well”, a lesson.' });
    const { replica } = at.view('1:');
    if (!replica) throw new Error('it is open');
    const use = { quote: 'q', use: 'u' };
    const text = (replica.doc.getXmlFragment(CONTENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.format(14, 6, { [quoteKey(use)]: use });
    const { found } = findInCase(only('1'), at.view, QUERY);
    expect(found.map(({ match }) => match.uses)).toEqual([[], ['u'], []]);
    const guarded = guardedUses(NOTHING_KNOWN, '1:', replica.doc);
    const outcome = replaceInCase(found, 'hour', ({ match }) => match.uses.some((id) => guarded.has(id)));
    expect(at.reads('1')).toBe('A hour: “the lesson went well”, a hour.');
    expect(replacedWords(outcome)).toBe(
      'Replaced 2 in 1 section. Left as they are: 1 in words that somebody was asked about.',
    );
    const asked = guardedUses({ ...NOTHING_KNOWN, complete: true }, '1:', replica.doc);
    expect([...asked]).toEqual([]);
  });
});
