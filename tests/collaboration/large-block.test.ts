import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  LARGE_BLOCK_BYTES,
  MERGED_AT_ONCE_BYTES,
  SMALL_UPDATE_BYTES,
} from '../../server/collaboration/bounds.ts';
import { joinSmall } from '../../server/collaboration/small-updates.ts';
import { Dice } from '../support/dice.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');
const SEED = 20261127;

/** Sync messages that were sent, by their kind: 1 a SyncStep2, 2 an update. */
const sentTo = ({ socket }: StockPeer) =>
  socket.sent
    .filter((frame) => frame[0] === 0 && frame[1] !== 0)
    .map((frame) => ({ kind: frame[1], size: frame.length }));

describe('a block that is too large to be merged where others wait', () => {
  let scene: Scene;
  let ann: StockPeer;
  beforeEach(async () => {
    scene = await Scene.create('a');
    ann = scene.stock('ann', 'a');
    await scene.run();
    aims(ann.doc).insert(0, 'x'.repeat(LARGE_BLOCK_BYTES + 1));
    await scene.run();
    scene.desk.compaction.request('a');
    await scene.desk.compaction.idle();
  });
  afterEach(() => scene.close());

  /** Small edits, each on disk by itself. */
  async function type(words: readonly string[]): Promise<void> {
    for (const word of words) {
      aims(ann.doc).insert(0, word);
      await scene.run();
    }
    aims(ann.doc).delete(0, 1);
    await scene.run();
  }

  test('[SAVE-4] is sent as it is kept: what was folded first, then what was written since, in its order', async () => {
    scene.restart();
    ann = scene.stock('ann', 'a', { doc: ann.doc });
    await scene.run();
    await type(['one ', 'two ', 'three ']);
    const ben = scene.stock('ben', 'a');
    await scene.run();
    const [first, ...rest] = sentTo(ben);
    expect(first?.kind).toBe(1);
    expect(first?.size).toBeGreaterThan(LARGE_BLOCK_BYTES);
    expect(rest.map(({ kind }) => kind)).toEqual([2]);
    expect(replicaState(ben.doc)).toEqual(replicaState(ann.doc));
  });

  test('[SAVE-3] whoever has what was folded is sent nothing of it again', async () => {
    scene.restart();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ann.doc));
    ann = scene.stock('ann', 'a', { doc: ann.doc });
    await scene.run();
    await type(['one ', 'two ']);
    const ben = scene.stock('ben', 'a', { doc });
    await scene.run();
    expect(sentTo(ben).map(({ kind }) => kind)).toEqual([1, 2]);
    for (const { size } of sentTo(ben)) expect(size).toBeLessThan(1_000);
    expect(replicaState(ben.doc)).toEqual(replicaState(ann.doc));
  });

  test('[SAVE-1] what is written while somebody joins comes after all that they are sent, once it is on disk', async () => {
    await type(['one ']);
    scene.store.shut();
    aims(ann.doc).insert(0, 'Meanwhile ');
    await scene.run();
    const ben = scene.stock('ben', 'a');
    await scene.run();
    expect(sentTo(ben)).toEqual([]);
    aims(ann.doc).insert(0, 'and then ');
    await scene.run();
    scene.store.releaseOne();
    await scene.run();
    expect(aims(ben.doc).toString()).toMatch(/^Meanwhile ne x/);
    scene.store.release();
    await scene.run();
    expect(sentTo(ben)[0]?.kind).toBe(1);
    expect(replicaState(ben.doc)).toEqual(replicaState(ann.doc));
  });

  test('[SAVE-4] people who come and go while others write end equal', async () => {
    const dice = new Dice(SEED);
    const gone: Y.Doc[] = [];
    for (let round = 0; round < 25; round++) {
      const known = gone.length > 0 && dice.once(2) ? dice.pick(gone) : new Y.Doc();
      const ben = scene.stock('ben', 'a', { doc: known });
      // Offline words of a device that comes back.
      if (dice.once(3)) aims(known).insert(dice.roll(aims(known).length + 1), `${round} `);
      await scene.step();
      aims(ann.doc).insert(dice.roll(50), `word${round} `);
      aims(ann.doc).delete(dice.roll(40), 1 + dice.roll(5));
      await scene.run();
      expect(replicaState(ben.doc), `round ${round} of seed ${SEED}`).toEqual(replicaState(ann.doc));
      ben.cut();
      scene.peers.splice(scene.peers.indexOf(ben), 1);
      gone.push(known);
      if (dice.once(5)) {
        scene.desk.compaction.request('a');
        await scene.desk.compaction.idle();
        scene.restart();
        ann = scene.stock('ann', 'a', { doc: ann.doc });
        await scene.run();
      }
    }
  });
});

describe('small updates', () => {
  test(`[SAVE-4] are joined with their neighbours, and large ones stay as they are (seed ${SEED})`, () => {
    const dice = new Dice(SEED);
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let change = 0; change < 2_000; change++) {
      doc.clientID = 1 + dice.roll(5);
      const length = dice.once(50) ? SMALL_UPDATE_BYTES * (1 + dice.roll(3)) : 1 + dice.roll(80);
      aims(doc).insert(dice.roll(aims(doc).length + 1), 'x'.repeat(length));
      if (dice.once(4)) aims(doc).delete(dice.roll(aims(doc).length - 5), 5);
    }
    const joined = joinSmall(updates);
    expect(joined.length).toBeLessThan(updates.length / 5);
    for (const update of joined) {
      if (!updates.includes(update)) expect(update.byteLength).toBeLessThanOrEqual(2 * MERGED_AT_ONCE_BYTES);
    }
    for (const update of updates) {
      if (update.byteLength > SMALL_UPDATE_BYTES) expect(joined).toContain(update);
    }
    const [one, other] = [updates, joined].map((all) => {
      const replica = new Y.Doc();
      for (const update of all) {
        Y.applyUpdate(replica, update);
        expect(replica.store.pendingStructs).toBeNull();
      }
      return replica;
    });
    expect(replicaState(one as Y.Doc)).toEqual(replicaState(other as Y.Doc));
  });
});
