import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { chosenIds, filledFields, isFilled, rowIds } from '../../shared/document/field-values.ts';
import { fingerprint, fingerprintOf } from '../../shared/document/fingerprint.ts';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { blockWords, countWords, plainText } from '../../shared/document/words.ts';
import type { Field, Section } from '../../shared/framework/framework.ts';

const paragraphs = (...texts: string[]): ProseMirrorJson => ({
  type: 'doc',
  content: texts.map((text) => ({
    type: 'paragraph',
    ...(text !== '' && { content: [{ type: 'text', text }] }),
  })),
});

describe('words of a block', () => {
  it.each([
    ['', 0],
    ['  …  —  ', 0],
    ['One, two; three.', 3],
    ["It's a well-known fact", 4],
    ['The year 2024/25: 3.5 % of £1,200', 6],
    ['Éva übt naïve ﬁ', 4],
  ])('counts as a person would: %j', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  it('counts running text and text fields, not rows or choices', () => {
    const values = { 'field/aim': 'two words', 'row/people/r1': 'a b c', 'value/x': 'word' };
    expect(blockWords(paragraphs('three more words', ''), values)).toBe(5);
  });

  it('gives one line for each paragraph, and does not glue words of different cells', () => {
    const cell = (text: string) => ({ type: 'tableCell', content: paragraphs(text).content ?? [] });
    const table = { type: 'table', content: [{ type: 'tableRow', content: [cell('left'), cell('right')] }] };
    expect(plainText({ type: 'doc', content: [...(paragraphs('a', 'b').content ?? []), table] })).toBe(
      'a\nb\nleft\nright',
    );
  });

  it('drops control characters and mends halves of surrogate pairs', () => {
    expect(plainCharacters('a\u0000b\u001f\tc\nd\ud83dx\udc00 😀\ufffe')).toBe('ab\tc\nd\ufffdx\ufffd 😀');
  });
});

describe('the fingerprint of a block', () => {
  const written = (write: (text: Y.XmlText, doc: Y.Doc) => void): Y.Doc => {
    const doc = new Y.Doc();
    const element = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    element.insert(0, [text]);
    doc.getXmlFragment('content').insert(0, [element]);
    write(text, doc);
    return doc;
  };

  it('is the same however the same text was typed', () => {
    const whole = written((text) => text.insert(0, 'Hello there'));
    const pieces = written((text, doc) => {
      text.insert(0, 'there');
      text.insert(0, 'Hxello ');
      text.delete(1, 1);
      doc.getXmlFragment('content').insert(1, [new Y.XmlElement('paragraph')]);
      doc.getMap('fields').set('prompt/why', 'ask');
    });
    expect(fingerprint(pieces)).toBe(fingerprint(whole));
    expect(fingerprint(whole)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs for other text, marks, kinds and values', () => {
    const base = written((text) => text.insert(0, 'Hello there'));
    const others = [
      written((text) => text.insert(0, 'Hello There')),
      written((text) => text.insert(0, 'Hello there', { bold: {} })),
      written((text, doc) => {
        text.insert(0, 'Hello there');
        doc.getMap('fields').set('value/x', '1');
      }),
      written((text, doc) => {
        text.insert(0, 'Hello there');
        doc.getText('field/x').insert(0, '1');
      }),
      new Y.Doc(),
    ];
    const prints = new Set([base, ...others].map(fingerprint));
    expect(prints.size).toBe(others.length + 1);
  });

  it('is that of nothing for an empty paragraph', () => {
    expect(fingerprintOf(paragraphs('', ''), {})).toBe(fingerprintOf({ type: 'doc' }, {}));
  });
});

describe('values of fields', () => {
  const people: Field = {
    id: 'people',
    kind: 'group',
    label: 'People',
    rowName: 'person',
    fields: [
      { id: 'name', kind: 'short-text', label: 'Name' },
      { id: 'skills', kind: 'many-choices', label: 'Skills', options: [{ id: 'a', label: 'A' }] },
    ],
  };
  const roll: Field = { id: 'roll', kind: 'number', label: 'Roll', withYear: true, withSource: true };
  const ticks: Field = {
    id: 'ticks',
    kind: 'checklist',
    label: 'Ticks',
    items: [
      { id: 'one', label: 'One' },
      { id: 'two', label: 'Two' },
    ],
  };
  const section = { fields: [people, roll, ticks] } as unknown as Section;

  it('orders rows by their order value, equal ones by id, and leaves out malformed keys', () => {
    const values = {
      'row/people/b': 'a1',
      'row/people/a': 'a1',
      'row/people/c': 'a0',
      'row/people/x/y': 'a',
      'row/other/d': 'a',
    };
    expect(rowIds(values, 'people')).toEqual(['c', 'a', 'b']);
  });

  it('counts a group once, by what stands in its rows, and not by empty rows', () => {
    expect(filledFields(section, { 'row/people/r': 'a0' })).toEqual({ filled: 0, fields: 3 });
    const values = { 'row/people/r': 'a0', 'option/people/r/skills/a': true, 'year/roll': '2024' };
    expect(filledFields(section, values)).toEqual({ filled: 2, fields: 3 });
  });

  it('[SAVE-5] still counts a row in which somebody wrote while somebody else took it away', () => {
    expect(isFilled(people, { 'field/people/gone/name': 'Ada' })).toBe(true);
    expect(isFilled(people, { 'field/other/gone/name': 'Ada' })).toBe(false);
  });

  it('gives chosen options in the order of the framework', () => {
    const values = { 'option/ticks/two': true, 'option/ticks/one': true, 'option/ticks/unknown': true };
    expect(chosenIds(ticks, { fieldId: 'ticks' }, values)).toEqual(['one', 'two']);
  });
});
