import type { PromptMark } from '../../shared/document/block-parts.ts';
import type { FieldValues, ProseMirrorJson } from '../../shared/document/reading.ts';
import type { Applied } from '../collaboration/block-document.ts';
import type { HiddenWords } from '../collaboration/lost-words.ts';
import type { Inquiry, PastStep } from '../collaboration/lost-words-inquiry.ts';
import type { ReviewAsked, Reviewed } from '../collaboration/suggestion-review.ts';
import type { Survey } from '../collaboration/update-survey.ts';

/** Folds updates together where that holds up nobody: in the server, on a thread of its own. */

/** A block as it stands, without what was deleted. */
export interface Folded {
  /** A Yjs update, encoding version 1, of the whole block; deleted text is garbage in it. */
  readonly state: Uint8Array;
  /** Characters of the text that stands, with a little for every element and value. */
  readonly weight: number;
  /** What is to be known of `state` without reading it, as `survey-bytes.ts` writes it. */
  readonly survey: Uint8Array;
}

/** What came of merging an update into a block. */
export interface Merged extends Applied {
  /** As `Folded.weight`, without the update and with it. */
  readonly weightBefore: number;
  readonly weight: number;
  /** Delete sets in bytes: all that is deleted then, and of that what stands in something removed. */
  readonly deleted: Uint8Array;
  readonly removed: Uint8Array;
}

/** Updates made one, without throwing anything away. */
export interface Gathered {
  /** Which of the given updates are in it, counted from 0, ascending. */
  readonly from: readonly number[];
  /** A Yjs update, encoding version 1; deleted text is still in it. */
  readonly bytes: Uint8Array;
}

/** What is to be known of a block without its document, as it goes from one thread to another. */
export interface SurveyedBytes extends Pick<Survey, 'states' | 'weight' | 'structs' | 'lastRights'> {
  /** All parts in one update, nothing thrown away. */
  readonly whole: Uint8Array;
  /** Delete sets in bytes: what is deleted, keyed, an element, removed. */
  readonly sets: readonly Uint8Array[];
}

/** What stands in a block, in plain values: see `shared/document/reading.ts`. */
export interface BlockContents {
  readonly text: ProseMirrorJson;
  /** With what is only suggested; the same object where nothing is. */
  readonly suggested: ProseMirrorJson;
  readonly values: FieldValues;
  readonly prompts: Readonly<Record<string, PromptMark>>;
}

/** The updates are no whole document; who asks again gets the same answer. */
export class UnfoldableError extends Error {
  override readonly name = 'UnfoldableError';
}

/** The work was ended before it was done: it took too long, broke down, or the folder was closed. */
export class FolderFailedError extends Error {
  override readonly name = 'FolderFailedError';
}

/**
 * Changes nothing that is kept, so it may be ended at any moment. Bytes that it
 * is given stay as they are.
 */
export interface Folder {
  /**
   * @param parts of one block, oldest first: its snapshot, where it has one, and every row after it
   * @throws UnfoldableError, FolderFailedError
   */
  fold(parts: readonly Uint8Array[]): Promise<Folded>;

  /**
   * Makes one update of a block's parts, and says what has to be known of it without its document.
   * @param parts as for `fold`
   * @throws UnfoldableError, FolderFailedError
   */
  survey(parts: readonly Uint8Array[]): Promise<SurveyedBytes>;

  /**
   * Merges an update into a block, and says what that did.
   * @param parts as for `fold`; @param update builds on nothing that is not in them
   * @param deletions a delete set in bytes: what the update itself deletes
   * @throws UnfoldableError where it cannot be merged; FolderFailedError
   */
  merge(parts: readonly Uint8Array[], update: Uint8Array, deletions: Uint8Array): Promise<Merged>;

  /**
   * Makes of each group of updates as few as hold exactly the same structs and
   * deletions: one, save where Yjs would lose something of the merge.
   * @param groups updates of one author each, oldest first
   * @throws UnfoldableError, FolderFailedError
   */
  gather(groups: readonly (readonly Uint8Array[])[]): Promise<readonly (readonly Gathered[])[]>;

  /**
   * Looks through a block's past for where words stood that arrived in something
   * removed, and who removed it.
   * @param past oldest first; each step is one update, or those of one window
   * @throws UnfoldableError, FolderFailedError
   */
  findHidden(past: readonly PastStep[], inquiry: Inquiry): Promise<readonly HiddenWords[]>;

  /**
   * Tries what it takes to merge an update, for those who have the block and for those who open it with
   * the update in it. Yjs may take time by the square of what somebody sends.
   * @param parts as for `fold`; @param update builds on nothing that is not in them
   * @param withinMs for either of the two
   * @returns false where it takes longer, or more memory than there is for it
   * @throws UnfoldableError where it cannot be merged at all; FolderFailedError
   */
  mergesWithin(parts: readonly Uint8Array[], update: Uint8Array, withinMs: number): Promise<boolean>;

  /**
   * @param parts as for `fold`
   * @throws UnfoldableError, FolderFailedError
   */
  read(parts: readonly Uint8Array[]): Promise<BlockContents>;

  /**
   * The same, with who wrote each piece of the running text (`readWrittenText`).
   * @param parts as for `fold`
   * @throws UnfoldableError, FolderFailedError
   */
  readWritten(parts: readonly Uint8Array[]): Promise<BlockContents>;

  /**
   * @param parts as for `fold`
   * @returns whether an editor can hold all of it
   * @throws UnfoldableError, FolderFailedError
   */
  isWellShaped(parts: readonly Uint8Array[]): Promise<boolean>;

  /**
   * Looks at what an update does to suggestions, apart from all other work: somebody waits for it, and so
   * do the others of that room.
   * @param parts as for `fold`; @param update builds on nothing that is not in them
   * @returns null where it takes longer than `withinMs`, or more memory than there is for it
   * @throws UnfoldableError where it cannot be merged; FolderFailedError
   */
  review(
    parts: readonly Uint8Array[],
    update: Uint8Array,
    asked: ReviewAsked,
    withinMs: number,
  ): Promise<Reviewed | null>;

  /** Something will soon be asked: what takes its time before the first answer is begun. Costs nothing later. */
  prepare(): void;

  /** What is under way fails with FolderFailedError, and so does all that is asked later. */
  close(): Promise<void>;
}
