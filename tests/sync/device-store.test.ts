import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Clock } from '../../client/sync/clock.ts';
import { wordsWaiting } from '../../client/sync/device-cache.ts';
import { DeviceCopy } from '../../client/sync/device-copy.ts';
import { DeviceStore } from '../../client/sync/device-store.ts';

let stores: DeviceStore[];
let ids: number;

/** Fires by hand what was asked for later. */
class HandClock implements Clock {
  readonly later = new Set<() => void>();
  now = () => 1_000;
  random = () => 0.5;
  afterPaint = queueMicrotask;
  after = (_: number, run: () => void) => {
    this.later.add(run);
    return () => this.later.delete(run);
  };
  pass(): void {
    for (const run of [...this.later]) {
      this.later.delete(run);
      run();
    }
  }
}

beforeEach(() => {
  stores = [];
  ids = 0;
});

afterEach(async () => {
  for (const store of stores) await store.close();
  indexedDB.deleteDatabase('casebook/ada');
});

function store(): DeviceStore {
  const made = new DeviceStore('ada', new HandClock());
  stores.push(made);
  return made;
}

/** A doc whose typing is kept on the device, as a tab does it. */
function tab(in_: DeviceStore, doc = new Y.Doc()) {
  const clock = new HandClock();
  const newId = () => `id-${++ids}`;
  const copy = new DeviceCopy(in_, 'one', doc, clock, newId);
  return { doc, copy, clock, newId, text: doc.getText('field/story') };
}

/** Types a letter as an acknowledged change of somebody else. */
function receive(to: ReturnType<typeof tab>, letter: string): void {
  const before = Y.encodeStateVector(to.doc);
  to.text.insert(to.text.length, letter);
  to.copy.received(Y.encodeStateAsUpdate(to.doc, before));
}

async function loaded(from: DeviceStore): Promise<string> {
  const fresh = tab(from);
  await fresh.copy.load();
  return fresh.text.toString();
}

it('[DEVICE-1] a device that cannot be read is not taken for one on which nothing waits', async () => {
  const device = store();
  await device.changeRows(
    [{ id: 'row', blockId: 'one', lineage: 'first', bytes: new Uint8Array([0, 0]), waiting: 1 }],
    [],
  );
  expect(await device.unsent()).toBe(1);
  await device.close();
  expect(await device.unsent()).toBeNull();
});

describe('a device that is known to hold nothing yet', () => {
  const emptyStore = () => {
    const made = new DeviceStore('ada', new HandClock(), () => {}, Promise.resolve(false));
    stores.push(made);
    return made;
  };

  it('[SAVE-3] says so before its database is made, and keeps what is then typed', async () => {
    const device = emptyStore();
    expect(await device.load('one')).toEqual({ replica: null, updates: [], orphans: [] });
    expect(device.state.get()).toBe('opening');
    const { doc, copy, text } = tab(device);
    await copy.complete('first', 'write');
    text.insert(0, 'kept');
    await copy.keep([{ id: 'row', bytes: Y.encodeStateAsUpdate(doc) }]);
    expect((await device.load('one')).updates.map(({ id }) => id)).toEqual(['row']);
  });

  it('[SAVE-3] is asked again as soon as something is on its way to it', async () => {
    const device = emptyStore();
    const row = {
      id: 'row',
      blockId: 'one',
      lineage: 'first',
      bytes: new Uint8Array([0, 0]),
      waiting: 1,
    } as const;
    const given = device.changeRows([row], []);
    const { orphans } = await device.load('one');
    expect(orphans.map(({ id }) => id)).toEqual(['row']);
    expect(await given).toBe(true);
  });
});

describe('the copy of a block on the device', () => {
  it('is folded after many rows, and says the same before and after', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    for (let number = 0; number < 450; number++) {
      receive(one, String(number % 10));
      one.clock.pass();
      if (number % 50 === 0) await kept.settled();
    }
    await kept.settled();
    const { updates } = await kept.load('one');
    expect(updates.length).toBeLessThan(200);
    expect(await loaded(kept)).toBe(one.text.toString());
  });

  it('loses nothing when two tabs fold at once', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    const two = tab(store());
    await two.copy.load();
    for (let number = 0; number < 210; number++) {
      receive(one, 'a');
      receive(two, 'b');
      one.clock.pass();
      two.clock.pass();
    }
    for (const each of stores) await each.settled();
    for (const each of stores) await each.settled();
    const text = await loaded(kept);
    expect([...text].sort().join('')).toBe('a'.repeat(210) + 'b'.repeat(210));
    expect((await kept.load('one')).updates.length).toBeLessThan(210);
  });

  it('[SAVE-3] holds what an unsent change builds on as soon as it holds the change', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    receive(one, 'theirs ');
    const before = Y.encodeStateVector(one.doc);
    one.text.insert(7, 'mine');
    expect(await one.copy.keep([{ id: 'c', bytes: Y.encodeStateAsUpdate(one.doc, before) }])).toBe(true);
    // Without any time having passed.
    expect(await loaded(kept)).toBe('theirs mine');
    expect([...(await kept.waiting())]).toEqual([['one', 1]]);
  });

  it('[SAVE-6] tells the words that wait in the order of typing, to be copied where they cannot be sent', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    const changes = ['c', 'b', 'a'].map((id, at) => {
      const before = Y.encodeStateVector(one.doc);
      one.text.insert(at, 'now'.charAt(at));
      return { id, bytes: Y.encodeStateAsUpdate(one.doc, before) };
    });
    expect(await one.copy.keep(changes)).toBe(true);
    expect(await wordsWaiting('ada')).toBe('now');
  });

  it('gets the whole once it takes something again, after it took nothing for a while', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    const earlier = { id: 'earlier', bytes: Uint8Array.of(0, 0) };
    await one.copy.keep([earlier]);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    receive(one, 'a');
    one.clock.pass();
    await kept.settled();
    const before = Y.encodeStateVector(one.doc);
    one.text.insert(1, 'b');
    const change = { id: 'c', bytes: Y.encodeStateAsUpdate(one.doc, before) };
    expect(await one.copy.keep([change])).toBe(false);
    one.copy.acknowledged([earlier]);
    one.clock.pass();
    await kept.settled();
    full.mockRestore();
    expect([...(await kept.waiting())]).toEqual([['one', 1]]);
    expect(await loaded(kept)).toBe('');
    expect(await one.copy.keep([change])).toBe(true);
    await kept.settled();
    expect(await loaded(kept)).toBe('ab');
    expect((await kept.load('one')).updates.map(({ id }) => id)).not.toContain('earlier');
  });

  it('writes nothing more once it has ended', async () => {
    const kept = store();
    const one = tab(kept);
    await one.copy.complete('first', 'write');
    receive(one, 'a');
    one.copy.end();
    await kept.endCopy('one', null, []);
    receive(one, 'b');
    one.clock.pass();
    await kept.settled();
    expect(await kept.load('one')).toEqual({ replica: null, updates: [], orphans: [] });
  });
});

describe('a device that keeps nothing', () => {
  it('[SAVE-2] says so, and answers everything', async () => {
    const real = globalThis.indexedDB;
    // As in a private window of some browsers.
    Reflect.set(globalThis, 'indexedDB', undefined);
    const none = store();
    await none.settled();
    Reflect.set(globalThis, 'indexedDB', real);
    expect(none.state.get()).toBe('gone');
    expect(await none.changeRows([], ['x'])).toBe(false);
    expect(await none.openedBy('one', 'first', 'write', new Uint8Array())).toBeNull();
    expect(await none.load('one')).toEqual({ replica: null, updates: [], orphans: [] });
    expect(await none.kept()).toEqual([]);
    expect(await none.cached('x')).toBeUndefined();
  });

  it('is taken for one when its database does not open in time', async () => {
    const blocker = indexedDB.open('casebook/ada', 99);
    await new Promise((resolve) => {
      blocker.onsuccess = resolve;
    });
    const opened = store();
    await opened.settled();
    blocker.result.close();
    expect(opened.state.get()).toBe('gone');
  });
});
