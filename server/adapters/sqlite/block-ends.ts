/** Where the log of a block ends, and which client ids are known to be kept with their owners. */
export interface BlockEnd {
  readonly lineage: string;
  seq: number;
  readonly clients: Set<number>;
}

/** Blocks that are remembered; beyond that many, all are forgotten and looked up again. */
const REMEMBERED_BLOCKS = 2_000;

/**
 * What the last appends left behind, so that the next need not ask for it: this
 * process alone writes the log. Only what is committed may be noted.
 */
export class BlockEnds {
  readonly #ends = new Map<string, BlockEnd>();

  get(blockId: string): BlockEnd | undefined {
    return this.#ends.get(blockId);
  }

  note(ends: ReadonlyMap<string, BlockEnd>): void {
    if (this.#ends.size > REMEMBERED_BLOCKS) this.#ends.clear();
    for (const [blockId, end] of ends) this.#ends.set(blockId, end);
  }

  /** Nobody knows what became of an append. */
  forget(): void {
    this.#ends.clear();
  }
}
