import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { FIELDS, rowKey } from '../../../shared/document/block-parts.ts';
import { rowIds } from '../../../shared/document/field-values.ts';
import type { FieldValues } from '../../../shared/document/reading.ts';
import type { GroupField } from '../../../shared/framework/framework.ts';
import { LOCAL_EDIT } from '../../sync/local-edit.ts';
import { placeRow } from '../row-order.ts';
import { type RowSummary, rowSummary } from './row-summary.ts';

/** @returns the ids of a group's rows in their order, see `rowIds` */
export function rowsOf(doc: Y.Doc, groupId: string): string[] {
  const values: Record<string, string | boolean> = {};
  for (const [key, value] of doc.getMap(FIELDS)) {
    if (typeof value === 'string' || value === true) values[key] = value;
  }
  for (const [key, root] of doc.share) {
    // that there is something counts here, not what it says
    if (key.startsWith('field/') && root._length > 0) values[key] = true;
  }
  return rowIds(values, groupId);
}

/** Follows which rows a group has. */
export function useRows(doc: Y.Doc, groupId: string): readonly string[] {
  const watch = useCallback((changed: () => void) => watchRoots(doc, changed), [doc]);
  const ids = useSyncExternalStore(watch, () => rowsOf(doc, groupId).join('/'));
  return useMemo(() => (ids === '' ? [] : ids.split('/')), [ids]);
}

/** @returns what stands in the fields of one row */
export function rowValues(doc: Y.Doc, groupId: string, rowId: string): FieldValues {
  const inside = `/${groupId}/${rowId}/`;
  const values: Record<string, string | boolean> = {};
  for (const [key, value] of doc.getMap(FIELDS)) {
    if (key.includes(inside) && (typeof value === 'string' || typeof value === 'boolean'))
      values[key] = value;
  }
  for (const key of doc.share.keys()) {
    if (key.startsWith(`field${inside}`)) values[key] = doc.getText(key).toString();
  }
  return values;
}

/** Follows a row in one line. */
export function useRowSummary(doc: Y.Doc, group: GroupField, rowId: string): RowSummary {
  const watch = useCallback((changed: () => void) => watchRoots(doc, changed), [doc]);
  const said = useSyncExternalStore(watch, () =>
    JSON.stringify(rowSummary(group, rowId, rowValues(doc, group.id, rowId))),
  );
  return useMemo(() => JSON.parse(said) as RowSummary, [said]);
}

/** Calls `changed` after each change of fields; the running text has no say in them. */
function watchRoots(doc: Y.Doc, changed: () => void): () => void {
  const onTransaction = ({ changed: types }: Y.Transaction) => {
    for (const type of types.keys()) if (type._item === null) return changed();
  };
  doc.on('afterTransaction', onTransaction);
  return () => doc.off('afterTransaction', onTransaction);
}

/** Adds an empty row at the end, or moves one there. `place` counts from 0 among the other rows. */
export function putRow(
  doc: Y.Doc,
  groupId: string,
  rowId: string,
  place: number,
  chance: () => number,
): void {
  const fields = doc.getMap(FIELDS);
  const rows = rowsOf(doc, groupId).map((id) => ({
    id,
    order: String(fields.get(rowKey(groupId, id)) ?? ''),
  }));
  const set = placeRow(groupId, rows, rowId, place, chance);
  doc.transact(() => {
    for (const [key, order] of Object.entries(set)) fields.set(key, order);
  }, LOCAL_EDIT);
}

/**
 * Takes a row away with all that stands in it, as one edit, so that nothing of it
 * stays behind unseen; undoing that edit brings all of it back.
 */
export function removeRow(doc: Y.Doc, groupId: string, rowId: string): void {
  const inside = `/${groupId}/${rowId}/`;
  doc.transact(() => {
    const fields = doc.getMap(FIELDS);
    for (const key of [...fields.keys()]) {
      if (
        key === rowKey(groupId, rowId) ||
        (/^(value|option|year|source)\//.test(key) && key.slice(key.indexOf('/')).startsWith(inside))
      ) {
        fields.delete(key);
      }
    }
    for (const key of [...doc.share.keys()]) {
      if (!key.startsWith(`field${inside}`)) continue;
      const text = doc.getText(key);
      text.delete(0, text.length);
    }
  }, LOCAL_EDIT);
}
