import type { OfferedAccess } from '../../shared/permissions/sharing.ts';

/** A cell of the grid; -1 is the head of the row or of the column. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Rows that a page's key moves by. */
const PAGE = 10;

/**
 * Where a key leads from a cell.
 * @returns null for keys that move nothing; never the empty corner of the two heads
 */
export function placeAfter(
  event: Key,
  from: Place,
  size: { readonly rows: number; readonly columns: number },
): Place | null {
  if (event.altKey || event.metaKey) return null;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = ((): Place | null => {
    const { row, column } = from;
    switch (event.key) {
      case 'ArrowDown':
        return { row: row + 1, column };
      case 'ArrowUp':
        return { row: row - 1, column };
      case 'ArrowRight':
        return { row, column: column + 1 };
      case 'ArrowLeft':
        return { row, column: column - 1 };
      case 'PageDown':
        return { row: row + PAGE, column };
      case 'PageUp':
        return { row: Math.max(0, row - PAGE), column };
      case 'Home':
        return event.ctrlKey ? { row: 0, column: 0 } : { row, column: row < 0 ? 0 : -1 };
      case 'End':
        return event.ctrlKey ? last : { row, column: last.column };
      default:
        return null;
    }
  })();
  if (!to) return null;
  const bounded = {
    row: Math.max(-1, Math.min(last.row, to.row)),
    column: Math.max(-1, Math.min(last.column, to.column)),
  };
  return bounded.row < 0 && bounded.column < 0 ? from : bounded;
}

/** @returns the level that a letter stands for: N nothing, R reads, C comments, F fills in */
export function directLevel(event: Key): OfferedAccess | null {
  if (event.altKey || event.metaKey || event.ctrlKey) return null;
  const levels: Readonly<Record<string, OfferedAccess>> = { n: 'none', r: 'read', c: 'comment', f: 'write' };
  return levels[event.key.toLowerCase()] ?? null;
}
