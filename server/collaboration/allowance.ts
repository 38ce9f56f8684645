/** So much over time, with so much at once. Time is given by the caller. */
export class Allowance {
  readonly #perSecond: number;
  readonly #atOnce: number;
  readonly #owedAtMost: number;
  #left: number;
  #at: number;

  /** @param owedAtMost how much can be taken that was not there, and has to be waited for */
  constructor(perSecond: number, atOnce: number, now: number, owedAtMost = Number.POSITIVE_INFINITY) {
    this.#owedAtMost = owedAtMost;
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#left = atOnce;
    this.#at = now;
  }

  /** Takes it in any case. @returns whether it was within the allowance */
  take(amount: number, now: number): boolean {
    // A clock that was set back gives nothing, and takes nothing away.
    const passed = Math.max(0, now - this.#at);
    this.#left = Math.min(this.#atOnce, this.#left + (passed / 1000) * this.#perSecond);
    this.#at = now;
    this.#left = Math.max(this.#left - amount, -this.#owedAtMost);
    return this.#left >= 0;
  }

  /** @returns whether nothing of it is used */
  isWhole(now: number): boolean {
    this.take(0, now);
    return this.#left === this.#atOnce;
  }

  /** @returns milliseconds until there is something left again */
  get wait(): number {
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left / this.#perSecond) * 1000);
  }
}
