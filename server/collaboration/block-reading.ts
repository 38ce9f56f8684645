import * as Y from 'yjs';
import type { BlockStore } from '../ports/block-store.ts';
import { applyStored, keepFormatting } from './block-document.ts';

export interface BlockReading {
  readonly doc: Y.Doc;
  /** The last row of the log that is in it; 0 for an empty log. */
  readonly seq: number;
  readonly lineage: string;
}

/**
 * A block's text as it is on disk, in a fresh document of the caller's own.
 * @returns null for a block that does not exist
 * @throws DamagedBlockError when what is stored cannot be believed
 */
export async function readBlock(
  blocks: Pick<BlockStore, 'load'>,
  blockId: string,
): Promise<BlockReading | null> {
  const stored = await blocks.load(blockId);
  if (!stored) return null;
  const doc = new Y.Doc();
  keepFormatting(doc);
  applyStored(doc, stored);
  const seq = stored.tail.at(-1)?.seq ?? stored.snapshot?.seq ?? 0;
  return { doc, seq, lineage: stored.lineage };
}
