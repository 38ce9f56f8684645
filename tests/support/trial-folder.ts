import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import type { Folder } from '../../server/ports/folder.ts';

/** Folds in memory; merges are tried when a test lets them, and take as long as it says. */
export class TrialFolder implements Folder {
  readonly #inner = memoryFolder();
  /** Updates that were tried. */
  readonly tried: Uint8Array[] = [];
  /** How often an update was merged into a block. */
  merges = 0;
  /** Every merge takes too long. */
  isSlow = false;
  /** While set, trials fail with it. */
  failure: Error | null = null;
  #gate: Promise<void> | null = null;
  #release: () => void = () => {};

  fold: Folder['fold'] = (parts) => this.#inner.fold(parts);
  survey: Folder['survey'] = (parts) => this.#inner.survey(parts);
  /** How often an update was looked at for what it does to suggestions. */
  reviews = 0;
  /** Every review takes too long. */
  isSlowToReview = false;
  merge: Folder['merge'] = (...asked) => {
    this.merges += 1;
    return this.#inner.merge(...asked);
  };
  gather: Folder['gather'] = (groups) => this.#inner.gather(groups);
  findHidden: Folder['findHidden'] = (past, inquiry) => this.#inner.findHidden(past, inquiry);
  read: Folder['read'] = (parts) => this.#inner.read(parts);
  readWritten: Folder['readWritten'] = (parts) => this.#inner.readWritten(parts);
  isWellShaped: Folder['isWellShaped'] = (parts) => this.#inner.isWellShaped(parts);
  review: Folder['review'] = async (...asked) => {
    this.reviews += 1;
    return this.isSlowToReview ? null : this.#inner.review(...asked);
  };
  prepare: Folder['prepare'] = () => this.#inner.prepare();
  close: Folder['close'] = () => this.#inner.close();

  mergesWithin: Folder['mergesWithin'] = async (parts, update) => {
    this.tried.push(update);
    await this.#gate;
    if (this.failure) throw this.failure;
    return !this.isSlow && this.#inner.mergesWithin(parts, update, Number.POSITIVE_INFINITY);
  };

  /** Trials wait from now on. */
  shut(): void {
    this.#gate = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#gate = null;
    this.#release();
  }
}
