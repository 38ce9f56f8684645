import { describe, expect, it, vi } from 'vitest';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all, pass } = stage;

describe('what the page says of a block', () => {
  it('[SAVE-2] says saving until the server has acknowledged, then saved', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    expect(ada.view('one').save).toEqual({ kind: 'opening' });
    await all();
    expect(ada.view('one')).toMatchObject({ live: true, access: 'write', save: { kind: 'saved' } });
    stage.network.holdsSaved = true;
    ada.type('one', 'Hello');
    expect(ada.view('one').save).toEqual({ kind: 'saving', waiting: 1 });
    ada.type('one', ' there');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'saving', waiting: 2 });
    expect(stage.onServer('one')).toBe('Hello there');
    stage.network.holdsSaved = false;
    ada.type('one', '.');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'saved' });
  });

  it('[SAVE-2] takes an acknowledgement of some for some', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.holdsSaved = true;
    ada.type('one', 'a');
    ada.type('one', 'b');
    ada.type('one', 'c');
    await all();
    const [socket] = stage.network.sockets;
    const [channel] = socket?.channels.keys() ?? [];
    if (!socket || channel === undefined) throw new Error('not connected');
    // The first write was the answer to the server's question for everything.
    stage.network.say(socket, { t: 'saved', channel, n: 3 });
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'saving', waiting: 1 });
  });

  it('[SAVE-2] says on this device, with the number of changes, while there is no server', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'a');
    // The device has been asked, and has not answered.
    expect(ada.view('one').save).toEqual({ kind: 'saving', waiting: 1 });
    await all();
    ada.type('one', 'b');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 2 });
    expect(ada.engine.unsafe).toBe(false);
    stage.network.up = true;
    await pass(1_000);
    expect(ada.view('one')).toMatchObject({ live: true, save: { kind: 'saved' } });
  });

  it('[SAVE-2] says that only this page has it where the device keeps nothing', async () => {
    const ada = page('ada', { keeps: false });
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'a');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'only-here', waiting: 1 });
    expect(ada.engine.unsafe).toBe(true);
    stage.network.up = true;
    await pass(1_000);
    expect(ada.view('one').save).toEqual({ kind: 'saved' });
    expect(ada.engine.unsafe).toBe(false);
  });
});

describe('a device that is full', () => {
  it('[SAVE-2] is said to hold nothing until it took what it was asked again to keep', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    ada.type('one', 'a');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'only-here', waiting: 1 });
    expect(ada.engine.unsafe).toBe(true);
    full.mockRestore();
    await pass(6_000);
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    expect(ada.engine.unsafe).toBe(false);
  });
});

describe('closing the laptop', () => {
  it('[SAVE-3] keeps what was typed offline in three blocks over a reload, and sends it once', async () => {
    const first = page('ada');
    for (const block of ['one', 'two', 'three']) first.engine.holdBlock(block);
    await all();
    first.type('one', 'Before. ');
    await all();
    stage.network.cut();
    for (const block of ['one', 'two', 'three']) first.type(block, `Offline in ${block}.`);
    await all();
    first.engine.stop();
    await all();

    const second = page('ada');
    const release = second.engine.holdBlock('one');
    await all();
    expect(second.text('one')).toBe('Before. Offline in one.');
    expect(second.view('one')).toMatchObject({ access: 'write', save: { kind: 'on-device', waiting: 1 } });
    // Those that nobody looks at are known to wait, too.
    expect(second.view('two').save).toEqual({ kind: 'on-device', waiting: 1 });
    second.type('one', ' And more.');
    await all();
    expect(second.view('one').save).toEqual({ kind: 'on-device', waiting: 2 });
    release();

    stage.network.up = true;
    await pass(30_000);
    const other = page('ben');
    for (const block of ['one', 'two', 'three']) other.engine.holdBlock(block);
    await all();
    expect(other.text('one')).toBe('Before. Offline in one. And more.');
    expect(other.text('two')).toBe('Offline in two.');
    expect(other.text('three')).toBe('Offline in three.');
    expect(second.view('two').save.kind).not.toBe('on-device');
    await pass(1_000);
    for (let passed = 0; passed < 35; passed += 5) {
      stage.network.sayToAll({ t: 'alive' });
      await pass(5_000);
    }
    expect(second.view('two').replica).toBeNull();
    expect([...((await second.stores[0]?.waiting()) ?? [])]).toEqual([]);
  });

  it('[SAVE-3] does nothing twice when an acknowledgement was lost', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.holdsSaved = true;
    ada.type('one', 'Once.');
    await all();
    stage.network.cut();
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    stage.network.holdsSaved = false;
    stage.network.up = true;
    await pass(1_000);
    expect(ada.view('one').save).toEqual({ kind: 'saved' });
    expect(stage.onServer('one')).toBe('Once.');
    expect(ada.text('one')).toBe('Once.');
  });

  it('[SAVE-3] hands words to the other tab, which sends them when the first is gone', async () => {
    // The first tab's own device store never gets to write.
    const first = page('ada', { keeps: false });
    const second = page('ada');
    first.engine.holdBlock('one');
    second.engine.holdBlock('one');
    await all();
    stage.network.cut();
    first.type('one', 'Typed and closed.');
    stage.network.tellTabs();
    first.engine.stop();
    await all();
    expect(second.text('one')).toBe('Typed and closed.');
    expect(second.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    stage.network.up = true;
    await pass(1_000);
    expect(second.view('one').save).toEqual({ kind: 'saved' });
    expect(stage.onServer('one')).toBe('Typed and closed.');
  });

  it('[SAVE-3] hands words to a tab that does not have the block open', async () => {
    const first = page('ada', { keeps: false });
    const second = page('ada');
    first.engine.holdBlock('one');
    await all();
    stage.network.cut();
    first.type('one', 'Typed and closed.');
    stage.network.tellTabs();
    first.engine.stop();
    stage.network.up = true;
    await pass(1_000);
    expect(stage.onServer('one')).toBe('');
    await pass(6_000);
    expect(stage.onServer('one')).toBe('Typed and closed.');
    expect(second.view('one').save.kind).not.toBe('on-device');
  });

  it('[SAVE-3] sends words of the other tab that build on what came here later', async () => {
    const first = page('ada', { keeps: false });
    const second = page('ada');
    const ben = page('ben');
    for (const each of [first, second, ben]) each.engine.holdBlock('one');
    await all();
    const [toFirst, toSecond] = stage.network.sockets;
    if (!toFirst || !toSecond) throw new Error('not connected');
    ben.type('one', 'Question? ');
    for (const socket of stage.network.sockets) {
      while (socket.toServer.length > 0) stage.network.serve(socket);
    }
    // The first tab has it, the second not yet.
    while (toFirst.toPage.length > 0) stage.network.deliver(toFirst);
    first.type('one', 'Answer.');
    toFirst.toServer.length = 0;
    first.paint();
    stage.network.tellTabs();
    first.engine.stop();
    expect(second.text('one')).toBe('');
    expect(second.view('one').save).toEqual({ kind: 'saving', waiting: 1 });
    await all();
    expect(second.text('one')).toBe('Question? Answer.');
    expect(stage.onServer('one')).toBe('Question? Answer.');
    expect(second.view('one').save).toEqual({ kind: 'saved' });
  });

  it('[SAVE-2] counts what either tab typed once, and both hear that it is saved', async () => {
    const first = page('ada');
    const second = page('ada');
    first.engine.holdBlock('one');
    second.engine.holdBlock('one');
    await all();
    stage.network.cut();
    first.type('one', 'a');
    second.type('one', 'b');
    await all();
    expect(first.view('one').save).toEqual({ kind: 'on-device', waiting: 2 });
    expect(second.view('one').save).toEqual({ kind: 'on-device', waiting: 2 });
    stage.network.up = true;
    await pass(1_000);
    expect(first.view('one').save).toEqual({ kind: 'saved' });
    expect(second.view('one').save).toEqual({ kind: 'saved' });
    await pass(1_000);
    expect([...((await second.stores[0]?.waiting()) ?? [])]).toEqual([]);
    expect(first.text('one')).toBe(second.text('one'));
    expect(first.text('one')).toHaveLength(2);
  });
});
