import { describe, expect, test } from 'vitest';
import { type Placement, Seams } from '../../server/collaboration/seams.ts';
import { NONE } from '../../server/collaboration/struct-reader.ts';

type Id = readonly [client: number, clock: number];

const PARAGRAPH: Id = [1, 0];
const REST = 1_000;

function placement(client: number, from: number, to: number, after: Id | null, before: Id | null): Placement {
  const [originClient, originClock] = after ?? [NONE, 0];
  const [rightClient, rightClock] = before ?? [NONE, 0];
  const [parentClient, parentClock] = after || before ? [NONE, 0] : PARAGRAPH;
  const place = { originClient, originClock, rightClient, rightClock, parentClient, parentClock };
  return { client, from, to, structs: 1, ...place, isElement: false, isSearched: true };
}

/** @returns the seams of a new paragraph in which client 1 wrote five letters, clocks 1 to 5 */
function line(): Seams {
  const seams = Seams.among(REST);
  seams.place({ ...placement(1, 0, 1, null, null), parentClient: NONE, isElement: true, isSearched: false });
  expect(seams.place(placement(1, 1, 6, null, null))).toBe(true);
  return seams;
}

describe('seams', () => {
  test('[INPUT-1] are between the letters of what was written, at its beginning and at its end', () => {
    for (const [after, before] of [
      [null, [1, 1]],
      [
        [1, 1],
        [1, 2],
      ],
      [
        [1, 4],
        [1, 5],
      ],
      [[1, 5], null],
    ] as const) {
      const seams = line();
      expect(seams.place(placement(2, 0, 3, after, before))).toBe(true);
      expect(seams.place(placement(3, 0, 1, after, [2, 0]))).toBe(true);
      expect(seams.place(placement(4, 0, 1, [2, 2], before))).toBe(true);
      expect(seams.place(placement(5, 0, 1, after, before))).toBe(false);
      // That one alone is in the way of what comes now.
      expect(seams.steps([placement(6, 0, 1, [2, 0], [2, 1])])).toBe(2);
    }
  });

  test('[INPUT-1] are not between letters that stand apart, nor the wrong way round', () => {
    const seams = line();
    expect(seams.place(placement(2, 0, 1, [1, 1], [1, 3]))).toBe(false);
    expect(seams.place(placement(2, 1, 2, [1, 3], [1, 2]))).toBe(false);
    expect(seams.place(placement(2, 2, 3, [1, 3], null))).toBe(false);
    expect(seams.place(placement(2, 3, 4, null, [1, 3]))).toBe(false);
    expect(seams.place(placement(2, 4, 5, null, null))).toBe(false);
  });

  test('[INPUT-1] are not in what stands nobody knows where', () => {
    const seams = line();
    seams.place(placement(2, 0, 5, [1, 1], [1, 3]));
    expect(seams.place(placement(3, 0, 1, [2, 1], [2, 2]))).toBe(false);
    expect(seams.place(placement(3, 1, 2, [2, 4], [1, 3]))).toBe(false);
    expect(seams.place(placement(3, 2, 3, [1, 1], [2, 0]))).toBe(false);
  });

  test('go on with who writes on, and stay where a run ended', () => {
    const seams = line();
    seams.place(placement(1, 6, 8, [1, 5], null));
    expect(seams.place(placement(1, 8, 9, [1, 2], [1, 3]))).toBe(true);
    expect(seams.place(placement(2, 0, 1, [1, 7], null))).toBe(true);
    expect(seams.place(placement(2, 1, 2, [1, 6], [1, 7]))).toBe(true);
    expect(seams.place(placement(1, 9, 10, [1, 8], [1, 3]))).toBe(true);
    expect(seams.place(placement(2, 2, 3, [1, 8], [1, 9]))).toBe(true);
    expect(seams.place(placement(1, 10, 11, [1, 7], [2, 0]))).toBe(true);
  });

  test('[INPUT-1] say what has to be passed: of a row what is loose, or all of it, and of no other row', () => {
    const seams = line();
    expect(seams.steps([placement(2, 0, 1, [1, 2], [1, 3])])).toBe(0);
    // The line, which it may divide in two places for each that was put there.
    const inLine = seams.steps([placement(2, 0, 1, [1, 2], [1, 4])]);
    expect(inLine).toBeGreaterThan(0);
    expect(inLine).toBeLessThan(10);
    expect(seams.steps([placement(2, 0, 1, [9, 9], [9, 12])])).toBeGreaterThanOrEqual(REST);
    seams.divide(1, 2, 3);
    expect(seams.steps([placement(2, 0, 1, [1, 2], [1, 4])])).toBe(inLine + 2);
    seams.place(placement(2, 0, 1, [1, 2], [1, 4]));
    expect(seams.steps([placement(3, 0, 1, [1, 1], [1, 2])])).toBe(2);
    expect(seams.steps([placement(3, 0, 1, [1, 1], [1, 3])])).toBe(inLine + 4);
  });

  test('[INPUT-1] count an update among itself, and are not changed by that', () => {
    const seams = line();
    const update = [placement(2, 0, 1, [1, 2], [1, 3]), placement(2, 1, 2, [1, 2], [2, 0])];
    expect(seams.steps(update)).toBe(0);
    expect(seams.steps(update)).toBe(0);
    expect(seams.steps([update[1] as Placement])).toBeGreaterThan(1);
    expect(seams.steps([...update, ...update])).toBeGreaterThan(10);
  });

  test('[INPUT-1] are not forgotten for what a very large update would add', () => {
    const seams = line();
    const elsewhere = placement(9, 9, 10, [9, 3], [9, 5]);
    seams.place(placement(2, 0, 1, [1, 2], [1, 4]));
    const counted = [seams.steps([elsewhere]), seams.steps([placement(3, 0, 1, [1, 1], [1, 2])])];
    const elements = Array.from({ length: 30_000 }, (_, at): Placement => {
      return { ...placement(4, at, at + 1, null, null), isElement: true, isSearched: at === 0 };
    });
    seams.steps(elements);
    expect([seams.steps([elsewhere]), seams.steps([placement(3, 0, 1, [1, 1], [1, 2])])]).toEqual(counted);
  });
});
