import type { Log } from '../log.ts';
import type { BlockStore, StoredBlock } from '../ports/block-store.ts';
import { FOLD_AFTER_ROWS, FOLD_AT_UNLOAD_ROWS } from './bounds.ts';

/** Keeps the tail of one block's log short, so that loads stay so. */
export class RoomFolding {
  readonly #blocks: Pick<BlockStore, 'saveSnapshot'>;
  readonly #log: Log;
  readonly #blockId: string;
  readonly #lineage: string;
  #tailRows: number;
  #lastSeq: number;

  constructor(blocks: Pick<BlockStore, 'saveSnapshot'>, log: Log, stored: StoredBlock) {
    this.#blocks = blocks;
    this.#log = log;
    this.#blockId = stored.blockId;
    this.#lineage = stored.lineage;
    this.#tailRows = stored.tail.length;
    this.#lastSeq = stored.tail.at(-1)?.seq ?? stored.snapshot?.seq ?? 0;
  }

  /** @returns whether the state with so many rows more is worth keeping */
  isDueAfter(rows: number): boolean {
    return this.#tailRows + rows >= FOLD_AFTER_ROWS;
  }

  get isWorthIt(): boolean {
    return this.#tailRows >= FOLD_AT_UNLOAD_ROWS;
  }

  written(seqs: readonly number[]): void {
    this.#lastSeq = seqs.at(-1) ?? this.#lastSeq;
    this.#tailRows += seqs.length;
  }

  /**
   * Keeps the state beside the log. That it fails costs the next reader time and
   * nobody a word.
   * @param state of the last row that was written
   */
  async save(state: Uint8Array): Promise<void> {
    this.#tailRows = 0;
    try {
      await this.#blocks.saveSnapshot(this.#blockId, this.#lineage, { seq: this.#lastSeq, bytes: state });
    } catch (cause) {
      this.#log.warn('a block could not be folded', { block: this.#blockId }, cause);
    }
  }
}
