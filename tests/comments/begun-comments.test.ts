import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Begun, CommentsHere, editKey, type NewThread } from '../../client/comments/comments-here.ts';
import { keepRepliesIn } from '../../client/ui/kept-replies.ts';
import { keptShelf, Outbox, type OutboxShelf, type Waiting } from '../../client/ui/outbox.ts';

function begun(id: string, words: string): NewThread {
  return {
    ...{ id, act: `a-${id}`, blockId: 'block', target: { on: 'section' }, audience: 'team' },
    ...{ words, mentions: [] },
  };
}

/** What several tabs of a device keep together. */
class Device implements OutboxShelf<Begun> {
  kept: readonly Begun[] = [];
  fails = false;
  readonly load = async () => {
    if (this.fails) throw new Error('the device can’t be read');
    return this.kept;
  };
  readonly change = async (edit: (kept: readonly Begun[]) => readonly Begun[]) => {
    if (this.fails) throw new Error('the device is full');
    this.kept = edit(this.kept);
  };
  words(): readonly string[] {
    return this.kept.map((one) => (one.kind === 'thread' ? one.thread.words : one.draft.words));
  }
}

// a browser without locks, as over a connection that is not safe
beforeEach(() => vi.stubGlobal('navigator', {}));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  keepRepliesIn(null);
});

describe('comments that are begun', () => {
  it('[SAVE-3] of one tab leave those of another where they are', async () => {
    vi.useFakeTimers();
    const device = new Device();
    const [one, other] = [new CommentsHere('case', device), new CommentsHere('case', device)];
    await Promise.all([one.load(), other.load()]);
    one.begin(begun('one', 'of the first tab'));
    await vi.advanceTimersByTimeAsync(400);
    other.reply('thread', { words: 'of the second', mentions: [] });
    await vi.advanceTimersByTimeAsync(400);
    expect(device.words()).toEqual(['of the first tab', 'of the second']);
    one.end('one');
    await one.flush();
    expect(device.words()).toEqual(['of the second']);
  });

  it('[SAVE-3] before those on the device were read, and as the page goes, are added to them', async () => {
    vi.useFakeTimers();
    const device = new Device();
    device.kept = [{ kind: 'reply', thread: 'before', draft: { words: 'of last week', mentions: [] } }];
    const here = new CommentsHere('case', device);
    here.begin(begun('one', 'of today'));
    await here.flush();
    expect(device.words()).toEqual(['of last week', 'of today']);
    expect(here.replies.get().get('before')?.words).toBe('of last week');
  });

  it('[SAVE-3] write over nothing that could not be read, and say that they are on this page alone', async () => {
    vi.useFakeTimers();
    const device = new Device();
    device.kept = [{ kind: 'reply', thread: 'before', draft: { words: 'of last week', mentions: [] } }];
    device.fails = true;
    const here = new CommentsHere('case', device);
    await here.load();
    device.fails = false;
    here.begin(begun('one', 'of today'));
    await here.flush();
    expect(device.words()).toEqual(['of last week']);
    expect(here.keeps.get()).toBe(false);
  });

  it('[SAVE-3] a change of a comment is one of them, also while all its words are gone', async () => {
    const device = new Device();
    const here = new CommentsHere('case', device);
    here.reply(editKey('c1'), { words: '', mentions: [] });
    await here.flush();
    const anew = new CommentsHere('case', device);
    await anew.load();
    expect(anew.replies.get().get(editKey('c1'))).toEqual({ words: '', mentions: [] });
  });
});

interface Sending extends Waiting {
  readonly id: string;
}
const sending = (id: string): Sending => ({ id, refused: null });
const outbox = (shelf: OutboxShelf<Sending>) =>
  new Outbox<Sending>({
    load: shelf.load,
    change: shelf.change,
    idOf: ({ id }) => id,
    send: async () => 'later',
  });

describe('what waits to be sent', () => {
  it('[SAVE-3] says so where the device does not take it, and gives it again with the next', async () => {
    let full = true;
    let kept: unknown;
    keepRepliesIn({
      personId: 'mary',
      load: async () => kept,
      save: async (_, value) => {
        if (full) throw new Error('the device is full');
        kept = value;
      },
    });
    const box = outbox(keptShelf('waiting comments case'));
    await box.add(sending('one'));
    expect(box.keeps.get()).toBe(false);
    full = false;
    await box.add(sending('two'));
    expect(box.keeps.get()).toBe(true);
    expect(kept).toEqual([sending('one'), sending('two')]);
  });

  it('[SAVE-3] writes over nothing that could not be read', async () => {
    const saved: unknown[] = [];
    keepRepliesIn({
      personId: 'mary',
      load: async () => Promise.reject(new Error('the device can’t be read')),
      save: async (_, value) => void saved.push(value),
    });
    const box = outbox(keptShelf('waiting comments case'));
    await box.add(sending('one'));
    expect(box.keeps.get()).toBe(false);
    expect(box.waiting.get()).toEqual([sending('one')]);
    expect(saved).toEqual([]);
  });

  it('[DEVICE-1] goes to the device of whoever wrote it alone', async () => {
    const saved: unknown[] = [];
    const device = (personId: string) => ({
      personId,
      load: async () => undefined,
      save: async (_: string, value: unknown) => void saved.push([personId, value]),
    });
    keepRepliesIn(device('mary'));
    const shelf = keptShelf<Sending>('waiting comments case');
    keepRepliesIn(device('ruth'));
    await expect(shelf.change(() => [sending('one')])).rejects.toThrow();
    expect(saved).toEqual([]);
  });
});
