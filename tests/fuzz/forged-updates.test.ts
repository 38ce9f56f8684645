import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectUpdate } from '../../server/collaboration/update-inspector.ts';
import { Dice } from '../support/dice.ts';
import { KeptBlock } from '../support/kept-block.ts';
import { forged } from './forgery.ts';
import { editRaw } from './raw-editing.ts';

const CAMPAIGNS = 150;
const STEPS = 60;
const FIRST_SEED = 20260601;
/** Client ids of the honest; the room lets nobody else write under them. */
const HONEST = [1_000, 1_001];

/** Two honest people and a forger at one block, whose server keeps no document. */
function campaign(dice: Dice): {
  readonly taken: number;
  readonly block: KeptBlock;
  readonly docs: readonly Y.Doc[];
} {
  const block = new KeptBlock();
  const docs = HONEST.map((clientId) => {
    const doc = new Y.Doc({ gc: !dice.once(3) });
    doc.clientID = clientId;
    return doc;
  });
  const undos = docs.map((doc) => new Y.UndoManager(doc.getText('field/aims'), { captureTimeout: 0 }));
  const hear = (bytes: Uint8Array, sender?: Y.Doc) => {
    for (const doc of docs) if (doc !== sender) Y.applyUpdate(doc, bytes);
  };
  const edit = () => {
    const who = dice.roll(docs.length);
    const doc = docs[who] as Y.Doc;
    editRaw(doc, undos[who] as Y.UndoManager, dice);
    const inspection = block.receive(Y.encodeStateAsUpdate(doc, block.stateVector()));
    if (inspection.kind === 'malformed' || inspection.kind === 'gap')
      throw new Error(`honest: ${inspection.kind}`);
    if (inspection.kind === 'news') hear(inspection.news.bytes, doc);
  };
  docs[0]?.getText('field/aims').insert(0, 'hello');
  for (let i = 0; i < 10; i++) edit();
  let taken = 0;
  for (let step = 0; step < STEPS; step++) {
    const inspection = inspectUpdate(forged(block, dice), block);
    if (inspection.kind === 'news' && !inspection.news.ranges.some(({ client }) => HONEST.includes(client))) {
      block.receive(inspection.news.bytes);
      hear(inspection.news.bytes);
      taken++;
    }
    if (dice.once(3)) edit();
  }
  return { taken, block, docs };
}

describe('what is forged with care, and taken', () => {
  test(`[SAVE-4] lets everybody go on: nothing throws, nothing waits, nothing honest is refused (seeds from ${FIRST_SEED})`, () => {
    let taken = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CAMPAIGNS; seed++) {
      try {
        const ended = campaign(new Dice(seed));
        taken += ended.taken;
        const joiners = [true, false].map((gc) => {
          const doc = new Y.Doc({ gc });
          Y.applyUpdate(doc, ended.block.whole());
          return doc;
        });
        for (const { store } of [...ended.docs, ...joiners]) {
          expect([store.pendingStructs, store.pendingDs]).toEqual([null, null]);
        }
        for (const doc of joiners) expect(Y.encodeStateVector(doc)).toEqual(ended.block.stateVector());
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause });
      }
    }
    expect(taken).toBeGreaterThan(CAMPAIGNS * 20);
  });
});
