import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { foldParts } from '../../server/collaboration/block-folding.ts';
import {
  LARGE_BLOCK_BYTES,
  MAX_TAKEN_AT_ONCE,
  MERGED_AT_ONCE_BYTES,
  SMALL_UPDATE_BYTES,
} from '../../server/collaboration/bounds.ts';
import { RoomText } from '../../server/collaboration/room-text.ts';
import { Shelf, type Shelved } from '../../server/collaboration/shelf.ts';
import { joinSmall } from '../../server/collaboration/small-updates.ts';
import { readStoredText } from '../../server/collaboration/stored-text.ts';
import type { LogRow, StoredBlock } from '../../server/ports/block-store.ts';
import { Dice } from '../support/dice.ts';
import { replicaState, Scene, type StockPeer, syncMessage } from '../support/wire.ts';

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
    expect(first?.kind).toBe(2);
    expect(first?.size).toBeGreaterThan(LARGE_BLOCK_BYTES);
    // Whoever has the answer has everything.
    expect(rest.map(({ kind }) => kind)).toEqual([1]);
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
    expect(sentTo(ben).map(({ kind }) => kind)).toEqual([2, 1]);
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
    expect(sentTo(ben).map(({ kind }) => kind)).toContain(1);
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

/** Has room for nothing: what it is asked to keep is let go of as soon as others have their turn. */
class FullShelf extends Shelf {
  override touch(item: Shelved): void {
    queueMicrotask(() => item.letGo());
  }
}

test('[SAVE-4] a large block that is let go of while it is read is answered whole all the same', async () => {
  const doc = new Y.Doc();
  aims(doc).insert(0, 'x'.repeat(LARGE_BLOCK_BYTES + 1));
  const { state, survey } = foldParts([Y.encodeStateAsUpdate(doc)]);
  const told = { authorId: 'ann', onBehalfOf: null, serverTime: 0, deviceTime: null, clients: [] };
  const tail: LogRow[] = [];
  doc.on('update', (bytes: Uint8Array) =>
    tail.push({ ...told, blockId: 'a', lineage: 'l', seq: 2 + tail.length, bytes }),
  );
  aims(doc).insert(0, 'Since then. ');
  const block: StoredBlock = { blockId: 'a', lineage: 'l', snapshot: { seq: 1, bytes: state, survey }, tail };
  const parts = { blocks: { load: async () => block }, shelf: new FullShelf(0), folder: memoryFolder() };
  const stored = await readStoredText(block, parts.folder);
  const text = new RoomText(parts as never, block, stored, new Map(), { becameReady() {} } as never);
  await Promise.resolve();
  const nothing = Y.encodeStateVector(new Y.Doc());
  const joiner = new Y.Doc();
  for (const update of await text.read(nothing, new Map(), true)) Y.applyUpdate(joiner, update);
  expect(replicaState(joiner)).toEqual(replicaState(doc));
});

test('[INPUT-1] a frame that ends its room part of the way leaves nothing of it among what waits', async () => {
  const scene = await Scene.create('a', 'b');
  const page = scene.page('ann');
  page.open(1, 'block/a');
  await scene.run();
  const large = new Y.Doc();
  aims(large).insert(0, 'x'.repeat(MAX_TAKEN_AT_ONCE));
  const update = syncMessage((encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(large)));
  const broken = syncMessage((encoder) => writeUpdate(encoder, Uint8Array.of(1, 1)));
  // Of what waits, a socket may have eight MiB.
  for (let times = 0; times < 9; times++) {
    const channel = 10 + times;
    page.open(channel, 'block/a');
    await scene.run();
    page.say(channel, Buffer.concat([broken, ...Array(5).fill(update)]));
    await scene.run();
    expect(page.told('closed').map((end) => [end.channel, end.reason])).toContainEqual([
      channel,
      'bad-message',
    ]);
  }
  page.open(2, 'block/b');
  page.say(2, Buffer.concat(Array(5).fill(update)));
  await scene.run();
  expect(page.told('closed').filter(({ channel }) => channel === 2)).toEqual([]);
  expect(page.told('denied')).toEqual([]);
  await scene.close();
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
