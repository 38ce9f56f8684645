import './chance.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestParts, type TestParts } from '../support/parts.ts';
import { pinned } from './pinned.ts';
import { Schedule } from './schedule.ts';
import { World } from './world.ts';

/** Schedules of an ordinary run, which takes about half a minute. */
const ORDINARY = 2_000;
/** Schedules of one test, so that a failure is told soon. */
const AT_ONCE = 50;

const only = process.env.SEED === undefined ? null : Number(process.env.SEED);
const count = Number(process.env.SCHEDULES ?? ORDINARY);
const first = Number(process.env.FIRST_SEED ?? 1);

let parts: TestParts;
beforeAll(async () => {
  parts = await createTestParts();
});
afterAll(() => parts.close());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function play(seed: number): Promise<void> {
  await parts.database.kysely.deleteFrom('lost_words').execute();
  const world = new World(parts, parts.records);
  try {
    await new Schedule(seed, world).play();
  } catch (cause) {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    await world.end();
  }
}

describe('any short schedule of pages, tabs, strangers, a network, a disk and a server that dies', () => {
  if (only !== null) {
    it(`[SAVE-1] [SAVE-3] [SAVE-4] [SAVE-5] [SAVE-6] [ACCESS-2] [ACCESS-3] hold with seed ${only}`, () =>
      play(only));
    return;
  }
  it.each(pinned)('[SAVE-4] holds what seed %i once broke: %s', (seed) => play(seed));

  for (let from = first; from < first + count; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, first + count) - 1;
    it(`[SAVE-1] [SAVE-3] [SAVE-4] [SAVE-5] [SAVE-6] [ACCESS-2] [ACCESS-3] hold with seeds ${from} to ${to}`, async () => {
      const broken: string[] = [];
      for (let seed = from; seed <= to; seed++) {
        await play(seed).catch((fault: Error) => broken.push(fault.message));
      }
      expect(broken).toEqual([]);
    }, 600_000);
  }
});
