/** Rows of changes on their way to the device: one transaction for all that one frame shows. */
import type { Clock } from './clock.ts';
import type { DeviceDatabase, StoredUpdate } from './device-database.ts';

interface RowChange {
  readonly put: readonly StoredUpdate[];
  readonly remove: readonly string[];
  readonly done: (kept: boolean) => void;
}

export class RowWrites {
  /** Undefined: it is still being opened, and changes queue up. */
  #database: DeviceDatabase | null | undefined;
  #changes: RowChange[] = [];
  #onFirstKept: () => void;
  readonly #clock: Pick<Clock, 'afterPaint'>;

  constructor(clock: Pick<Clock, 'afterPaint'>, onFirstKept: () => void) {
    this.#clock = clock;
    this.#onFirstKept = onFirstKept;
  }

  /** @param database null: nothing is kept from now on */
  writeTo(database: DeviceDatabase | null): void {
    this.#database = database;
    this.flush();
  }

  /** @returns whether the device now holds them */
  change(put: readonly StoredUpdate[], remove: readonly string[]): Promise<boolean> {
    return new Promise((done) => {
      this.#changes.push({ put, remove, done });
      if (this.#changes.length === 1) this.#clock.afterPaint(() => this.flush());
    });
  }

  /** Asks for what waits now: before anything that goes by what the device holds. */
  flush(): void {
    if (this.#database === undefined || this.#changes.length === 0) return;
    const changes = this.#changes;
    this.#changes = [];
    const answer = (kept: boolean) => {
      for (const change of changes) change.done(kept);
    };
    if (!this.#database) {
      answer(false);
      return;
    }
    try {
      const step = this.#database.transaction('updates', 'readwrite');
      const asked = changes.flatMap(({ put, remove }) => [
        ...put.map((row) => step.store.put(row)),
        ...remove.map((id) => step.store.delete(id)),
      ]);
      // Not waiting for the answers: the page may close before they come.
      step.commit();
      Promise.all([...asked, step.done]).then(
        () => {
          answer(true);
          this.#onFirstKept();
          this.#onFirstKept = () => {};
        },
        () => answer(false),
      );
    } catch {
      // The browser closed the database.
      answer(false);
    }
  }
}
