import type { Clock } from '../ports/clock.ts';
import { Refusal } from './refusal.ts';

/** Keys remembered per limit; beyond that the oldest are let go, so that memory stays bounded. */
const KEYS = 20_000;

interface Window {
  readonly endsAt: number;
  used: number;
}

/**
 * So many acts per key within a window that starts with the first of them.
 * Kept in memory: a restart forgets, which costs an attacker more than it gives.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock, limit: { readonly most: number; readonly windowMs: number }) {
    this.#clock = clock;
    this.#most = limit.most;
    this.#windowMs = limit.windowMs;
  }

  /** @throws Refusal `too-many` when the key has nothing left; counts nothing */
  check(key: string): void {
    const window = this.#current(key);
    if (window && window.used >= this.#most) {
      const seconds = Math.max(1, Math.ceil((window.endsAt - this.#clock.now()) / 1_000));
      throw new Refusal(
        'too-many',
        'That was tried too often. Wait a while and try again.',
        undefined,
        seconds,
      );
    }
  }

  /** Counts one act. */
  count(key: string): void {
    const window = this.#current(key);
    if (window) {
      window.used += 1;
      return;
    }
    this.#windows.delete(key);
    if (this.#windows.size >= KEYS) this.#forgetSome();
    this.#windows.set(key, { endsAt: this.#clock.now() + this.#windowMs, used: 1 });
  }

  /** Checks, then counts. @throws Refusal `too-many` */
  take(key: string): void {
    this.check(key);
    this.count(key);
  }

  #current(key: string): Window | undefined {
    const window = this.#windows.get(key);
    return window && window.endsAt > this.#clock.now() ? window : undefined;
  }

  #forgetSome(): void {
    const now = this.#clock.now();
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key);
    for (const key of this.#windows.keys()) {
      if (this.#windows.size < KEYS) return;
      this.#windows.delete(key);
    }
  }
}
