import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { BlockHistory, Changeset } from '../../server/ports/changeset.ts';
import { wordingChanges } from '../../server/quotes/wording-changes.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';

const USE = { quote: 'q', use: 'u' };
const SOUGHT = [{ ...USE, wording: 'It worked.', since: 100 }];

/** A block that several people wrote, each edit kept as the update that it made. */
class Past {
  readonly doc = new Y.Doc();
  readonly line = new Y.XmlText();

  constructor() {
    const paragraph = new Y.XmlElement('paragraph');
    this.doc.getXmlFragment(CONTENT).push([paragraph]);
    paragraph.push([this.line]);
    this.line.insert(0, 'Before. ', {});
    this.line.insert(8, 'It worked.', { [quoteKey(USE)]: USE });
  }

  edit(client: number, change: (line: Y.XmlText) => void): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.doc.clientID = client;
    this.doc.transact(() => change(this.line));
    return Y.encodeStateAsUpdate(this.doc, before);
  }
}

function changeset(window: number, ordinal: number, authorId: string | null, at: number, bytes: Uint8Array) {
  const of = { blockId: 'b', lineage: 'l', firstSeq: 1, lastSeq: 1, rows: 1, clients: [] };
  return { ...of, window, ordinal, authorId, onBehalfOf: null, fromTime: at, toTime: at, bytes };
}

const storeOf = (changesets: readonly Changeset[]) => ({
  historyOf: async (): Promise<BlockHistory> => ({
    ...{ blockId: 'b', lineage: 'l', changesets, rows: [], through: 1 },
  }),
});

it('names whoever changed the words, and nobody who wrote beside them', async () => {
  const past = new Past();
  const written = changeset(1, 1, 'ada', 50, Y.encodeStateAsUpdate(past.doc));
  const beside = changeset(
    2,
    1,
    'ben',
    200,
    past.edit(2, (line) => line.insert(0, 'Well. ')),
  );
  const within = changeset(
    3,
    1,
    'cleo',
    300,
    past.edit(3, (line) => line.delete(17, 3)),
  );
  const all = [written, beside, within];
  expect(await wordingChanges(storeOf(all), 'b', SOUGHT)).toEqual([{ use: 'u', personId: 'cleo', at: 300 }]);
  const back = past.edit(4, (line) => line.insert(17, 'wor', { [quoteKey(USE)]: USE }));
  const restored = [...all, changeset(4, 1, null, 400, back)];
  expect(`${past.line.toDelta().at(-1).insert}`).toBe('It worked.');
  expect(await wordingChanges(storeOf(restored), 'b', SOUGHT)).toEqual([]);
});

it('names all of one closed window whose parts cannot be read without one another', async () => {
  const past = new Past();
  const written = changeset(1, 1, 'ada', 50, Y.encodeStateAsUpdate(past.doc));
  const first = past.edit(2, (line) => line.insert(10, ' all'));
  const second = past.edit(3, (line) => line.insert(14, ' of it'));
  // whose first row came first stands first, though it builds on the other
  const window = [changeset(2, 1, 'cleo', 310, second), changeset(2, 2, 'ben', 300, first)];
  const found = await wordingChanges(storeOf([written, ...window]), 'b', SOUGHT);
  expect(found?.map(({ personId }) => personId).sort()).toEqual(['ben', 'cleo']);
});

it('[INPUT-1] does not look through a past without end', async () => {
  const past = new Past();
  const one = changeset(1, 1, 'ada', 50, Y.encodeStateAsUpdate(past.doc));
  expect(await wordingChanges(storeOf(Array(4_000).fill(one)), 'b', SOUGHT)).toBeNull();
});
