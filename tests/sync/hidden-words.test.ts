import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsNotSent, wordsOfUpdates } from '../../client/sync/unsent-words.ts';
import { withoutGaps } from '../../client/sync/whole-updates.ts';
import { readRoomMessages } from '../../shared/protocol/messages.ts';
import type { Page } from './support/page.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all, pass } = stage;

/** @returns updates that the server is sent from here on, as they come */
function sentUpdates(): Uint8Array[] {
  const sent: Uint8Array[] = [];
  const { network } = stage;
  const read = network.message;
  network.message = (socket, channel, payload) => {
    for (const message of readRoomMessages(payload, 10)) {
      if (message.kind === 'update' || message.kind === 'step-2') sent.push(message.update.slice());
    }
    read.call(network, socket, channel, payload);
  };
  return sent;
}

function paragraph(doc: Y.Doc, words: string): Y.XmlText {
  const element = new Y.XmlElement('paragraph');
  const text = new Y.XmlText(words);
  element.insert(0, [text]);
  doc.getXmlFragment('content').insert(0, [element]);
  return text;
}

/** Each by itself: what a later one deletes has come all the same. */
const wordsOfEach = (sent: readonly Uint8Array[]) =>
  sent.map((update) => wordsOfUpdates([update])).join('\n');
const textIn = (doc: Y.Doc) => (doc.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText;

async function opened(person: string): Promise<Page> {
  const one = page(person);
  one.engine.holdBlock('one');
  await all();
  return one;
}

describe('words that this device has hidden', () => {
  it('[SAVE-5] under what another tab removed, reach the server as they were made', async () => {
    const [first, second] = [await opened('ada'), await opened('ada')];
    paragraph(first.doc('one'), 'A paragraph');
    await all();
    const sent = sentUpdates();
    stage.network.cut();
    textIn(first.doc('one')).insert(11, ' with more');
    second.doc('one').getXmlFragment('content').delete(0, 1);
    await all();
    expect(first.doc('one').getXmlFragment('content').length).toBe(0);
    stage.network.up = true;
    await pass(1_000);
    expect(first.view('one').save).toEqual({ kind: 'saved' });
    expect(wordsOfEach(sent)).toContain(' with more');
  });

  it('[SAVE-5] under what a colleague removed, reach the server after the line broke', async () => {
    const [ada, ben] = [await opened('ada'), await opened('ben')];
    paragraph(ada.doc('one'), 'A paragraph');
    await all();
    const sent = sentUpdates();
    textIn(ada.doc('one')).insert(11, ' with more');
    ben.doc('one').getXmlFragment('content').delete(0, 1);
    const [adas, bens] = [...stage.network.sockets];
    if (!adas || !bens) throw new Error('nobody is connected');
    while (bens.toServer.length > 0) stage.network.serve(bens);
    while (adas.toPage.length > 0) stage.network.deliver(adas);
    expect(ada.doc('one').getXmlFragment('content').length).toBe(0);
    // What was on its way to the server is lost, the colleague's removal came through.
    adas.cut();
    expect(wordsOfEach(sent)).not.toContain('with more');
    await pass(1_000);
    expect(wordsOfEach(sent)).toContain(' with more');
  });

  it('[SAVE-6] are kept apart with the others when a replica ends', () => {
    const doc = new Y.Doc();
    const text = paragraph(doc, 'A paragraph');
    const waiting: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => waiting.push(update));
    text.insert(11, ' with more');
    text.insert(0, 'x');
    text.delete(0, 1);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(other);
    const mine = waiting.splice(0);
    other.getXmlFragment('content').delete(0, 1);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, before));
    expect(wordsNotSent(doc, mine)).toBe(' with more');
  });
});

describe('updates that are merged', () => {
  it('[SAVE-3] skip nothing that a client id wrote, in whatever order they come', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let at = 0; at < 6; at++) doc.getText('field/story').insert(at, String(at));
    const [a, b, , d, e, f] = updates as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const merged = withoutGaps([e, b, a, f, d]);
    expect(merged).toHaveLength(2);
    const lengths = merged.map((update) => {
      const { from, to } = Y.parseUpdateMeta(update);
      return [[...from.values()][0], [...to.values()][0]];
    });
    expect(lengths).toEqual([
      [0, 2],
      [3, 6],
    ]);
    expect(withoutGaps([])).toEqual([]);
  });
});
