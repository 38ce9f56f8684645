import { afterPaint } from './after-paint.ts';

/** Time and chance as the sync engine uses them; tests step them by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns calls it off */
  after(milliseconds: number, run: () => void): () => void;
  /** Runs, in order, once what was just done is on the screen; when the page goes, at the latest. */
  afterPaint(run: () => void): void;
  /** @returns from 0 (inclusive) to 1 (exclusive) */
  random(): number;
}

export const pageClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  afterPaint,
  random: () => Math.random(),
};
