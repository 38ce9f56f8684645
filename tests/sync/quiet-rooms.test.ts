import { afterAll, expect, it, vi } from 'vitest';

// Before y-websocket is loaded: it takes `Date.now` when it is.
vi.hoisted(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});

const { Network } = await import('./support/network.ts');
const { Page, settle } = await import('./support/page.ts');

afterAll(() => {
  vi.useRealTimers();
});

it('19 quiet rooms stay open as long as the server is heard, on whichever channel', async () => {
  const network = new Network();
  const ada = new Page(network, 'ada');
  const ben = new Page(network, 'ben');
  const blocks = Array.from({ length: 19 }, (_, number) => `block-${number}`);
  for (const block of blocks) ada.engine.holdBlock(block);
  ben.engine.holdBlock('block-0');
  await settle(network, [ada, ben]);
  expect(network.opens).toBe(20);
  let dropped = 0;
  for (const block of blocks) {
    ada.engine.block(block).watch(() => {
      if (!ada.view(block).live) dropped++;
    });
  }
  // Two minutes: one of `alive` alone, one of typing in another room, which makes `alive` needless.
  for (let second = 0; second < 120; second += 5) {
    if (second < 60) network.sayToAll({ t: 'alive' });
    else ben.type('block-0', 'x');
    vi.advanceTimersByTime(5_000);
    await settle(network, [ada, ben]);
  }
  expect(dropped).toBe(0);
  expect(network.opens).toBe(20);

  // The watchdog itself is awake: without a word from the server, everything is opened anew.
  for (let second = 0; second < 40; second += 5) {
    vi.advanceTimersByTime(5_000);
    await settle(network, [ada, ben]);
  }
  expect(dropped).toBeGreaterThanOrEqual(19);
  ada.engine.stop();
  ben.engine.stop();
  await settle(network, [ada, ben]);
});
