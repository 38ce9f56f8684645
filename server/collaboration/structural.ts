import { NONE, StructReader, TEXT } from './struct-reader.ts';
import { UpdateCursor } from './update-cursor.ts';

/**
 * Reads an update no further than to the first thing that is more than letters.
 * @param update that was accepted
 * @returns false where it only puts letters beside letters, which no shape can break; what it
 *   deletes is not looked at
 */
export function isStructural(update: Uint8Array): boolean {
  const cursor = new UpdateCursor(update);
  const struct = new StructReader(cursor);
  for (let sections = cursor.varUint(); sections > 0; sections--) {
    let structs = cursor.varUint();
    cursor.varUint();
    cursor.clock();
    for (; structs > 0; structs--) {
      struct.read();
      // The first in its parent says which that is; others stand beside one that was looked at.
      const isFirst = struct.originClient === NONE && struct.rightClient === NONE;
      if (struct.kind !== TEXT || isFirst) return true;
    }
  }
  return false;
}
