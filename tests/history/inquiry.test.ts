import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { workerFolder } from '../../server/adapters/worker/folder.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { findArrivedHidden, type Inquiry } from '../../server/collaboration/lost-words-inquiry.ts';
import { silentLog } from '../../server/log.ts';
import { HandClock } from '../support/clock.ts';

let store: MemoryBlockStore;
const folder = workerFolder({ clock: new HandClock() });
afterAll(() => folder.close());
let compaction: Compaction;
/** The text as everybody has it. */
let doc: Y.Doc;

beforeEach(async () => {
  store = new MemoryBlockStore();
  compaction = new Compaction({
    blocks: store,
    folder: memoryFolder(),
    clock: new HandClock(),
    log: silentLog(),
  });
  await store.create('b1', 'lineage-1');
  doc = new Y.Doc({ gc: false });
});

/** One change by one person, on the text as it is. */
async function change(authorId: string, client: number, act: (doc: Y.Doc) => void): Promise<void> {
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  doc.transact(() => act(doc));
  doc.off('update', keep);
  await store.append(
    updates.map((bytes) => ({
      blockId: 'b1',
      lineage: 'lineage-1',
      authorId,
      onBehalfOf: null,
      serverTime: 0,
      deviceTime: null,
      clients: [],
      bytes,
    })),
  );
}

const element = (name: string, text: string) => {
  const made = new Y.XmlElement(name);
  made.insert(0, [new Y.XmlText(text)]);
  return made;
};
const textOf = (of: Y.Doc) => (of.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText;

/** @returns what Cem wrote offline, on the text as it is now */
function offline(words: string): Inquiry {
  const away = new Y.Doc();
  Y.applyUpdate(away, Y.encodeStateAsUpdate(doc));
  away.clientID = 33;
  const before = Y.encodeStateVector(away);
  const text = textOf(away);
  text.insert(text.length, words);
  return {
    blockId: 'b1',
    accepted: [],
    update: Y.encodeStateAsUpdate(away, before),
    hidden: [{ client: 33, from: 0, to: words.length }],
  };
}

/** On this thread and by a folder, which say the same. */
async function asked(inquiry: Inquiry) {
  const here = await findArrivedHidden(store, inquiry, () => Promise.resolve());
  expect(await findArrivedHidden(store, inquiry, () => Promise.resolve(), folder)).toEqual(here);
  return here;
}
const heading = (of: Y.Doc) => {
  of.getXmlFragment('content').delete(0, 1);
  of.getXmlFragment('content').insert(0, [element('heading', 'One two three')]);
};

describe('words that arrive in something long removed', () => {
  it('[SAVE-5] are told with who removed it, and the text around, from rows and from changesets alike', async () => {
    await change('ann', 11, (of) =>
      of.getXmlFragment('content').insert(0, [element('paragraph', 'One two three')]),
    );
    const inquiry = offline(' and more');
    await change('dev', 44, (of) => of.getText('field/aims').insert(0, 'other words'));
    await change('bea', 22, heading);
    await change('dev', 44, (of) => of.getText('field/aims').delete(0, 5));
    const fromRows = await asked(inquiry);
    expect(fromRows).toMatchObject([
      {
        words: ' and more',
        before: 'One two three',
        after: '',
        cause: 'changed-kind',
        by: 'bea',
        client: 33,
      },
    ]);
    await compaction.seal('b1');
    expect((await store.historyOf('b1'))?.rows).toEqual([]);
    expect(await asked(inquiry)).toEqual(fromRows);
  });

  it('[SAVE-5] are found across the ends of windows, and after them', async () => {
    await change('ann', 11, (of) =>
      of.getXmlFragment('content').insert(0, [element('paragraph', 'One two three')]),
    );
    await compaction.seal('b1');
    const inquiry = offline(' and more');
    await change('bea', 22, heading);
    const fromRows = await asked(inquiry);
    await compaction.seal('b1');
    await change('ann', 11, (of) => of.getText('field/aims').insert(0, 'later'));
    expect(await asked(inquiry)).toEqual(fromRows);
    expect(fromRows).toMatchObject([{ by: 'bea', cause: 'changed-kind' }]);
  });

  it('[SAVE-5] keep their words when the history is damaged', async () => {
    await change('ann', 11, (of) => of.getXmlFragment('content').insert(0, [element('paragraph', 'One')]));
    const inquiry = offline(' and more');
    await change('bea', 22, heading);
    await compaction.seal('b1');
    store.damage('b1', { window: 1, ordinal: 2 });
    expect(await asked(inquiry)).toMatchObject([{ words: ' and more', before: '', by: null }]);
  });
});
