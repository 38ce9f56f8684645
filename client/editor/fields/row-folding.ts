import type { FieldValues } from '../../../shared/document/reading.ts';
import type { GroupField } from '../../../shared/framework/framework.ts';
import { isOpened } from '../folding.ts';
import { rowSummary } from './row-summary.ts';

/** Rows of fewer fields are about as short as the line that they would fold to. */
const FEWEST_FIELDS = 3;

/** @returns whether the rows of a group fold to a line each */
export function rowsFold(group: GroupField): boolean {
  return group.fields.length >= FEWEST_FIELDS || group.fields.some(({ kind }) => kind === 'long-text');
}

/** Under what the device keeps that a row is open. */
export function rowKey(foldKey: string, group: GroupField, rowId: string): string {
  return `${foldKey}/${group.id}/${rowId}`;
}

/** @returns whether a row stands open at first: as it was left, or because nothing is in it to be read */
export function isRowOpen(foldKey: string, group: GroupField, rowId: string, values: FieldValues): boolean {
  if (isOpened(rowKey(foldKey, group, rowId))) return true;
  const { words, kind } = rowSummary(group, rowId, values);
  return words === '' && kind === '';
}
