/** Time and randomness of the process; tests step their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `act` once after `ms`; @returns how to call it off */
  after(ms: number, act: () => void): () => void;
}

export interface Randomness {
  /** @returns `bytes` random bytes, fit for secrets */
  bytes(count: number): Uint8Array;
  /** @returns a new opaque id, 22 characters of `A-Za-z0-9_-` */
  id(): string;
}
