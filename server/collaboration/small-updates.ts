import * as Y from 'yjs';
import { MERGED_AT_ONCE_BYTES, MERGED_AT_ONCE_UPDATES, SMALL_UPDATE_BYTES } from './bounds.ts';

/**
 * Merges what is soon merged: updates beside each other that are small. Large ones stay as they are,
 * since merging takes time by all that is in them.
 * @param updates oldest first
 * @returns updates that hold the same, in the same order
 */
export function joinSmall(updates: readonly Uint8Array[]): Uint8Array[] {
  return runsOfSmall(updates, (update) => update).map((run) =>
    run.length === 1 ? (run[0] as Uint8Array) : Y.mergeUpdates(run),
  );
}

/**
 * @param mayFollow whether one may be merged with the one before, as far as others are concerned
 * @returns all of them, in their order, those together that may be merged at once
 */
export function runsOfSmall<T>(
  all: readonly T[],
  updateOf: (one: T) => Uint8Array,
  mayFollow: (one: T, before: T) => boolean = () => true,
): T[][] {
  const runs: T[][] = [];
  let bytes = 0;
  for (const one of all) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const size = updateOf(one).byteLength;
    const isTogether =
      run &&
      before !== undefined &&
      run.length < MERGED_AT_ONCE_UPDATES &&
      size <= SMALL_UPDATE_BYTES &&
      updateOf(before).byteLength <= SMALL_UPDATE_BYTES &&
      bytes + size <= MERGED_AT_ONCE_BYTES &&
      mayFollow(one, before);
    if (isTogether) {
      run.push(one);
      bytes += size;
    } else {
      runs.push([one]);
      bytes = size;
    }
  }
  return runs;
}
