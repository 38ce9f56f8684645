import { Allowance } from './allowance.ts';
import {
  MAX_UNFINISHED_BYTES,
  OPENINGS_AT_ONCE,
  OPENINGS_OWED,
  OPENINGS_PER_ERROR,
  OPENINGS_PER_SECOND,
} from './bounds.ts';

/** What one person's sockets may cost together; time is given by the caller. */
export class PersonAllowance {
  readonly #openings: Allowance;
  /** Of messages that did not come to their end, over all sockets. */
  #unfinishedBytes = 0;
  sockets = 0;

  constructor(now: number) {
    this.#openings = new Allowance(OPENINGS_PER_SECOND, OPENINGS_AT_ONCE, now, OPENINGS_OWED);
  }

  /** A room was opened, or asked for. */
  opened(now: number): void {
    this.#openings.take(1, now);
  }

  /** Something was sent that no honest page sends, or only once. */
  erred(now: number): void {
    this.#openings.take(OPENINGS_PER_ERROR, now);
  }

  /** @returns milliseconds for which nothing more should be read; 0 for none */
  wait(now: number): number {
    this.#openings.take(0, now);
    return this.#openings.wait;
  }

  /**
   * @param bytes how many more wait for the end of their message; negative for fewer
   * @returns whether there is room for them
   */
  hold(bytes: number): boolean {
    this.#unfinishedBytes += bytes;
    return this.#unfinishedBytes <= MAX_UNFINISHED_BYTES;
  }

  /** @returns whether nothing has to be remembered of it */
  isForgettable(now: number): boolean {
    return this.sockets === 0 && this.#openings.isWhole(now);
  }
}

/** What everybody's sockets may cost, person by person: more sockets do not give more of it. */
export class PersonAllowances {
  readonly #held = new Map<string, PersonAllowance>();

  of(personId: string, now: number): PersonAllowance {
    const held = this.#held.get(personId) ?? new PersonAllowance(now);
    this.#held.set(personId, held);
    return held;
  }

  /** Forgets those of whom nothing has to be remembered. */
  sweep(now: number): void {
    for (const [personId, held] of this.#held) if (held.isForgettable(now)) this.#held.delete(personId);
  }
}
