import * as Y from 'yjs';
import { DamagedBlockError } from '../ports/block-store.ts';
import type { BlockHistory } from '../ports/changeset.ts';
import { applyParts, keepFormatting } from './block-document.ts';

/**
 * A block as it was, with all that was ever deleted still in it.
 * @param history from its beginning
 * @param end a window of it, or a row that still stands; absent: all of it
 * @returns a document of the caller's own
 * @throws DamagedBlockError when it does not make a whole document
 */
export function replayHistory(
  history: BlockHistory,
  end: { readonly window: number } | { readonly seq: number } | null = null,
): Y.Doc {
  const untilWindow = end && 'window' in end ? end.window : Number.POSITIVE_INFINITY;
  const untilSeq = end && 'seq' in end ? end.seq : end === null ? Number.POSITIVE_INFINITY : 0;
  const doc = new Y.Doc({ gc: false });
  keepFormatting(doc);
  try {
    applyParts(doc, [
      ...history.changesets.filter(({ window }) => window <= untilWindow).map(({ bytes }) => bytes),
      ...history.rows.filter(({ seq }) => seq <= untilSeq).map(({ bytes }) => bytes),
    ]);
  } catch (cause) {
    doc.destroy();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DamagedBlockError(history.blockId, `its history makes no document (${why})`);
  }
  return doc;
}
