import type { Clock } from '../ports/clock.ts';

/** How long a decision can be undone, ms. */
const KEPT_MS = 60 * 60_000;
/** Decisions kept in memory, and their bytes. */
const MOST_KEPT = 500;
const MOST_BYTES = 16 * 1024 * 1024;

interface Undo {
  readonly blockId: string;
  readonly personId: string;
  /** Of the text that was decided on: on another, what it brings back may have been erased (ERASE-1). */
  readonly lineage: string;
  readonly update: Uint8Array;
}

/** How decisions are undone, for a while, by who made them. In memory: after a restart, words are put back by hand. */
export class DecisionUndo {
  readonly #clock: Clock;
  /** The oldest first. */
  readonly #kept = new Map<string, Undo & { readonly at: number }>();
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(id: string, undo: Undo): void {
    this.#kept.set(id, { ...undo, at: this.#clock.now() });
    this.#bytes += undo.update.byteLength;
    for (const [oldest, { at }] of this.#kept) {
      const isFull = this.#kept.size > MOST_KEPT || this.#bytes > MOST_BYTES;
      if (!isFull && at > this.#clock.now() - KEPT_MS) break;
      this.#forget(oldest);
    }
  }

  /** @returns what undoes it, once; null where it was undone already, is too old, or is another person's */
  take(id: string, blockId: string, personId: string): Pick<Undo, 'lineage' | 'update'> | null {
    const undo = this.#kept.get(id);
    if (!undo || undo.blockId !== blockId || undo.personId !== personId) return null;
    this.#forget(id);
    return undo.at > this.#clock.now() - KEPT_MS ? undo : null;
  }

  /** Lets go of all of a block: they hold what was taken out of it. */
  letGo(blockId: string): void {
    for (const [id, undo] of [...this.#kept]) if (undo.blockId === blockId) this.#forget(id);
  }

  #forget(id: string): void {
    this.#bytes -= this.#kept.get(id)?.update.byteLength ?? 0;
    this.#kept.delete(id);
  }
}
