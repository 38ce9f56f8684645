import type { Randomness } from '../../server/ports/clock.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same seed gives the same bytes (mulberry32). Not for secrets. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) & 0xff;
  };
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, next);
  return {
    bytes,
    id: () => Array.from(bytes(22), (byte) => LETTERS[byte & 63]).join(''),
  };
}
