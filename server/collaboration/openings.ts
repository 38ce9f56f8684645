import { OPENINGS_PER_TURN } from './bounds.ts';
import type { Turn } from './turn.ts';

/**
 * Opens rooms, so many within one turn of the loop: deciding and reading goes from
 * one promise to the next without letting anybody else's messages in between.
 */
export class Openings {
  readonly #turn: Turn;
  readonly #waiting: (() => void)[] = [];
  #left = OPENINGS_PER_TURN;
  #isTurning = false;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** Runs at once, or in a later turn, in the order in which they were asked for. */
  open(act: () => void): void {
    if (this.#left > 0) {
      this.#left -= 1;
      act();
    } else {
      this.#waiting.push(act);
    }
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#turn(() => this.#next());
  }

  #next(): void {
    this.#isTurning = false;
    this.#left = OPENINGS_PER_TURN;
    const now = this.#waiting.splice(0, OPENINGS_PER_TURN);
    for (const act of now) this.open(act);
  }
}
