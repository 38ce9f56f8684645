import { afterEach, describe, expect, it } from 'vitest';
import { CaptureOutbox, type WaitingCapture } from '../../client/quotes/capture-outbox.ts';
import { outboxOf } from '../../client/quotes/use-quotes.ts';
import { keepRepliesIn } from '../../client/ui/kept-replies.ts';
import type { Sent } from '../../client/ui/outbox.ts';

function capture(id: string, ...speakers: string[]): WaitingCapture {
  return {
    at: 1,
    refused: null,
    speakers: speakers.map((speaker) => ({
      ...{ id: speaker, schoolId: 'school', name: speaker, role: '', email: '', telephone: '' },
      ...{ address: 'none', age: 'sixteen-or-over', naming: 'role-only' },
    })),
    quote: {
      ...{
        id,
        blockId: 'block',
        use: `u-${id}`,
        speakerIds: ['s1'],
        turns: [],
        how: 'interview',
        saidOn: null,
      },
      ...{ source: '', wording: 'we tried', original: '', language: '', translated: false, checked: false },
    },
  };
}

/** A device and a server that answers as it is told. */
class World {
  kept: readonly WaitingCapture[];
  readonly calls: string[] = [];
  answer: (call: string) => Sent = () => 'sent';

  constructor(kept: readonly WaitingCapture[] = []) {
    this.kept = kept;
  }

  open(): CaptureOutbox {
    const call = async (name: string) => {
      this.calls.push(name);
      return this.answer(name);
    };
    return new CaptureOutbox({
      load: async () => this.kept,
      change: async (edit) => {
        this.kept = edit(this.kept);
      },
      sendSpeaker: ({ id }) => call(`speaker ${id}`),
      sendQuote: ({ id }) => call(`quote ${id}`),
    });
  }
}

const ids = (waiting: readonly WaitingCapture[]) => waiting.map(({ quote }) => quote.id);

describe('captures that wait on a device', () => {
  it('[SAVE-3] stay there while no answer comes, over a page opened anew, and go in their order, people first', async () => {
    const world = new World();
    world.answer = () => 'later';
    const outbox = world.open();
    await outbox.add(capture('one', 's1', 's2'));
    await outbox.add(capture('two'));
    expect(ids(world.kept)).toEqual(['one', 'two']);
    expect(ids(outbox.waiting.get())).toEqual(['one', 'two']);

    world.calls.length = 0;
    world.answer = () => 'sent';
    const anew = world.open();
    await anew.send();
    expect(world.calls).toEqual(['speaker s1', 'speaker s2', 'quote one', 'quote two']);
    expect(world.kept).toEqual([]);
    expect(anew.waiting.get()).toEqual([]);
  });

  it('wait behind one that gets no answer, and are sent again as they were: their ids are the same', async () => {
    const world = new World([capture('one', 's1'), capture('two')]);
    const outbox = world.open();
    world.answer = (call) => (call === 'quote one' ? 'later' : 'sent');
    await outbox.send();
    expect(world.calls).toEqual(['speaker s1', 'quote one']);
    world.answer = () => 'sent';
    await outbox.send();
    expect(world.calls).toEqual(['speaker s1', 'quote one', 'speaker s1', 'quote one', 'quote two']);
    expect(world.kept).toEqual([]);
  });

  it('are kept with the reason where the server does not take one, and do not hold up those behind it', async () => {
    const world = new World([capture('one'), capture('two')]);
    world.answer = (call) => (call === 'quote one' ? { refused: 'You can only read this section.' } : 'sent');
    const outbox = world.open();
    await outbox.send();
    expect(ids(world.kept)).toEqual(['one']);
    expect(outbox.waiting.get()[0]?.refused).toBe('You can only read this section.');
    world.answer = () => 'sent';
    await outbox.send();
    expect(world.kept).toEqual([]);
  });

  it('[SAVE-3] in two tabs of one device keep what the other has', async () => {
    const world = new World();
    world.answer = () => 'later';
    const [here, there] = [world.open(), world.open()];
    await Promise.all([here.add(capture('one')), there.add(capture('two'))]);
    expect(ids(world.kept)).toEqual(['one', 'two']);
    world.answer = () => 'sent';
    await there.send();
    expect(ids(world.kept)).toEqual(['one']);
  });

  it('asked for twice at once are sent once', async () => {
    const world = new World([capture('one')]);
    const outbox = world.open();
    await Promise.all([outbox.send(), outbox.send()]);
    expect(world.calls).toEqual(['quote one']);
  });

  it('added while it is still read what waits here are not lost, nor twice there', async () => {
    const world = new World([capture('one')]);
    world.answer = () => 'later';
    const outbox = world.open();
    await outbox.add(capture('two'));
    expect(ids(outbox.waiting.get())).toEqual(['one', 'two']);
    expect(ids(world.kept)).toEqual(['one', 'two']);
  });
});

describe('one page on which somebody signs in after somebody else', () => {
  afterEach(() => keepRepliesIn(null));

  it('[DEVICE-1] what the first had captured is not there for the second', async () => {
    const device = (personId: string) =>
      keepRepliesIn({ personId, load: async () => undefined, save: async () => {} });
    device('ada');
    const hers = outboxOf('case');
    hers.waiting.set([capture('one')]);
    expect(outboxOf('case')).toBe(hers);
    device('bob');
    expect(outboxOf('case').waiting.get()).toEqual([]);
  });
});
