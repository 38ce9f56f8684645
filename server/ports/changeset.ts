import type { ClientRange, LogRow, Rewriting } from './block-store.ts';

/**
 * What one person wrote in a block within one window of its history: the sum of
 * their log rows, in place of them. A window ends for all at once. The text
 * between two ends cannot be had again; at each end it can: all changesets up to
 * there, applied in one transaction, are the block as it was.
 */
export interface Changeset {
  readonly blockId: string;
  readonly lineage: string;
  /** Counts from 1 within the block, without gaps. */
  readonly window: number;
  /** Counts from 1 within the window, in the order of the first rows. */
  readonly ordinal: number;
  /** As in the rows; null for the server's own edits. */
  readonly authorId: string | null;
  readonly onBehalfOf: string | null;
  /** Sequence numbers of the first and the last row; others' rows may lie between. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Earliest and latest server time of the rows, milliseconds since 1970. */
  readonly fromTime: number;
  readonly toTime: number;
  /** How many rows it stands for. */
  readonly rows: number;
  /** By client and clock, merged where they meet. */
  readonly clients: readonly ClientRange[];
  /** A Yjs update, encoding version 1, with the text that was deleted. May wait for others of its window. */
  readonly bytes: Uint8Array;
}

/** A part of a block's past, oldest first: what is folded, then what still stands row by row. */
export interface BlockHistory {
  readonly blockId: string;
  readonly lineage: string;
  /** Whole windows, by window and ordinal. */
  readonly changesets: readonly Changeset[];
  readonly rows: readonly LogRow[];
  /** The last sequence number in it; where it was asked from when it holds nothing. */
  readonly through: number;
}

/** Where a window ends. */
export interface WindowEnd {
  /** 0 before the first. */
  readonly window: number;
  readonly seq: number;
}

export const NO_WINDOW: WindowEnd = { window: 0, seq: 0 };

export function endOf(window: readonly Changeset[]): WindowEnd {
  return {
    window: window[0]?.window ?? 0,
    seq: window.reduce((last, changeset) => Math.max(last, changeset.lastSeq), 0),
  };
}

/**
 * @param window changesets that say they are one window
 * @param before the end of the window before it
 * @returns what is wrong with them; null when they stand for every row after that end, once each
 */
export function windowFault(window: readonly Changeset[], before: WindowEnd): string | null {
  const number = before.window + 1;
  const name = `window ${number}`;
  if (window.length === 0) return `${name} is missing`;
  let rows = 0;
  let first = Number.POSITIVE_INFINITY;
  for (const [index, changeset] of window.entries()) {
    if (changeset.window !== number) return `${name} is missing, ${changeset.window} stands in its place`;
    if (changeset.ordinal !== index + 1) return `changeset ${index + 1} of ${name} is missing`;
    rows += changeset.rows;
    first = Math.min(first, changeset.firstSeq);
  }
  const { seq } = endOf(window);
  if (first !== before.seq + 1) return `${name} begins with row ${first}, not ${before.seq + 1}`;
  if (rows !== seq - before.seq) return `${name} stands for ${rows} rows of ${seq - before.seq}`;
  return null;
}

/** A row or changeset without its bytes. */
export type WhoWrote = Omit<Changeset, 'bytes' | 'lineage' | 'window' | 'ordinal'>;

/** An update without structs and deletions. */
const NO_BYTES = Uint8Array.of(0, 0);

/**
 * A block's past after its words were erased: who wrote when and how much, and no text; then what
 * stands, as one row of the server's in a window of its own.
 * @param windows whole ones, in order
 * @param rows those after them; they become one window, by who wrote them
 */
export function emptiedHistory(
  blockId: string,
  windows: readonly (readonly WhoWrote[])[],
  rows: readonly WhoWrote[],
  { lineage, onBehalfOf, serverTime, clients, bytes }: Rewriting,
): readonly (readonly Changeset[])[] {
  const past = rows.length > 0 ? [...windows, joinedByAuthor(rows)] : windows;
  const last = past.flat().reduce((seq, { lastSeq }) => Math.max(seq, lastSeq), 0);
  const emptied = past.map((window, at) =>
    window.map((one, index) => ({
      ...one,
      lineage,
      window: at + 1,
      ordinal: index + 1,
      bytes: NO_BYTES,
    })),
  );
  const anew: Changeset = {
    ...{ blockId, lineage, window: past.length + 1, ordinal: 1, authorId: null, onBehalfOf },
    ...{ firstSeq: last + 1, lastSeq: last + 1, fromTime: serverTime, toTime: serverTime, rows: 1 },
    ...{ clients, bytes },
  };
  return [...emptied, [anew]];
}

function joinedByAuthor(rows: readonly WhoWrote[]): readonly WhoWrote[] {
  const byAuthor = new Map<string, WhoWrote>();
  for (const row of rows) {
    const key = JSON.stringify([row.authorId, row.onBehalfOf]);
    const known = byAuthor.get(key);
    byAuthor.set(
      key,
      known
        ? {
            ...known,
            lastSeq: row.lastSeq,
            fromTime: Math.min(known.fromTime, row.fromTime),
            toTime: Math.max(known.toTime, row.toTime),
            rows: known.rows + row.rows,
            clients: [...known.clients, ...row.clients],
          }
        : row,
    );
  }
  return [...byAuthor.values()];
}
