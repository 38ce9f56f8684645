import {
  foldParts,
  gatherUpdates,
  hasShape,
  lookThrough,
  mergeInto,
  readContents,
  readWrittenContents,
  surveyBlock,
  timeOfMerging,
} from '../../collaboration/block-folding.ts';
import { reviewUpdate } from '../../collaboration/suggestion-review.ts';
import { type Folder, FolderFailedError } from '../../ports/folder.ts';

/** Folds at once, on the thread that asks; for tests and commands that serve nobody meanwhile. */
export function memoryFolder(): Folder {
  let closed = false;
  const open = <T>(work: () => T): Promise<T> =>
    closed
      ? Promise.reject(new FolderFailedError('the folder is closed'))
      : new Promise((resolve) => resolve(work()));
  return {
    fold: (parts) => open(() => foldParts(parts)),
    survey: (parts) => open(() => surveyBlock(parts)),
    merge: (parts, update, deletions) => open(() => mergeInto(parts, update, deletions)),
    gather: (groups) => open(() => groups.map(gatherUpdates)),
    findHidden: (past, inquiry) => open(() => lookThrough(past, inquiry)),
    mergesWithin: (parts, update, withinMs) =>
      open(() => timeOfMerging(parts, update, () => performance.now()) <= withinMs),
    read: (parts) => open(() => readContents(parts)),
    readWritten: (parts) => open(() => readWrittenContents(parts)),
    isWellShaped: (parts) => open(() => hasShape(parts)),
    review: (parts, update, asked) => open(() => reviewUpdate(parts, update, asked)),
    prepare() {},
    async close() {
      closed = true;
    },
  };
}
