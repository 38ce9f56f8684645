/** Time and chance as the sync engine uses them; tests step them by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns calls it off */
  after(milliseconds: number, run: () => void): () => void;
  /** @returns from 0 (inclusive) to 1 (exclusive) */
  random(): number;
}

export const pageClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
