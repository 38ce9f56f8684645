import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type InspectedUpdate, mergeInspected } from '../../server/collaboration/letter-merging.ts';
import { Dice } from '../support/dice.ts';
import { exactDoc, KeptBlock } from '../support/kept-block.ts';
import { replicaState } from '../support/wire.ts';

const SEED = 20261128;
const ROUNDS = 300;

/** @returns an edit that somebody makes: mostly a letter more or less, and now and then something else */
function edit(doc: Y.Doc, dice: Dice): void {
  const text = doc.getText('field/aims');
  const at = dice.roll(text.length + 1);
  const kind = dice.roll(12);
  if (kind === 0) doc.getMap('fields').set(`value/${dice.roll(3)}`, dice.roll(100));
  else if (kind === 1 && text.length > 3)
    doc.transact(() => text.applyDelta([{ retain: 1 }, { delete: 2 }, { insert: 'ab' }]));
  else if (kind < 4 && text.length > 0) text.delete(Math.min(at, text.length - 1), 1);
  else text.insert(kind < 8 ? text.length : at, 'x'.repeat(1 + dice.roll(2)));
}

describe('updates that were accepted one after another', () => {
  test(`[SAVE-4] make one that holds what Yjs would make of them (seed ${SEED})`, () => {
    const dice = new Dice(SEED);
    const block = new KeptBlock();
    const pages = [3, 900, 70_000, 2 ** 31].map((client) => {
      const doc = new Y.Doc();
      doc.clientID = client;
      return doc;
    });
    let whole = new Uint8Array([0, 0]);
    for (let round = 0; round < ROUNDS; round++) {
      const sent: Uint8Array[] = [];
      for (const doc of pages) {
        const note = (update: Uint8Array) => sent.push(update);
        doc.on('update', note);
        for (let times = dice.roll(4); times > 0; times--) edit(doc, dice);
        doc.off('update', note);
      }
      const accepted: InspectedUpdate[] = [];
      for (const update of sent) {
        const inspection = block.receive(update);
        if (inspection.kind !== 'news') continue;
        const { bytes, ranges: clients, deletions } = inspection.news;
        accepted.push({ bytes, clients, deletions });
      }
      for (const update of sent) for (const doc of pages) Y.applyUpdate(doc, update);
      if (accepted.length === 0) continue;
      const merged = mergeInspected(accepted);
      const expected = Y.mergeUpdates(accepted.map(({ bytes }) => bytes));
      const one = exactDoc(false, whole, merged);
      expect(one.store.pendingStructs, `round ${round}`).toBeNull();
      expect(replicaState(one), `round ${round}`).toEqual(replicaState(exactDoc(false, whole, expected)));
      whole = Y.encodeStateAsUpdate(exactDoc(false, whole, expected)) as Uint8Array<ArrayBuffer>;
    }
    expect(replicaState(exactDoc(true, whole))).toEqual(replicaState(exactDoc(true, block.whole())));
  });

  test('letters of several writers are put together as they are', () => {
    const block = new KeptBlock();
    const accepted: InspectedUpdate[] = [];
    for (const client of [5, 8]) {
      const doc = new Y.Doc();
      doc.clientID = client;
      doc.on('update', (update: Uint8Array) => {
        const inspection = block.receive(update);
        if (inspection.kind !== 'news') throw new Error(inspection.kind);
        const { bytes, ranges: clients, deletions } = inspection.news;
        accepted.push({ bytes, clients, deletions });
      });
      for (const letter of 'typed') doc.getText('field/aims').insert(0, letter);
      doc.getText('field/aims').delete(0, 2);
    }
    const { structs, ds } = Y.decodeUpdate(mergeInspected(accepted));
    expect(structs.map(({ id }) => [id.client, id.clock])).toEqual(
      [8, 5].flatMap((client) => [0, 1, 2, 3, 4].map((clock) => [client, clock])),
    );
    expect([...ds.clients.keys()].sort()).toEqual([5, 8]);
  });
});
