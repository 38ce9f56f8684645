import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { toHtml } from '../../shared/document/html.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import { SEAM_SIGNS, type Seam } from '../../shared/document/suggestion-key.ts';
import {
  decideSuggestions,
  everySuggestion,
  suggestionsOf,
  theseSuggestions,
  withSuggestionsAccepted,
} from '../../shared/suggestions/decision.ts';
import { readSuggestions } from '../../shared/suggestions/suggestion.ts';
import { schema } from '../collaboration/paper.ts';
import { SuggestingPage, together } from './suggesting-page.ts';

let ann: SuggestingPage;
let ben: SuggestingPage;
let cem: SuggestingPage;
beforeEach(() => {
  [ann, ben, cem] = [
    new SuggestingPage('ann', 1),
    new SuggestingPage('ben', 2),
    new SuggestingPage('cem', 3),
  ];
  ann.paper.write('The pair meet every week in the library.', 'They talk about one lesson.');
  together(ann, ben, cem);
});

const accepted = (page: SuggestingPage) => toHtml(withSuggestionsAccepted(page.doc));

describe('words that are suggested', () => {
  it('[REVIEW-1] are listed with what they would do, and change nothing until they are accepted', () => {
    const was = ann.refused;
    ann.replace('week', 'fortnight');
    ann.type('one lesson', ' each');
    ann.replace('The pair', '');
    expect(ann.refused).toBe(was);
    expect(ann.list).toEqual(['Take out “The pair”', 'Replace “week” with “fortnight”', 'Add “ each”']);
    expect(ann.accepted).toBe(' meet every fortnight in the library.\nThey talk about one lesson each.');
  });

  it('typed letter by letter, or deleted so, they are one suggestion', () => {
    ann.type('lesson', 's');
    ann.type('lessons', ' a');
    ann.type('lessons a', ' term');
    ann.replace('k in', '');
    ann.replace('wee', '');
    expect(ann.list).toEqual(['Take out “week in”', 'Add “s a term”']);
    expect(ann.accepted).toContain('every  the library');
  });

  it('what one suggested oneself and deletes again is gone, the rest is suggested to go', () => {
    ann.type('week', ' or two');
    ann.replace('every week or two', 'often');
    expect(ann.refused).toBe('The pair meet every week in the library.\nThey talk about one lesson.');
    expect(ann.accepted.split('\n')[0]).toBe('The pair meet often in the library.');
  });

  it('over several paragraphs, they would be joined; lines that are typed would be paragraphs', () => {
    ann.replace('The pair', 'Two teachers\nand a head');
    expect(ann.accepted.split('\n').slice(0, 2)).toEqual([
      'Two teachers',
      'and a head meet every week in the library.',
    ]);
    decideSuggestions(ann.doc, 'refuse', everySuggestion);
    expect(ann.raw).toBe('The pair meet every week in the library.\nThey talk about one lesson.');
  });
});

describe('decisions', () => {
  it('[REVIEW-2] accepted or refused, one leaves those of others, and twice is once', () => {
    ann.replace('week', 'fortnight');
    ben.replace('week in the library', 'day');
    together(ann, ben, cem);
    const [first] = readSuggestions(readSuggestedText(cem.doc)).filter(({ author }) => author === 'ann');
    expect(cem.list).toHaveLength(2);
    expect(decideSuggestions(cem.doc, 'accept', theseSuggestions([first as never]))).toBe(2);
    expect(decideSuggestions(ann.doc, 'accept', theseSuggestions([first as never]))).toBe(2);
    together(ann, ben, cem);
    expect(decideSuggestions(cem.doc, 'accept', theseSuggestions([first as never]))).toBe(0);
    expect(ben.refused.split('\n')[0]).toBe('The pair meet every fortnight in the library.');
    decideSuggestions(ben.doc, 'accept', suggestionsOf('ben'));
    together(ann, ben, cem);
    expect(ann.raw.split('\n')[0]).toBe('The pair meet every fortnightday.');
  });

  it('[REVIEW-2] an accept and a refusal at once end equal, and no word is doubled', () => {
    ann.replace('week', 'fortnight');
    together(ann, ben, cem);
    decideSuggestions(ben.doc, 'accept', everySuggestion);
    decideSuggestions(cem.doc, 'refuse', everySuggestion);
    together(ann, ben, cem);
    for (const page of [ann, ben, cem]) {
      expect(page.raw).toBe(ann.raw);
      expect(page.list).toEqual([]);
      expect(page.raw.match(/week|fortnight/g)?.length ?? 0).toBeLessThan(2);
    }
  });

  it('[REVIEW-2] words typed meanwhile among words that are to go stay; those of the suggestion go', () => {
    ann.replace('every week in the library', '');
    ben.paper.type('every', ' single');
    cem.paper.remove('in the');
    together(ann, ben, cem);
    expect(readSuggestions(readSuggestedText(ann.doc))[0]?.parts).toEqual([
      { what: 'deletion', words: 'every week  library', since: 'single ' },
    ]);
    decideSuggestions(ann.doc, 'accept', everySuggestion);
    expect(ann.raw.split('\n')[0]).toBe('The pair meet single .');
    expect(ann.list).toEqual([]);
  });

  it('[REVIEW-2] a suggestion within a suggestion: refused, the outer goes and the inner waits on', () => {
    ann.type('meet', ' in a cold room');
    together(ann, ben);
    ben.type(' cold', ' and dark');
    together(ann, ben);
    expect(ben.list).toEqual(['Add “in a cold room ”', 'Add “and dark ”']);
    decideSuggestions(ann.doc, 'refuse', suggestionsOf('ann'));
    expect(ann.list).toEqual(['Add “and dark ”']);
    decideSuggestions(ben.doc, 'accept', suggestionsOf('ann'));
    expect(ben.accepted).toContain('meet in a cold and dark room every');
  });

  it('bold, italics and links come and go with it', () => {
    const bold = schema.mark('styling', { ...ann.by(), style: 'bold', value: 'on' });
    const link = schema.mark('styling', { ...ann.by(), style: 'link', value: 'https://example.org/' });
    ann.edit((tr) => tr.addMark(5, 9, bold).addMark(5, 9, link));
    expect(ann.list).toEqual(['Set “pair” in bold', 'Link “pair” to https://example.org/']);
    const before = ann.doc.getXmlFragment(CONTENT).toString();
    expect(accepted(ann)).toContain('rel="noopener noreferrer nofollow"><strong>pair</strong></a>');
    expect(ann.doc.getXmlFragment(CONTENT).toString()).toBe(before);
    decideSuggestions(ann.doc, 'refuse', everySuggestion);
    expect(toHtml(readSuggestedText(ann.doc))).toContain('<p>The pair meet');
  });
});

describe('paragraphs, lists and tables', () => {
  const meeting = 'The pair meet every week in the library.';
  const talk = 'They talk about one lesson.';
  it.each<[string, string, Seam, string]>([
    [
      'a split',
      'every',
      { op: 'split', value: 'same' },
      `<p>The pair meet </p><p>every week in the library.</p><p>${talk}</p>`,
    ],
    ['a heading', 'The', { op: 'kind', value: 'heading-3' }, `<h3>${meeting}</h3><p>${talk}</p>`],
    ['a join', 'They', { op: 'join', value: '' }, `<p>${meeting}${talk}</p>`],
    ['a join of the first', 'The', { op: 'join', value: '' }, `<p>${meeting}</p><p>${talk}</p>`],
    [
      'a list',
      'They',
      { op: 'list', value: 'bulletList' },
      `<p>${meeting}</p><ul><li><p>${talk}</p></li></ul>`,
    ],
    ['out of no list', 'They', { op: 'list', value: 'none' }, `<p>${meeting}</p><p>${talk}</p>`],
    [
      'a line break',
      'about',
      { op: 'break', value: '' },
      `<p>${meeting}</p><p>They talk <br>about one lesson.</p>`,
    ],
    [
      'a paragraph that still has words',
      'They',
      { op: 'drop', value: 'paragraph' },
      `<p>${meeting}</p><p>${talk}</p>`,
    ],
    ['a row outside of tables', 'They', { op: 'row', value: '' }, `<p>${meeting}</p><p>${talk}</p>`],
  ])('[REVIEW-1] %s', (_what, words, seam, html) => {
    const was = ann.refused;
    ann.seam(words, seam);
    expect(ann.refused).toBe(was);
    expect(ann.raw).toMatch(SEAM_SIGNS);
    expect(accepted(ann)).toBe(html);
    decideSuggestions(ann.doc, 'accept', everySuggestion);
    expect(findMisshapen(ann.doc)).toEqual([]);
    expect(ann.list).toEqual([]);
    expect(ann.raw).not.toMatch(SEAM_SIGNS);
  });

  it('a paragraph goes with its words, and stays where somebody typed in it meanwhile', () => {
    ann.replace(talk, '');
    ann.seam('They', { op: 'drop', value: 'paragraph' });
    expect(accepted(ann)).toBe(`<p>${meeting}</p>`);
    ben.paper.type('They', ' often');
    ann.take(ben);
    expect(accepted(ann)).toBe(`<p>${meeting}</p><p>often </p>`);
  });

  it('items of a list are split, joined, changed and taken out', () => {
    ann.paper.makeList('They');
    ann.seam('about', { op: 'split', value: 'same' });
    expect(accepted(ann)).toContain('<ul><li><p>They talk </p></li><li><p>about one lesson.</p></li></ul>');
    decideSuggestions(ann.doc, 'accept', everySuggestion);
    ann.seam('about', { op: 'join', value: '' });
    expect(accepted(ann)).toContain(`<ul><li><p>${talk}</p></li></ul>`);
    decideSuggestions(ann.doc, 'refuse', everySuggestion);
    ann.seam('They', { op: 'list', value: 'taskList' });
    expect(accepted(ann).match(/data-type="taskItem"/g)).toHaveLength(2);
    decideSuggestions(ann.doc, 'refuse', everySuggestion);
    ann.seam('They', { op: 'list', value: 'none' });
    expect(accepted(ann)).toContain('<p>They talk </p><ul><li><p>about one lesson.</p></li></ul>');
    ann.seam('about', { op: 'list', value: 'none' });
    expect(accepted(ann)).toContain('<p>They talk </p><p>about one lesson.</p>');
  });

  it('rows of a table are added below, and go when nothing is left in them', () => {
    const cell = (words: string) =>
      schema.node('tableCell', null, [schema.node('paragraph', null, [schema.text(words)])]);
    const row = (...words: string[]) => schema.node('tableRow', null, words.map(cell));
    ann.edit((tr) =>
      tr.insert(tr.doc.content.size, schema.node('table', null, [row('a1', 'b1'), row('a2', 'b2')])),
    );
    ann.seam('a1', { op: 'row', value: '' });
    expect(accepted(ann).match(/<tr>/g)).toHaveLength(3);
    decideSuggestions(ann.doc, 'refuse', everySuggestion);
    ann.replace('a2', '');
    ann.replace('b2', '');
    ann.seam('a2', { op: 'drop', value: 'row' });
    expect(accepted(ann).match(/<tr>/g)).toHaveLength(1);
    ben.take(ann);
    ben.paper.type('b2', ' new');
    ann.take(ben);
    expect(accepted(ann).match(/<tr>/g)).toHaveLength(2);
  });

  it('[REVIEW-2] letters typed meanwhile beside a split stand where they were typed, accepted or not', () => {
    ann.seam('every', { op: 'split', value: 'same' });
    ben.paper.type('week', 'day');
    ann.take(ben);
    expect(ann.refused.split('\n')[0]).toBe('The pair meet every weekday in the library.');
    expect(ann.accepted.split('\n')[1]).toBe('every weekday in the library.');
  });

  it('several in one paragraph are made one after the other', () => {
    ann.type('meet', '\n\nfor tea');
    ben.seam('week', { op: 'split', value: 'heading-3' });
    ben.seam('The', { op: 'kind', value: 'heading-4' });
    together(ann, ben);
    expect(accepted(ann)).toBe(
      `<h4>The pair meet</h4><p><br></p><p>for tea every </p><h3>week in the library.</h3><p>${talk}</p>`,
    );
  });

  it('[INPUT-1] words that came under the mark of a seam are nobody’s to take', () => {
    const seam = schema.mark('seam', { ...ann.by(), op: 'join', value: '' });
    ann.edit((tr) => tr.addMark(1, 9, seam));
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(ann.doc));
    for (const decision of ['refuse', 'accept'] as const) {
      decideSuggestions(decision === 'accept' ? ann.doc : copy, decision, everySuggestion);
    }
    expect(ann.raw.startsWith(meeting)).toBe(true);
    expect(toHtml(readSuggestedText(copy))).toBe(toHtml(readSuggestedText(ann.doc)));
    expect(ann.list).toEqual([]);
  });
});
