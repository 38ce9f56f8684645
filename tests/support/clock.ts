import type { Clock } from '../../server/ports/clock.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** A clock that moves only when a test says so. */
export class HandClock implements Clock {
  #now: number;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  /** @param start milliseconds since 1970 */
  constructor(start = Date.UTC(2030, 0, 15, 9)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    const waiting = { at: this.#now + ms, order: this.#order++, act };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** Moves on by `ms`, running what falls due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#waiting]
        .filter((waiting) => waiting.at <= end)
        .sort((one, other) => one.at - other.at || one.order - other.order)[0];
      if (!due) break;
      this.#waiting.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.act();
    }
    this.#now = end;
  }

  /** How many acts are still to come. */
  get pending(): number {
    return this.#waiting.size;
  }
}
