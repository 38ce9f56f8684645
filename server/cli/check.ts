import * as Y from 'yjs';
import { readBlock } from '../collaboration/block-reading.ts';
import { documentDifference } from '../collaboration/document-comparison.ts';
import { replayHistory } from '../collaboration/history-replay.ts';
import { type BlockStore, DamagedBlockError } from '../ports/block-store.ts';
import type { BlockHistory } from '../ports/changeset.ts';

export interface CheckReport {
  readonly blocks: number;
  /** Log rows of all blocks, with those that stand in changesets by now. */
  readonly rows: number;
  /** One line each, naming the block. */
  readonly faults: readonly string[];
}

/**
 * Reads all of every block: what is opened (snapshot and the rows after it) and
 * its history (changesets, then rows); checksums, order, lineage, whether each
 * makes a document, and whether both make the same one.
 */
export async function checkBlocks(store: BlockStore): Promise<CheckReport> {
  const faults: string[] = [];
  const ids = await store.blockIds();
  let rows = 0;
  for (const blockId of ids) {
    const found = await checkBlock(store, blockId);
    rows += found.rows;
    faults.push(...new Set(found.faults));
  }
  return { blocks: ids.length, rows, faults };
}

async function checkBlock(
  store: BlockStore,
  blockId: string,
): Promise<{ readonly rows: number; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  /** What is wrong is told, and the rest is looked at all the same. */
  const looking = async <T>(look: () => Promise<T>): Promise<T | null> => {
    try {
      return await look();
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      faults.push(error instanceof DamagedBlockError ? told : `block ${blockId}: ${told}`);
      return null;
    }
  };
  const opened = await looking(() => readBlock(store, blockId));
  const history = await looking(async () => {
    const kept = await store.historyOf(blockId);
    if (!kept) throw new DamagedBlockError(blockId, 'it is listed, and is not there');
    for (const { ordinal, window, bytes } of kept.changesets) {
      readable(blockId, `changeset ${ordinal} of window ${window}`, bytes);
    }
    for (const { seq, bytes } of kept.rows) readable(blockId, `row ${seq}`, bytes);
    return kept;
  });
  // Where there are rows alone, both are read from the same ones, and would say the same twice.
  if (history && (opened || history.changesets.length > 0)) {
    await looking(async () => {
      if (!opened) return replayHistory(history).destroy();
      same(blockId, 'what is opened', opened.doc, history);
      const snapshot = (await store.load(blockId))?.snapshot;
      if (!snapshot) return;
      const folded = new Y.Doc();
      Y.applyUpdate(folded, snapshot.bytes);
      same(blockId, 'the snapshot', folded, history, snapshot.seq);
      folded.destroy();
    });
  }
  opened?.doc.destroy();
  return { rows: history?.through ?? 0, faults };
}

function readable(blockId: string, name: string, bytes: Uint8Array): void {
  try {
    Y.decodeUpdate(bytes);
  } catch {
    throw new DamagedBlockError(blockId, `${name} is no update`);
  }
}

/** @param seq the row up to which history is replayed; absent: all of it */
function same(blockId: string, name: string, doc: Y.Doc, history: BlockHistory, seq?: number): void {
  const replayed = replayHistory(history, seq === undefined ? null : { seq });
  const difference = documentDifference(doc, replayed);
  replayed.destroy();
  if (difference) {
    throw new DamagedBlockError(blockId, `${name} is not what its history makes (other ${difference})`);
  }
}
