import { describe, expect, it } from 'vitest';
import { AfterPaint } from '../../client/sync/after-paint.ts';
import { Tabs } from '../../client/sync/tabs.ts';

function page() {
  const frames: (() => void)[] = [];
  const paint = new AfterPaint((drawn) => frames.push(drawn));
  return { paint, frames, draw: () => frames.shift()?.() };
}

describe('what is put off until a frame is drawn', () => {
  it('comes in its order, once, with one frame asked for', () => {
    const { paint, frames, draw } = page();
    const done: string[] = [];
    for (const name of ['first', 'second']) paint.put(() => done.push(name));
    expect([done, frames.length]).toEqual([[], 1]);
    draw();
    expect(done).toEqual(['first', 'second']);
    paint.flush();
    expect(done).toHaveLength(2);
    paint.put(() => done.push('third'));
    expect(frames).toHaveLength(1);
    draw();
    expect(done.at(-1)).toBe('third');
  });

  it('[SAVE-3] is done when the page goes, with what it puts off itself', () => {
    const { paint, draw } = page();
    const done: string[] = [];
    paint.put(() => paint.put(() => done.push('put off meanwhile')));
    paint.flush();
    expect(done).toEqual(['put off meanwhile']);
    draw();
    expect(done).toHaveLength(1);
  });

  it('[SAVE-3] the other tabs are told in the order of typing, and whatever was not told before this one closes', () => {
    const { paint, draw } = page();
    const told: unknown[] = [];
    const channel = {
      postMessage: (message: unknown) => told.push(message),
      close: () => told.push('closed'),
    };
    const tabs = new Tabs(channel as unknown as BroadcastChannel, { afterPaint: (run) => paint.put(run) });
    const acknowledged = (id: string) => ({ kind: 'acknowledged', blockId: 'one', ids: [id] }) as const;
    tabs.post(acknowledged('a'));
    tabs.post(acknowledged('b'));
    expect(told).toEqual([]);
    draw();
    expect(told).toEqual([acknowledged('a'), acknowledged('b')]);
    tabs.post(acknowledged('c'));
    tabs.close();
    expect(told.slice(2)).toEqual([acknowledged('c'), 'closed']);
  });
});
