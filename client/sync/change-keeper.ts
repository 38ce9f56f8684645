import type { Clock } from './clock.ts';
import type { DeviceCopy } from './device-copy.ts';
import type { DeviceStore } from './device-store.ts';
import type { Change, WaitingChanges } from './waiting-changes.ts';

/** A device that could not keep a change is asked again after this long. */
const KEEP_AGAIN_AFTER = 5_000;

/** Brings waiting changes onto the device, and asks again where it could not take them. */
export class ChangeKeeper {
  readonly #waiting: WaitingChanges;
  readonly #copy: DeviceCopy;
  readonly #store: DeviceStore;
  readonly #clock: Clock;
  readonly #onAnswer: () => void;
  #asking = 0;
  #over = false;
  #callOff: (() => void) | null = null;

  /** @param onAnswer after the device took changes, or did not */
  constructor(
    waiting: WaitingChanges,
    copy: DeviceCopy,
    parts: { readonly store: DeviceStore; readonly clock: Clock },
    onAnswer: () => void,
  ) {
    this.#waiting = waiting;
    this.#copy = copy;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#onAnswer = onAnswer;
  }

  /** The device has been asked, and has not answered yet. */
  get asking(): boolean {
    return this.#asking > 0;
  }

  keep(changes: readonly Change[]): void {
    this.#asking++;
    void this.#copy.keep(changes).then((kept) => {
      this.#asking--;
      if (this.#over) return;
      if (kept) this.#waiting.kept(changes.map((change) => change.id));
      else this.#keepAgainLater();
      this.#onAnswer();
    });
  }

  end(): void {
    this.#over = true;
    this.#callOff?.();
  }

  #keepAgainLater(): void {
    if (this.#store.state.get() === 'gone') return;
    this.#callOff ??= this.#clock.after(KEEP_AGAIN_AFTER, () => {
      this.#callOff = null;
      const changes = this.#waiting.notKept();
      if (changes.length > 0) this.keep(changes);
    });
  }
}
