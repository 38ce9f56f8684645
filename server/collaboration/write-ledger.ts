/**
 * Counts the writes of one channel and says up to which all are on disk. A write
 * that built on what was missing waits until a whole state of that replica
 * arrived, which holds it too.
 */
export class WriteLedger {
  #arrived = 0;
  #saved = 0;
  #told = 0;
  /** None in the ordinary course of things. */
  #settled: Set<number> | null = null;

  /** @returns the number of a write that just arrived, from 1 */
  arrive(): number {
    this.#arrived += 1;
    return this.#arrived;
  }

  /** @param whole the write held all that its sender had: nothing before it is open any more */
  settle(n: number, whole: boolean): void {
    if (whole && n > this.#saved) {
      this.#saved = n;
      for (const earlier of this.#settled ?? []) {
        if (earlier <= n) this.#settled?.delete(earlier);
      }
    } else if (n === this.#saved + 1) {
      this.#saved = n;
    } else if (n > this.#saved) {
      this.#settled ??= new Set();
      this.#settled.add(n);
    }
    while (this.#settled?.delete(this.#saved + 1)) this.#saved += 1;
  }

  /** @returns the number up to which all writes are on disk, once; null when it was told before */
  untold(): number | null {
    if (this.#saved === this.#told) return null;
    this.#told = this.#saved;
    return this.#told;
  }

  /** Writes that are on disk while an earlier one is not. */
  get waiting(): number {
    return this.#settled?.size ?? 0;
  }
}
