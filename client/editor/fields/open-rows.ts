import { useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { GroupField } from '../../../shared/framework/framework.ts';
import { keepOpened } from '../folding.ts';
import { rowKey } from './row-folding.ts';

export interface OpenRows {
  isOpen(rowId: string): boolean;
  /** Opens or folds it, and keeps that on this device. */
  set(rowId: string, open: boolean): void;
}

/**
 * Which rows of a group one has open. Only one's own hand changes that, once a row stands.
 * @param foldKey - null: nothing is kept, and every row is open
 * @param atFirst - whether a row that has just come is open
 */
export function useOpenRows(
  foldKey: string | null,
  group: GroupField,
  atFirst: (rowId: string) => boolean,
): OpenRows {
  const decided = useRef(new Map<string, boolean>());
  const [, draw] = useReducer((count: number) => count + 1, 0);
  return {
    isOpen(rowId) {
      if (foldKey === null) return true;
      const known = decided.current.get(rowId);
      if (known !== undefined) return known;
      const open = atFirst(rowId);
      decided.current.set(rowId, open);
      return open;
    },
    set(rowId, open) {
      if (foldKey === null) return;
      decided.current.set(rowId, open);
      keepOpened(rowKey(foldKey, group, rowId), open);
      draw();
    },
  };
}

/** Opens the row that a field stands in, if it is folded, before anything else happens. */
export function openRowOf(part: HTMLElement, fieldKey: string): void {
  const rowId = fieldKey.split('/')[2];
  if (!rowId) return;
  const head = part.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"] [aria-expanded="false"]`);
  if (head) flushSync(() => head.click());
}
