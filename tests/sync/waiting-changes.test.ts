import { describe, expect, it } from 'vitest';
import { leastSafe, watchCaseSave } from '../../client/sync/case-save.ts';
import type { BlockView, SaveState } from '../../client/sync/replica.ts';
import { saveState, WaitingChanges } from '../../client/sync/waiting-changes.ts';
import { part, Value } from '../../client/sync/watched.ts';
import { splitMessages, syncWriteOf } from '../../client/sync/wire-messages.ts';

const change = (id: string) => ({ id, bytes: Uint8Array.of(0, 0) });
const ids = (changes: readonly { id: string }[]) => changes.map(({ id }) => id);

describe('[SAVE-2] waiting changes', () => {
  it('are acknowledged by the write that carried them, and by later ones', () => {
    const waiting = new WaitingChanges();
    waiting.add(change('a'), true);
    waiting.add(change('b'), true);
    waiting.channelOpened();
    waiting.wrote('b', 1);
    waiting.wroteEverything(2);
    waiting.add(change('c'), true);
    waiting.wrote('c', 3);
    expect(ids(waiting.saved(1))).toEqual(['b']);
    expect(ids(waiting.saved(2))).toEqual(['a']);
    expect(waiting.count).toBe(1);
    expect(ids(waiting.saved(3))).toEqual(['c']);
  });

  it('are not acknowledged by a count that belongs to an earlier channel', () => {
    const waiting = new WaitingChanges();
    waiting.add(change('a'), true);
    waiting.wrote('a', 1);
    waiting.channelOpened();
    expect(waiting.saved(5)).toEqual([]);
    expect(waiting.count).toBe(1);
  });

  it('count what the device does not hold, however they go', () => {
    const waiting = new WaitingChanges();
    for (const id of ['a', 'b', 'c']) waiting.add(change(id), false);
    waiting.add(change('a'), false);
    expect([waiting.count, waiting.unkept]).toEqual([3, 3]);
    waiting.kept(['a', 'a', 'unknown']);
    expect(ids(waiting.notKept())).toEqual(['b', 'c']);
    expect(ids(waiting.settle(['a', 'b', 'unknown']))).toEqual(['a', 'b']);
    expect([waiting.count, waiting.unkept]).toEqual([1, 1]);
  });
});

describe('[SAVE-2] what may be said', () => {
  const facts = { loaded: true, live: true, waiting: 0, unkept: 0, keeping: false };
  it.each<[string, Partial<typeof facts>, SaveState]>([
    ['nothing is there yet', { loaded: false, live: false }, { kind: 'opening' }],
    ['nothing waits', {}, { kind: 'saved' }],
    ['nothing waits, offline', { live: false }, { kind: 'saved' }],
    ['sent', { waiting: 2, unkept: 2 }, { kind: 'saving', waiting: 2 }],
    ['offline, all on the device', { live: false, waiting: 2 }, { kind: 'on-device', waiting: 2 }],
    [
      'offline, one on its way to the device',
      { live: false, waiting: 2, unkept: 1, keeping: true },
      { kind: 'saving', waiting: 2 },
    ],
    [
      'offline, one that the device did not take',
      { live: false, waiting: 2, unkept: 1 },
      { kind: 'only-here', waiting: 2 },
    ],
  ])('%s', (_, given, said) => {
    expect(saveState({ ...facts, ...given })).toEqual(said);
  });

  it('of several blocks is what holds for the least safe', () => {
    expect(leastSafe([])).toEqual({ kind: 'opening' });
    expect(leastSafe([{ kind: 'opening' }, { kind: 'saved' }])).toEqual({ kind: 'saved' });
    expect(
      leastSafe([{ kind: 'saving', waiting: 1 }, { kind: 'on-device', waiting: 2 }, { kind: 'saved' }]),
    ).toEqual({
      kind: 'on-device',
      waiting: 3,
    });
  });

  it('of a case is the same object until something changes', () => {
    const view = (save: SaveState): BlockView => ({
      replica: null,
      access: 'write',
      live: true,
      refusal: null,
      save,
    });
    const blocks = { one: new Value(view({ kind: 'saved' })), two: new Value(view({ kind: 'saved' })) };
    const watched = watchCaseSave({ block: (id) => blocks[id as 'one' | 'two'] }, ['one', 'two']);
    let told = 0;
    const end = watched.watch(() => told++);
    const before = watched.get();
    blocks.one.set({ ...blocks.one.get(), live: false });
    expect(watched.get()).toBe(before);
    blocks.two.set(view({ kind: 'saving', waiting: 1 }));
    expect(watched.get()).toEqual({
      state: { kind: 'saving', waiting: 1 },
      byBlock: { one: { kind: 'saved' }, two: { kind: 'saving', waiting: 1 } },
    });
    expect(told).toBe(2);
    end();
    blocks.one.set(view({ kind: 'opening' }));
    expect(told).toBe(2);
  });

  it('of a part of a value is the same object until that part changes', () => {
    const whole = new Value({ name: 'a', other: 1 });
    const name = part(
      whole,
      (value) => ({ name: value.name }),
      (one, other) => one.name === other.name,
    );
    const before = name.get();
    whole.set({ name: 'a', other: 2 });
    expect(name.get()).toBe(before);
    whole.set({ name: 'b', other: 2 });
    expect(name.get()).toEqual({ name: 'b' });
  });
});

describe('messages of the wire', () => {
  it('are cut apart where a frame holds several', () => {
    const payload = Uint8Array.of(0, 0, 1, 0, 1, 1, 0, 0, 2, 2, 0, 0, 3, 2, 0, 1, 120);
    expect(splitMessages(payload).map((message) => [...message])).toEqual([
      [0, 0, 1, 0],
      [1, 1, 0],
      [0, 2, 2, 0, 0],
      [3],
      [2, 0, 1, 120],
    ]);
    expect(splitMessages(new Uint8Array())).toEqual([]);
  });

  it('that make no sense are an error, not a silence', () => {
    expect(() => splitMessages(Uint8Array.of(9, 9))).toThrow('kind 9');
    expect(() => splitMessages(Uint8Array.of(0, 2, 200))).toThrow();
  });

  it('count as a write only with content', () => {
    expect([0, 1, 2].map((step) => syncWriteOf(Uint8Array.of(0, step, 0)))).toEqual([
      null,
      'everything',
      'update',
    ]);
    expect(syncWriteOf(Uint8Array.of(1, 1, 0))).toBeNull();
  });
});
