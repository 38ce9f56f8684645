import type { Log } from '../log.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import { type Folder, FolderFailedError } from '../ports/folder.ts';
import { REVIEW_WITHIN_MS } from './bounds.ts';
import type { RoomState } from './room-state.ts';
import { isStructural } from './structural.ts';
import { mayHoldSuggestions, type Reviewed } from './suggestion-review.ts';
import type { News } from './update-inspector.ts';
import type { RoomAuthor } from './write-queue.ts';

interface RoomReviewParts {
  readonly folder: Pick<Folder, 'review'>;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
}

/** Which updates of a room are looked at with the whole text because of what is suggested in it. */
export class RoomReview {
  readonly #parts: RoomReviewParts;
  readonly #blockId: string;
  /** Words may be in it that are only suggested. */
  #holdsSuggestions: boolean;
  /** The Yjs client id under which what merges did to suggestions is set right. */
  #client: number | null = null;

  /** @param updates all of the block */
  constructor(parts: RoomReviewParts, blockId: string, updates: readonly Uint8Array[]) {
    this.#parts = parts;
    this.#blockId = blockId;
    this.#holdsSuggestions = mayHoldSuggestions(updates);
  }

  /** @param news more than letters, that the room has from now on */
  wrote(news: News): void {
    this.#holdsSuggestions ||= mayHoldSuggestions([news.bytes]);
  }

  /** @returns false where nothing is suggested, and of letters beside letters, which displace no mark */
  mayDisplace(state: Pick<RoomState, 'deletesKnown'>, news: News): boolean {
    return this.#holdsSuggestions && (state.deletesKnown(news) || isStructural(news.bytes));
  }

  /**
   * What somebody writes who may is never refused: where it cannot be looked at, marks stay as they fall.
   * @param parts all of the block without the update
   * @returns null where somebody may only suggest, and whether they do is not known in good time
   * @throws UnfoldableError, FolderFailedError
   */
  async ask(
    parts: readonly Uint8Array[],
    news: News,
    author: RoomAuthor,
    suggestsOnly: boolean,
    state: Pick<RoomState, 'stateOf'>,
  ): Promise<Reviewed | null> {
    const { folder, clock, random, log } = this.#parts;
    const asked = {
      author: author.id ?? '',
      suggestsOnly,
      adopt: { id: random.id(), at: clock.now() },
      client: this.#ownClient(state),
    };
    try {
      const reviewed = await folder.review(parts, news.bytes, asked, REVIEW_WITHIN_MS);
      if (reviewed || suggestsOnly) return reviewed;
    } catch (cause) {
      if (suggestsOnly || !(cause instanceof FolderFailedError)) throw cause;
    }
    log.warn('what an edit does to suggestions could not be looked at', { block: this.#blockId });
    return { fault: null, mends: null };
  }

  #ownClient(state: Pick<RoomState, 'stateOf'>): number {
    while (this.#client === null) {
      const client = new DataView(this.#parts.random.bytes(4).slice().buffer).getUint32(0);
      if (client !== 0 && state.stateOf(client) === 0) this.#client = client;
    }
    return this.#client;
  }
}
