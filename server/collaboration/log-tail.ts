import type { StoredBlock } from '../ports/block-store.ts';
import { FOLD_AFTER_BYTES, FOLD_AFTER_ROWS, FOLD_AT_UNLOAD_ROWS } from './bounds.ts';

/** What stands in a block's log since it was last folded, or asked to be. */
export class LogTail {
  #rows: number;
  #bytes: number;

  constructor({ tail }: Pick<StoredBlock, 'tail'>) {
    this.#rows = tail.length;
    this.#bytes = tail.reduce((sum, row) => sum + row.bytes.byteLength, 0);
  }

  /** @returns whether it is to be folded now */
  grew(rows: number, bytes: number): boolean {
    this.#rows += rows;
    this.#bytes += bytes;
    return this.#isLong(FOLD_AFTER_ROWS);
  }

  /** @returns whether it is worth folding when its room is left */
  left(): boolean {
    return this.#isLong(FOLD_AT_UNLOAD_ROWS);
  }

  #isLong(rows: number): boolean {
    if (this.#rows < rows && this.#bytes < FOLD_AFTER_BYTES) return false;
    this.#rows = 0;
    this.#bytes = 0;
    return true;
  }
}
