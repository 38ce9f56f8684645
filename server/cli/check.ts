import * as Y from 'yjs';
import { type BlockStore, DamagedBlockError } from '../ports/block-store.ts';

export interface CheckReport {
  readonly blocks: number;
  readonly rows: number;
  /** One line each, naming the block. */
  readonly faults: readonly string[];
}

/** Rows read at a time; a block's whole past need not fit into memory twice. */
const PAGE = 500;

/**
 * Opens every block: checksums, order, and whether its updates merge into a
 * document that holds together.
 */
export async function checkBlocks(store: BlockStore): Promise<CheckReport> {
  const faults: string[] = [];
  const ids = await store.blockIds();
  let rows = 0;
  for (const blockId of ids) {
    try {
      rows += await checkRows(store, blockId);
      await checkDocument(store, blockId);
    } catch (error) {
      faults.push(
        error instanceof DamagedBlockError
          ? error.message
          : `block ${blockId}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return { blocks: ids.length, rows, faults };
}

async function checkRows(store: BlockStore, blockId: string): Promise<number> {
  let seq = 0;
  for (;;) {
    const rows = await store.rowsAfter(blockId, seq, PAGE);
    for (const row of rows) Y.decodeUpdate(row.bytes);
    seq += rows.length;
    if (rows.length < PAGE) return seq;
  }
}

async function checkDocument(store: BlockStore, blockId: string): Promise<void> {
  const stored = await store.load(blockId);
  if (!stored) throw new DamagedBlockError(blockId, 'it is listed, and is not there');
  const updates = [
    ...(stored.snapshot ? [stored.snapshot.bytes] : []),
    ...stored.tail.map((row) => row.bytes),
  ];
  if (updates.length === 0) return;
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, Y.mergeUpdates(updates));
    if (doc.store.pendingStructs || doc.store.pendingDs) {
      throw new DamagedBlockError(blockId, 'changes are missing on which later ones build');
    }
  } finally {
    doc.destroy();
  }
}
