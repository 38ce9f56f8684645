/**
 * Whoever may only suggest is looked at one after the other, over all rooms, and each person once
 * before anybody is again: so a room is held up for its own member alone.
 */
export class ReviewTurns {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  /** @returns once it is one's turn; to be called when it is over */
  async take(): Promise<() => void> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    };
  }
}
