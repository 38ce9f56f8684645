import * as Y from 'yjs';
import type { BlockStore } from '../ports/block-store.ts';
import type { Folder } from '../ports/folder.ts';
import { applyStored, keepFormatting, partsOf } from './block-document.ts';
import { LARGE_BLOCK_BYTES } from './bounds.ts';

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

/**
 * A block that is to be looked at for what no editor can hold. A large one is looked at where that
 * holds nobody up, and read here only where something was found.
 * @returns null for a block that does not exist, and for a large one that is as it should be
 * @throws DamagedBlockError, UnfoldableError, FolderFailedError
 */
export async function readForShape(
  blocks: Pick<BlockStore, 'load'>,
  folder: Pick<Folder, 'isWellShaped'>,
  blockId: string,
): Promise<Y.Doc | null> {
  const stored = await blocks.load(blockId);
  if (!stored) return null;
  const parts = partsOf(stored);
  const byteLength = parts.reduce((sum, part) => sum + part.byteLength, 0);
  if (byteLength > LARGE_BLOCK_BYTES && (await folder.isWellShaped(parts))) return null;
  const doc = new Y.Doc();
  keepFormatting(doc);
  applyStored(doc, stored);
  return doc;
}
