export interface SeededNumbers {
  /** @returns a whole number from 0 to below `limit` */
  below(limit: number): number;
  /** @returns one to four letters */
  word(): string;
}

/** The same numbers for the same seed (mulberry32). */
export function seededNumbers(seed: number): SeededNumbers {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const word = (): string =>
    Array.from({ length: 1 + below(4) }, () => String.fromCharCode(97 + below(26))).join('');
  return { below, word };
}
