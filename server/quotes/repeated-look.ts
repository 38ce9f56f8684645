import type { Clock } from '../ports/clock.ts';

/** Looks for what is due now and again, one look after the other; all that it needs stands in the database. */
export class RepeatedLook {
  readonly #clock: Clock;
  readonly #every: number;
  readonly #look: (isStopped: () => boolean) => Promise<void>;
  #timer: (() => void) | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  /**
   * @param every the longest time between two looks, in milliseconds
   * @param look never rejects; begins nothing further once it is stopped
   */
  constructor(clock: Clock, every: number, look: (isStopped: () => boolean) => Promise<void>) {
    this.#clock = clock;
    this.#every = every;
    this.#look = look;
  }

  /** Looks at once for what is due; also the start. */
  wake(): void {
    if (this.#stopped || this.#running) return;
    this.#timer?.();
    this.#running = this.#look(() => this.#stopped).finally(() => {
      this.#running = null;
      if (!this.#stopped) this.#timer = this.#clock.after(this.#every, () => this.wake());
    });
  }

  /** Resolves when nothing is being looked at. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Begins nothing further, and finishes what is under way (STOP-1). */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.();
    await this.settled();
  }
}
