import { type Folder, UnfoldableError } from '../ports/folder.ts';
import { MAX_UNTRIED_STEPS, MERGE_WITHIN_MS } from './bounds.ts';
import type { RoomState } from './room-state.ts';
import type { News } from './update-inspector.ts';

/**
 * Adds up what merging may take of all that a room accepted; once that is much, an
 * update is merged apart first, where it holds nobody up.
 */
export class MergeTrials {
  readonly #folder: Pick<Folder, 'mergesWithin'>;
  /** Steps that merging may take of what was accepted since all was last tried; a trial under way counts as done. */
  #untriedSteps = 0;
  #isTrying = false;

  constructor(folder: Pick<Folder, 'mergesWithin'>) {
    this.#folder = folder;
  }

  /** @returns false where the update is first to be tried; else it counts as accepted */
  admits(state: Pick<RoomState, 'stepsOf'>, news: News): boolean {
    const steps = this.#untriedSteps + state.stepsOf(news);
    if (steps > MAX_UNTRIED_STEPS) return false;
    this.#untriedSteps = steps;
    return true;
  }

  /**
   * @param parts all that was accepted, when it is asked for
   * @param broke told where the update breaks the document
   * @returns whether everybody can merge it in good time
   * @throws FolderFailedError, or what `parts` throws
   */
  async try(
    news: News,
    parts: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>,
    broke: (cause: UnfoldableError) => void,
  ): Promise<boolean> {
    const isFirst = !this.#isTrying;
    const steps = isFirst ? this.#untriedSteps : 0;
    this.#untriedSteps -= steps;
    this.#isTrying = true;
    let merges = false;
    try {
      merges = await this.#folder.mergesWithin(await parts(), news.bytes, MERGE_WITHIN_MS);
    } catch (cause) {
      if (!(cause instanceof UnfoldableError)) throw cause;
      broke(cause);
    } finally {
      if (isFirst) this.#isTrying = false;
      if (!merges) this.#untriedSteps += steps;
    }
    return merges;
  }
}
