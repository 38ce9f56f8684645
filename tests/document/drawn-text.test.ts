import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { drawnText, NOBODY_NAMED, referencesIn } from '../../shared/document/drawn-text.ts';
import { fingerprintOf } from '../../shared/document/fingerprint.ts';
import { toHtml } from '../../shared/document/html.ts';
import { mendShape } from '../../shared/document/mending.ts';
import { type ProseMirrorJson, readText } from '../../shared/document/reading.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { findMisshapen, isForeign } from '../../shared/document/shape.ts';
import { readUses } from '../../shared/document/wording.ts';
import { countWords, plainText } from '../../shared/document/words.ts';
import { ERASED_PERSON, namesOf, SOMEBODY, speakerInText } from '../../shared/quotes/names-in-text.ts';

const quote = { type: 'quote', attrs: { quote: 'q', use: 'u' } };
const words = (text: string, ...marks: (typeof quote)[]): ProseMirrorJson => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks }),
});
const person = (id: string): ProseMirrorJson => ({ type: 'reference', attrs: { kind: 'participant', id } });
const line = (...content: ProseMirrorJson[]): ProseMirrorJson => ({
  type: 'doc',
  content: [{ type: 'paragraph', content }],
});
const ruth = { name: 'Ruth Okafor', role: 'Deputy head', chosen: true } as const;
const named = (words: string) => namesOf([{ kind: 'participant', id: 'p1', words, who: 'Ruth Okafor' }]);

describe('[NAME-1] somebody in the text', () => {
  it('is named as they chose, and by name only once they said so themselves', () => {
    expect(speakerInText({ ...ruth, naming: 'name-and-role' })).toBe('Ruth Okafor');
    expect(speakerInText({ ...ruth, naming: 'name-and-role', chosen: false })).toBe('Deputy head');
    expect(speakerInText({ ...ruth, naming: 'role-only' })).toBe('Deputy head');
    expect(speakerInText({ ...ruth, naming: 'anonymous' })).toBe(SOMEBODY);
    expect(speakerInText({ ...ruth, role: ' ', naming: 'role-only' })).toBe(SOMEBODY);
    expect(speakerInText({ ...ruth, name: '', naming: 'name-and-role' })).toBe(ERASED_PERSON);
  });

  it('is drawn in the text, its words are counted, and an id of elsewhere tells nothing', () => {
    const json = line(words('We met '), person('p1'), words(' and '), person('elsewhere'), words('.'));
    const drawn = drawnText(json, named('Ruth Okafor'));
    expect(plainText(drawn)).toBe('We met Ruth Okafor and an unknown person.');
    expect(countWords(plainText(drawn))).toBe(8);
    expect(toHtml(drawn)).toBe(
      '<p>We met <span class="named">Ruth Okafor</span> and <span class="named">an unknown person</span>.</p>',
    );
    expect(referencesIn(json).map(({ id }) => id)).toEqual(['p1', 'elsewhere']);
    expect(toHtml(json)).toBe(`<p>We met ${NOBODY_NAMED} and ${NOBODY_NAMED}.</p>`);
    expect(fingerprintOf(json, {})).not.toBe(fingerprintOf(line(words('We met '), person('p1')), {}));
  });

  it('[INPUT-2] runs nothing, whatever they are called', () => {
    const drawn = drawnText(line(person('p1')), named('<img onerror="a()">'));
    expect(toHtml(drawn)).toBe('<p><span class="named">&lt;img onerror=&quot;a()&quot;&gt;</span></p>');
  });

  it('[QUOTE-2] within words of a quote is one of them: named otherwise, the words are others', () => {
    const json = line(
      words('I asked ', quote),
      person('p1'),
      words(' to watch', quote),
      words(' '),
      person('p1'),
    );
    const wording = (name: string) => readUses(drawnText(json, named(name))).map((use) => use.wording);
    expect(wording('Ruth Okafor')).toEqual(['I asked Ruth Okafor to watch']);
    expect(wording('Deputy head')).toEqual(['I asked Deputy head to watch']);
  });

  it('at the edge of a quote is not said by its speaker', () => {
    const json = line(person('p1'), words(' was there', quote), person('p1'), words('.'));
    expect(readUses(drawnText(json, named('Ruth'))).map((use) => use.wording)).toEqual([' was there']);
  });
});

describe('[INPUT-1] the node of a reference', () => {
  function block(...references: Readonly<Record<string, unknown>>[]) {
    const doc = new Y.Doc();
    const paragraph = new Y.XmlElement('paragraph');
    doc.getXmlFragment(CONTENT).push([paragraph]);
    for (const attributes of references) {
      const node = new Y.XmlElement('reference');
      paragraph.push([new Y.XmlText('a'), node]);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value as string);
    }
    return doc;
  }

  it('is held with a kind and an id alone, and what else stands in it is taken off', () => {
    expect(findMisshapen(block({ kind: 'school', id: 's1' }, { kind: '', id: '' }))).toEqual([]);
    const doc = block(
      { kind: 'person', id: 'p1' },
      { kind: 'school', id: 'a b' },
      { kind: 'school', id: 's', name: 'Ruth' },
    );
    const found = findMisshapen(doc);
    expect(found).toHaveLength(3);
    expect(isForeign(found)).toBe(true);
    expect(mendShape(doc, found)).toEqual([]);
    expect(findMisshapen(doc)).toEqual([]);
    const text = drawnText(readText(doc), namesOf([]));
    expect(plainText(text)).toBe(`a${NOBODY_NAMED}a${NOBODY_NAMED}aan unknown school`);
  });

  it('holds no words of its own', () => {
    const doc = block({ kind: 'school', id: 's1' });
    const node = (doc.getXmlFragment(CONTENT).get(0) as Y.XmlElement).get(1) as Y.XmlElement;
    node.push([new Y.XmlText('a name')]);
    expect(mendShape(doc, findMisshapen(doc)).map(({ words }) => words)).toEqual(['a name']);
    expect(blockSchema().nodes.reference?.isAtom).toBe(true);
  });
});
