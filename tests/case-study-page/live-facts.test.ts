import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readFacts } from '../../client/case-study/live-facts.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { fieldValues, readText } from '../../shared/document/reading.ts';
import { blockWords } from '../../shared/document/words.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

describe('what an open section says of itself', () => {
  it('counts the words of its fields too, as the server does', () => {
    const section = mentoringAndCoaching.sections.find(({ id }) => id === '2.4');
    if (!section) throw new Error('no such section');
    const doc = new Y.Doc();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('One word, and four')]);
    doc.getXmlFragment(CONTENT).insert(0, [paragraph]);
    const field = section.fields.find(({ kind }) => kind === 'short-text' || kind === 'long-text');
    doc.getText(`field/${field?.id}`).insert(0, 'three more words');
    const { words } = readFacts(section, doc);
    expect(words).toBe(7);
    expect(words).toBe(blockWords(readText(doc), fieldValues(doc)));
  });
});
