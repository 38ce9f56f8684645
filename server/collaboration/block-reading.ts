import * as Y from 'yjs';
import { type BlockStore, DamagedBlockError } from '../ports/block-store.ts';
import { type BlockContents, type Folder, UnfoldableError } from '../ports/folder.ts';
import { applyStored, keepFormatting, partsOf } from './block-document.ts';
import { contentsOf } from './block-folding.ts';
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
 * What stands in a block as it is on disk. A large one is read where that holds nobody up.
 * @returns null for a block that does not exist
 * @throws DamagedBlockError when what is stored cannot be believed; FolderFailedError
 */
export async function readContentsOf(
  { blocks, folder }: { readonly blocks: Pick<BlockStore, 'load'>; readonly folder: Pick<Folder, 'read'> },
  blockId: string,
): Promise<(BlockContents & Pick<BlockReading, 'seq' | 'lineage'>) | null> {
  const stored = await blocks.load(blockId);
  if (!stored) return null;
  const { lineage } = stored;
  const seq = stored.tail.at(-1)?.seq ?? stored.snapshot?.seq ?? 0;
  const parts = partsOf(stored);
  if (lengthOf(parts) <= LARGE_BLOCK_BYTES) {
    const doc = new Y.Doc();
    keepFormatting(doc);
    applyStored(doc, stored);
    const contents = contentsOf(doc);
    doc.destroy();
    return { ...contents, seq, lineage };
  }
  try {
    return { ...(await folder.read(parts)), seq, lineage };
  } catch (cause) {
    if (cause instanceof UnfoldableError) throw new DamagedBlockError(blockId, cause.message);
    throw cause;
  }
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
  if (lengthOf(parts) > LARGE_BLOCK_BYTES && (await folder.isWellShaped(parts))) return null;
  const doc = new Y.Doc();
  keepFormatting(doc);
  applyStored(doc, stored);
  return doc;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
