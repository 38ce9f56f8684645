import * as Y from 'yjs';

/** An update of more bytes than this is no plain typing; reading it costs more than a look at the block. */
const MOST_BYTES = 2_048;

/**
 * @param update that was accepted
 * @returns false where it only puts letters beside letters, which no shape can break
 */
export function isStructural(update: Uint8Array): boolean {
  if (update.length > MOST_BYTES) return true;
  const { structs, ds } = Y.decodeUpdate(update);
  if (ds.clients.size > 0) return true;
  return structs.some((struct) => {
    if (!(struct instanceof Y.Item)) return false;
    // the first in its parent says which that is; the others stand beside one that was looked at
    return struct.parent !== null || !(struct.content instanceof Y.ContentString);
  });
}
