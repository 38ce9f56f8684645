import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  acknowledgedState,
  unsentWords,
  wordsNotSent,
  wordsOfUpdates,
} from '../../client/sync/unsent-words.ts';

/** Records the updates of a doc from here on. */
function record(doc: Y.Doc): Uint8Array[] {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return updates;
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

function textOf(doc: Y.Doc, index: number): Y.XmlText {
  const element = doc.getXmlFragment('content').get(index) as Y.XmlElement;
  return element.get(0) as Y.XmlText;
}

describe('[SAVE-6] unsent words', () => {
  it('are what was inserted beyond the acknowledged state, line by line, in the order of the block', () => {
    const doc = new Y.Doc();
    doc.getXmlFragment('content').insert(0, [paragraph('The school is small.'), paragraph('It is old.')]);
    doc.getText('field/problem').insert(0, 'Few mentors.');
    doc.getMap('fields').set('value/roll', '210');
    const acknowledged = Y.decodeStateVector(Y.encodeStateVector(doc));
    expect(unsentWords(doc, acknowledged)).toBe('');
    doc.getText('field/problem').insert(12, ' No time.');
    doc.getMap('fields').set('value/roll', '211');
    doc.getMap('fields').set('prompt/p1', 'ask');
    textOf(doc, 1).insert(10, ' Very.');
    textOf(doc, 0).insert(20, ' And rural.');
    doc.getXmlFragment('content').insert(2, [paragraph('A whole paragraph.')]);
    expect(unsentWords(doc, acknowledged)).toBe(
      [' And rural.', ' Very.', 'A whole paragraph.', ' No time.', '211'].join('\n'),
    );
  });

  it('say where acknowledged text stood between them', () => {
    const doc = new Y.Doc();
    const text = doc.getText('field/story');
    text.insert(0, 'known');
    const acknowledged = Y.decodeStateVector(Y.encodeStateVector(doc));
    text.insert(5, ' after');
    text.insert(0, 'before ');
    expect(unsentWords(doc, acknowledged)).toBe('before  …  after');
  });

  it('leave out what was taken back, and formatting', () => {
    const doc = new Y.Doc();
    const text = doc.getText('field/story');
    text.insert(0, 'one two three');
    text.delete(4, 4);
    text.format(0, 3, { bold: true });
    expect(unsentWords(doc, new Map())).toBe('one three');
  });

  it('are found inside lists and tables', () => {
    const doc = new Y.Doc();
    const list = new Y.XmlElement('bulletList');
    const item = new Y.XmlElement('listItem');
    item.insert(0, [paragraph('Deep inside')]);
    list.insert(0, [item]);
    doc.getXmlFragment('content').insert(0, [list]);
    expect(unsentWords(doc, new Map())).toBe('Deep inside');
  });

  it('begin in the middle of a run of typing of which the first half was acknowledged', () => {
    const doc = new Y.Doc();
    const text = doc.getText('field/story');
    text.insert(0, 'sent ');
    const waiting = record(doc);
    text.insert(5, 'not ');
    text.insert(9, 'sent');
    expect(unsentWords(doc, acknowledgedState(doc, waiting))).toBe('not sent');
  });

  it('include those that build on text which is not on this device', () => {
    const elsewhere = new Y.Doc();
    elsewhere.getText('field/story').insert(0, 'Missing here.');
    const waiting = record(elsewhere);
    elsewhere.getText('field/story').insert(13, ' Mine.');
    const doc = new Y.Doc();
    for (const update of waiting) Y.applyUpdate(doc, update);
    expect(doc.getText('field/story').toString()).toBe('');
    expect(wordsNotSent(doc, waiting)).toBe(' Mine.');
  });

  it('can be told from updates alone', () => {
    const doc = new Y.Doc();
    const updates = record(doc);
    const text = doc.getText('field/story');
    for (const [index, letter] of [...'Hallo'].entries()) text.insert(index, letter);
    text.delete(1, 1);
    text.insert(1, 'e');
    doc.getText('field/other').insert(0, 'Elsewhere');
    expect(wordsOfUpdates(updates)).toBe('Hllo\ne\nElsewhere');
  });
});
