import { useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { FieldValues } from '../../../shared/document/reading.ts';
import type { GroupField } from '../../../shared/framework/framework.ts';
import { isOpened, keepOpened } from '../folding.ts';
import { rowSummary } from './row-summary.ts';

/** Rows of fewer fields are about as short as the line that they would fold to. */
const FEWEST_FIELDS = 3;

/** @returns whether the rows of a group fold to a line each */
export function rowsFold(group: GroupField): boolean {
  return group.fields.length >= FEWEST_FIELDS || group.fields.some(({ kind }) => kind === 'long-text');
}

function keyOf(foldKey: string, group: GroupField, rowId: string): string {
  return `${foldKey}/${group.id}/${rowId}`;
}

/** @returns whether a row stands open at first: as it was left, or because nothing is in it to be read */
export function isRowOpen(foldKey: string, group: GroupField, rowId: string, values: FieldValues): boolean {
  if (isOpened(keyOf(foldKey, group, rowId))) return true;
  const { words, kind } = rowSummary(group, rowId, values);
  return words === '' && kind === '';
}

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
      keepOpened(keyOf(foldKey, group, rowId), open);
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
