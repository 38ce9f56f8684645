import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { UNLOAD_AFTER_MS } from '../../server/collaboration/bounds.ts';
import { StoreWriteError } from '../../server/ports/block-store.ts';
import { Scene } from '../support/wire.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');

describe('an edit on its way', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create('a', 'b');
  });
  afterEach(() => scene.close());

  test('[SAVE-1] nobody sees it, and its writer is not told that it is saved, before it is on disk', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    scene.store.shut();
    aims(mine).insert(0, 'Lesson study');
    await scene.run();
    expect(scene.store.asked).toHaveLength(1);
    expect(aims(ben.doc).toString()).toBe('');
    expect(ann.told('saved').at(-1)?.n ?? 0).toBeLessThan(2);
    const before = ann.told('saved').length;
    scene.store.release();
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('Lesson study');
    expect(ann.told('saved').slice(before)).toEqual([{ t: 'saved', channel: 1, n: 2 }]);
  });

  test('[SAVE-1] somebody who joins meanwhile waits for it rather than seeing it early', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    scene.store.shut();
    aims(ann.doc).insert(0, 'One');
    await scene.run();
    const ben = scene.stock('ben', 'a');
    await scene.run();
    aims(ann.doc).insert(3, ' two');
    await scene.run();
    const cem = scene.stock('cem', 'a');
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('');
    expect(aims(cem.doc).toString()).toBe('');
    scene.store.releaseOne();
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('One');
    expect(aims(cem.doc).toString()).toBe('');
    scene.store.release();
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('One two');
    expect(aims(cem.doc).toString()).toBe('One two');
  });

  test('[SAVE-1] when it cannot be written, nobody saw it and its writer has to send it again', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    const saved = ann.told('saved').length;
    scene.store.failure = new StoreWriteError('no space left');
    aims(mine).insert(0, 'Draft');
    await scene.run();
    expect(ann.told('saved')).toHaveLength(saved);
    expect(ann.told('closed')).toEqual([{ t: 'closed', channel: 1, reason: 'store-failed' }]);
    expect(ben.socket.closed).toEqual({ code: 4503, reason: 'store-failed' });
    expect(aims(ben.doc).toString()).toBe('');

    scene.store.failure = null;
    const again = scene.page('ann');
    again.open(1, 'block/a', mine);
    const benAgain = scene.stock('ben', 'a', { doc: ben.doc });
    await scene.run();
    expect(again.told('saved')).toEqual([{ t: 'saved', channel: 1, n: 1 }]);
    expect(aims(benAgain.doc).toString()).toBe('Draft');
  });

  test('[ERASE-1] a room that fails to save while it waits to be replaced leaves no other open beside the new text', async () => {
    const { rooms } = scene.desk;
    const room = await rooms.enter('a');
    let ben: ReturnType<Scene['stock']> | null = null;
    Object.defineProperty(room, 'isQuiet', { get: () => false });
    Object.defineProperty(room, 'settled', {
      value: async () => {
        if (ben) return;
        room.drop('store-failed');
        ben = scene.stock('ben', 'a');
        await scene.run();
      },
    });
    await rooms.replace('a', async () => {});
    await scene.run();
    expect((ben as ReturnType<Scene['stock']> | null)?.socket.closed?.reason).toBe('lineage');
    expect(rooms.size).toBe(1);
  });

  test('[SAVE-1] a block that cannot be written does not take another with it', async () => {
    const ann = scene.stock('ann', 'a');
    const ben = scene.stock('ben', 'b');
    const cem = scene.stock('cem', 'b');
    await scene.run();
    scene.store.failingBlock = { blockId: 'a', error: new StoreWriteError('refused') };
    aims(ann.doc).insert(0, 'x');
    aims(ben.doc).insert(0, 'y');
    await scene.run();
    expect(ann.socket.closed?.reason).toBe('store-failed');
    expect(ben.socket.closed).toBeNull();
    expect(aims(cem.doc).toString()).toBe('y');
  });

  test('[SAVE-1] what all rooms accepted in one turn is one transaction, and the next one collects meanwhile', async () => {
    const ann = scene.stock('ann', 'a');
    const ben = scene.stock('ben', 'b');
    await scene.run();
    scene.store.shut();
    aims(ann.doc).insert(0, '1');
    aims(ben.doc).insert(0, '2');
    await scene.run();
    aims(ann.doc).insert(1, '3');
    aims(ben.doc).insert(1, '4');
    await scene.run();
    expect(scene.store.asked.map((rows) => rows.map((row) => row.blockId))).toEqual([['a', 'b']]);
    scene.store.release();
    await scene.run();
    expect(scene.store.asked.map((rows) => rows.map((row) => row.blockId))).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(aims((await readBlock(scene.store, 'a'))?.doc as Y.Doc).toString()).toBe('13');
  });

  test('[SAVE-3] what the room has already is acknowledged at once, and not stored a second time', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    await scene.run();
    aims(mine).insert(0, 'Once');
    await scene.run();
    ann.cut();
    const again = scene.page('ann');
    again.open(1, 'block/a', mine);
    await scene.run();
    expect(again.told('saved')).toEqual([{ t: 'saved', channel: 1, n: 1 }]);
    expect((await scene.store.rowsAfter('a', 0, 10)).length).toBe(1);
  });

  test('[SAVE-1] what is repeated while it is not on disk yet is not acknowledged either', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    await scene.run();
    scene.store.shut();
    aims(mine).insert(0, 'Once');
    await scene.run();
    const tab = scene.page('ann');
    tab.open(1, 'block/a', mine);
    await scene.run();
    expect(tab.told('saved')).toEqual([]);
    scene.store.release();
    await scene.run();
    expect(tab.told('saved')).toEqual([{ t: 'saved', channel: 1, n: 1 }]);
  });

  test('[SAVE-3] an update that builds on a lost one is asked for, not acknowledged, and nobody is punished', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    await scene.run();
    aims(mine).insert(0, 'lost ');
    ann.outgoing.pop();
    aims(mine).insert(5, 'found');
    ann.up();
    await scene.step();
    expect(ann.told('saved').at(-1)?.n).toBe(1);
    expect(scene.store.asked).toHaveLength(0);
    await scene.run();
    // The second write was the gap, the third the whole state that was asked for.
    expect(ann.told('saved').at(-1)?.n).toBe(3);
    expect(ann.told('closed')).toEqual([]);
    expect(aims((await readBlock(scene.store, 'a'))?.doc as Y.Doc).toString()).toBe('lost found');
  });

  test('[SAVE-2] what comes after a lost write is not called saved, although it is on disk', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    aims(ben.doc).insert(0, 'yours');
    await scene.run();
    aims(mine).insert(0, 'lost ');
    ann.outgoing.pop();
    aims(mine).insert(5, 'found ');
    aims(mine).delete(11, 2);
    ann.up();
    await scene.step();
    await scene.step();
    ann.outgoing.length = 0;
    ben.down();
    expect(aims(ben.doc).toString()).toBe('urs');
    ann.down();
    expect(ann.told('saved').at(-1)?.n).toBe(1);
    await scene.run();
    expect(ann.told('saved').at(-1)?.n).toBe(4);
    expect(aims(ben.doc).toString()).toBe('lost found urs');
  });

  test('[SAVE-1] a room that was left is folded and forgotten, and comes back whole', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    for (let i = 0; i < 250; i++) {
      aims(ann.doc).insert(i, 'x');
      ann.up();
      await scene.step();
    }
    await scene.run();
    const folded = await scene.store.load('a');
    expect(folded?.snapshot?.seq).toBeGreaterThanOrEqual(200);
    expect(folded?.tail.length).toBeLessThan(60);
    ann.cut();
    expect(scene.desk.rooms.size).toBe(1);
    scene.clock.advance(UNLOAD_AFTER_MS);
    await scene.settle();
    expect(scene.desk.rooms.size).toBe(0);
    const ben = scene.stock('ben', 'a');
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('x'.repeat(250));
    expect((await scene.store.load('a'))?.tail).toEqual([]);
  });

  test('[SAVE-3] somebody who comes back while the room would unload finds it, and what was on its way', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    scene.store.shut();
    aims(ann.doc).insert(0, 'late');
    ann.up();
    await scene.step();
    ann.cut();
    scene.clock.advance(UNLOAD_AFTER_MS);
    expect(scene.desk.rooms.size).toBe(1);
    const ben = scene.stock('ben', 'a');
    await scene.run();
    scene.store.release();
    await scene.run();
    scene.clock.advance(UNLOAD_AFTER_MS);
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('late');
    expect(scene.desk.rooms.size).toBe(1);
  });

  test('[SAVE-3] a block that cannot be read is an error to everybody who joins, never an empty text', async () => {
    scene.store.loadFailure = new Error('unreadable');
    const ann = scene.page('ann');
    ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    expect(ann.told('denied')).toEqual([{ t: 'denied', channel: 1, reason: 'load-failed' }]);
    expect(ann.told('opened')).toEqual([]);
    expect(ben.socket.closed).toEqual({ code: 4503, reason: 'load-failed' });
    scene.store.loadFailure = null;
    const soon = scene.stock('ben', 'a');
    await scene.run();
    expect(soon.socket.closed?.reason).toBe('load-failed');
    scene.clock.advance(2_000);
    const later = scene.stock('ben', 'a');
    await scene.run();
    expect(later.socket.closed).toBeNull();
  });
});
