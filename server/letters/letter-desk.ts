import type { Transaction } from 'kysely';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { dispatchNext, nextDispatchAt } from './letter-dispatch.ts';
import { type QueuedLetter, queueLetter, type WantedLetter } from './letter-queue.ts';

/**
 * The longest time between two looks at what is due, in milliseconds: a clock that was set
 * forward makes letters late by no more than this.
 */
const LOOK_EVERY = 60_000;

/** How long a stop waits for a mail server, in milliseconds; well below what a stop may take in all. */
const STOP_WITHIN = 10_000;

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'bus' | 'log'>;

/**
 * Where letters to school contacts wait, and from where they are handed to the mailer, one after
 * the other. All of it is in the database: a desk that starts goes on where the last one was ended.
 */
export class LetterDesk {
  readonly #parts: Needs;
  readonly #secret: string;
  #timer: (() => void) | null = null;
  #running: Promise<void> | null = null;
  /** Something may have come while the desk was looking. */
  #again = false;
  #stopped = false;

  /** @param secret of the installation */
  constructor(parts: Needs, secret: string) {
    this.#parts = parts;
    this.#secret = secret;
  }

  /**
   * Puts a letter among those that wait, as part of `records`; `wake` when that is through.
   * @throws Refusal as `queueLetter` does
   */
  queue(records: Transaction<Tables>, wanted: WantedLetter): Promise<QueuedLetter> {
    return queueLetter(this.#parts, this.#secret, records, wanted);
  }

  /** Looks at once for what is due; also the start. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#timer?.();
    this.#timer = null;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Resolves when nothing is being handed over. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /**
   * Begins no further letter, and finishes the one that is being handed over (STOP-1); where the
   * mail server keeps it waiting, the next start hands the same over again.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.();
    let callOff = (): void => {};
    const enough = new Promise<void>((resolve) => {
      callOff = this.#parts.clock.after(STOP_WITHIN, resolve);
    });
    await Promise.race([this.settled(), enough]);
    callOff();
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts;
    let next: number | null = null;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        while (!this.#stopped && (await dispatchNext(this.#parts, this.#secret)));
        next = await nextDispatchAt(this.#parts);
      }
    } catch (cause) {
      log.error('letters could not be looked through', {}, cause);
      next = clock.now() + LOOK_EVERY;
    }
    if (this.#stopped || next === null) return;
    const wait = Math.min(Math.max(next - clock.now(), 0), LOOK_EVERY);
    this.#timer = clock.after(wait, () => this.wake());
  }
}
