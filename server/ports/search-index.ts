import type { SoughtTerm } from '../../shared/search/sought.ts';

/** Up to which change of a block its words are in the index. */
export interface IndexedHead {
  readonly lineage: string;
  readonly seq: number;
}

/** Words that are found together: a section's text, or one of its fields. */
export interface IndexedPart {
  /** Empty for the text, else the id of the field. */
  readonly part: string;
  readonly words: string;
}

/** A part of a block in which words were found. */
export interface IndexHit extends Pick<IndexedPart, 'part'> {
  readonly blockId: string;
  /** Names it within the index, until its block is taken anew. */
  readonly entry: number;
}

/** The words of sections, to be found by. A cache: it can be emptied at any time, and fills again. */
export interface SearchIndex {
  /**
   * Takes the words of blocks in place of those that it had of them, all in one transaction.
   * What it had before is gone from its storage as well (ERASE-1).
   */
  put(
    blocks: readonly {
      readonly blockId: string;
      readonly studyId: string;
      readonly head: IndexedHead;
      readonly parts: readonly IndexedPart[];
    }[],
  ): Promise<void>;

  /** Lets go of all that it has of a block. */
  forget(blockId: string): Promise<void>;

  /**
   * @param terms at least one; text that is no query of any kind is looked for as it stands
   * @returns those parts in a study in which every term stands, best first
   */
  find(
    studyId: string,
    terms: readonly SoughtTerm[],
    page: { readonly limit: number; readonly offset: number },
  ): Promise<readonly IndexHit[]>;

  /** @returns the words of parts that were found, by entry; none of those that are gone since */
  wordsOf(entries: readonly number[]): Promise<ReadonlyMap<number, string>>;
}
