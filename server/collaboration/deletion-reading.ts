import { MAX_CLOCK, MAX_DELETIONS_PER_UPDATE } from './bounds.ts';
import { ClockSet } from './clock-set.ts';
import { MalformedUpdateError, type UpdateCursor } from './update-cursor.ts';

/**
 * Reads an update's delete set and believes none of it; its order may be any, since older versions
 * of Yjs write it in the order of their memory.
 * @throws MalformedUpdateError
 */
export function readDeletions(cursor: UpdateCursor): ClockSet {
  const deletions = new ClockSet();
  let total = 0;
  for (let clients = cursor.varUint(); clients > 0; clients--) {
    const client = cursor.varUint();
    const ranges: number[] = [];
    for (let left = cursor.varUint(); left > 0; left--) {
      const from = cursor.clock();
      const length = cursor.length();
      if (from + length > MAX_CLOCK) throw new MalformedUpdateError('a deletion beyond the limit');
      if (++total > MAX_DELETIONS_PER_UPDATE) throw new MalformedUpdateError('too many deletions');
      ranges.push(from, from + length);
    }
    if (deletions.endOf(client) > 0) throw new MalformedUpdateError('deletions of a client twice');
    deletions.addRanges(client, ranges);
  }
  return deletions;
}
