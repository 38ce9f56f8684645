import type { Transaction } from 'kysely';
import type { BlockHistory, Changeset, WindowEnd } from './changeset.ts';
import type { Tables } from './tables.ts';

/**
 * Keeps the log of every block. Rows are never changed. Those of a window that
 * closed are given up for its changesets, which say the same; history is both.
 */

/** Structs of one client that an update brings: clocks from (inclusive) and to (exclusive). */
export interface ClientRange {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** One accepted update, before the store has given it a sequence number. */
export interface NewLogRow {
  readonly blockId: string;
  readonly lineage: string;
  /** Who wrote it; null for the server's own edits. */
  readonly authorId: string | null;
  /** For the server's own edits: for whom they were made. */
  readonly onBehalfOf: string | null;
  /** Milliseconds since 1970, the server's clock. */
  readonly serverTime: number;
  /** As the device claims; null where it says nothing. */
  readonly deviceTime: number | null;
  readonly clients: readonly ClientRange[];
  /** A Yjs update, encoding version 1. */
  readonly bytes: Uint8Array;
}

export interface LogRow extends NewLogRow {
  /** Counts from 1 within the block, without gaps. */
  readonly seq: number;
}

export interface Snapshot {
  /** Everything up to and including this sequence number is folded in. */
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** What is known of `bytes` without reading them; absent where that has to be found, or cannot be believed. */
  readonly survey?: Uint8Array | undefined;
}

export interface StoredBlock {
  readonly blockId: string;
  readonly lineage: string;
  readonly snapshot: Snapshot | null;
  /** Rows after the snapshot, in order. */
  readonly tail: readonly LogRow[];
}

/** The stored bytes of this block cannot be believed: it is quarantined, never shown as empty. */
export class DamagedBlockError extends Error {
  override readonly name = 'DamagedBlockError';
  readonly blockId: string;
  constructor(blockId: string, what: string) {
    super(`block ${blockId}: ${what}`);
    this.blockId = blockId;
  }
}

/**
 * Nothing of the batch was stored, so nothing of it may be acknowledged. Only
 * after a flush that failed may it be found there all the same, as after a loss
 * of power: whoever goes on reads first what is there.
 */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError';
}

/** Writes records in the transaction of an append. */
export type Alongside = (records: Transaction<Tables>) => Promise<void>;

/** What a block begins with anew. */
export interface Rewriting {
  readonly lineage: string;
  /** For whom it is done. */
  readonly onBehalfOf: string | null;
  /** Milliseconds since 1970. */
  readonly serverTime: number;
  /** Structs that are new in it, of the server's own. */
  readonly clients: readonly ClientRange[];
  /** A whole block without what was deleted, as a folder makes it, and what is known of it. */
  readonly bytes: Uint8Array;
  readonly survey?: Uint8Array | undefined;
}

export interface BlockStore {
  /**
   * Makes a block with an empty log. Does nothing when it exists.
   */
  create(blockId: string, lineage: string): Promise<void>;

  /**
   * What is needed to open the block; its history is not read for it.
   * @returns null for a block that does not exist
   * @throws DamagedBlockError when a checksum or the order of the rows does not hold, or
   *   rows were given up that the snapshot does not hold
   */
  load(blockId: string): Promise<StoredBlock | null>;

  /**
   * Stores all rows, of any blocks, in one transaction: all or none. Once it
   * resolves, they survive `kill -9` and a loss of power (SAVE-1).
   * A row of another lineage than its block's is refused.
   * @param alongside records that must stand or fall with the rows (words that
   * a merge hid); it awaits nothing but `records`, and what it throws stores nothing
   * @returns the sequence numbers, in the order of `rows`
   * @throws StoreWriteError when nothing was stored
   */
  append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]>;

  /**
   * Keeps a folded state beside the log. Ignored when a snapshot of the same or
   * a later sequence number exists or the lineage is another one.
   */
  saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void>;

  /**
   * Who first used which Yjs client id in the block (ACCESS-3), from all rows that there ever were.
   */
  clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>>;

  /**
   * Rows after `seq` that still stand, at most `limit`: none of a closed window.
   * @throws DamagedBlockError when a checksum or the order of the rows does not hold
   */
  rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]>;

  /**
   * Puts the changesets of one window in place of its rows, in one transaction:
   * both or neither. Numbering goes on as if the rows were there.
   * @param window all of one block and lineage; together they stand for every row after the window
   *   before, up to their own last
   * @returns false, and nothing has changed, when they do not fit what is kept: not the
   *   next window, rows missing, another lineage, or a snapshot that does not reach its end
   * @throws StoreWriteError when nothing was stored
   */
  closeWindow(window: readonly Changeset[]): Promise<boolean>;

  /** Where the last window that closed ends; window 0 where none did. */
  lastWindow(blockId: string): Promise<WindowEnd>;

  /**
   * The block's past after `seq`, as of one moment: windows that end after it, then the rows
   * that still stand.
   * @param seq from `through` of the part before; absent: from the beginning
   * @param limit ends the part after so many changesets and rows, or at the end of that window
   * @returns null for a block that does not exist
   * @throws DamagedBlockError when a checksum, the order or the lineage of what is read does not hold
   */
  historyOf(blockId: string, seq?: number, limit?: number): Promise<BlockHistory | null>;

  /**
   * Puts what stands in a block in the place of all bytes that were ever kept of it, on a lineage of its
   * own, in one transaction: both or neither (ERASE-1). Who wrote when, and how much, stays, without the
   * words; `anew` counts as one more row, in a window of its own, and is the first to which the block can
   * be had again.
   * @param from the lineage and the last row that `anew` was made of
   * @param alongside as for `append`
   * @returns false, and nothing has changed, when the block went on meanwhile or is of another lineage
   * @throws StoreWriteError when nothing was stored
   */
  rewrite(
    blockId: string,
    from: { readonly lineage: string; readonly seq: number },
    anew: Rewriting,
    alongside?: Alongside,
  ): Promise<boolean>;

  /**
   * Whether any of these stands, byte for byte, in anything that is kept of the block: its log, its
   * changesets or its snapshot.
   */
  holds(blockId: string, pieces: readonly Uint8Array[]): Promise<boolean>;

  /** Ids of all blocks, sorted. */
  blockIds(): Promise<readonly string[]>;
}
