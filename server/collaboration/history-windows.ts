/**
 * When a window of a block's history closes. It closes for all who write at once,
 * so that its end is a moment of the block, and only once a snapshot holds its rows.
 */
import type { ClientRange, LogRow } from '../ports/block-store.ts';
import type { Changeset } from '../ports/changeset.ts';
import type { Gathered } from '../ports/folder.ts';
import { WINDOW_BYTES, WINDOW_MS, WINDOW_ROWS } from './bounds.ts';

export interface WindowSituation {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The last row that the snapshot holds. */
  readonly coveredSeq: number;
  /** A named version asks for a window to end with this row or a later one; 0: none does. */
  readonly askedSeq: number;
}

/**
 * @param rows that still stand, from the first on, oldest first; may be only as many as are at hand
 * @returns how many of them make the next window; 0: it stays open, or more rows are needed to tell
 */
export function rowsOfNextWindow(
  rows: readonly Pick<LogRow, 'seq' | 'serverTime' | 'bytes'>[],
  situation: WindowSituation,
): number {
  const [first] = rows;
  if (!first) return 0;
  let bytes = 0;
  let count = 0;
  let isFull = false;
  for (const row of rows) {
    // Either way: a clock that was set back must not keep a window open for a day.
    if (isLong(first.serverTime, row.serverTime)) isFull = true;
    if (isFull) break;
    bytes += row.bytes.byteLength;
    count += 1;
    if (count >= WINDOW_ROWS || bytes >= WINDOW_BYTES || row.seq === situation.askedSeq) isFull = true;
  }
  const last = rows[count - 1] as Pick<LogRow, 'seq'>;
  if (last.seq > situation.coveredSeq) return 0;
  return isFull || isLong(first.serverTime, situation.now) ? count : 0;
}

function isLong(from: number, to: number): boolean {
  return Math.abs(to - from) >= WINDOW_MS;
}

/** The rows of one window that were made for the same person by the same hand. */
export type AuthorRows = readonly LogRow[];

/** @returns the rows of a window by author, in the order of their first rows */
export function rowsByAuthor(rows: readonly LogRow[]): readonly AuthorRows[] {
  const byAuthor = new Map<string, LogRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.authorId, row.onBehalfOf]);
    const known = byAuthor.get(key);
    if (known) known.push(row);
    else byAuthor.set(key, [row]);
  }
  return [...byAuthor.values()];
}

/**
 * @param window its number
 * @param groups from `rowsByAuthor`
 * @param gathered their bytes, from a folder, in the same order
 */
export function changesetsOf(
  window: number,
  groups: readonly AuthorRows[],
  gathered: readonly (readonly Gathered[])[],
): readonly Changeset[] {
  return groups
    .flatMap((group, at) =>
      (gathered[at] ?? []).map(({ from, bytes }) => ({
        rows: from.map((index) => group[index] as LogRow),
        bytes,
      })),
    )
    .sort((one, other) => (one.rows[0] as LogRow).seq - (other.rows[0] as LogRow).seq)
    .map(({ rows, bytes }, index) => {
      const first = rows[0] as LogRow;
      const times = rows.map((row) => row.serverTime);
      return {
        blockId: first.blockId,
        lineage: first.lineage,
        window,
        ordinal: index + 1,
        authorId: first.authorId,
        onBehalfOf: first.onBehalfOf,
        firstSeq: first.seq,
        lastSeq: (rows.at(-1) as LogRow).seq,
        fromTime: times.reduce((one, other) => Math.min(one, other)),
        toTime: times.reduce((one, other) => Math.max(one, other)),
        rows: rows.length,
        clients: joinedRanges(rows.flatMap((row) => row.clients)),
        bytes,
      };
    });
}

function joinedRanges(ranges: readonly ClientRange[]): readonly ClientRange[] {
  const joined: ClientRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.client - other.client || one.from - other.from)) {
    const last = joined.at(-1);
    if (last?.client === range.client && range.from <= last.to) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    } else joined.push(range);
  }
  return joined;
}
