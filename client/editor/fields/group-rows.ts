import { useCallback, useMemo, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { FIELDS, rowKey } from '../../../shared/document/block-parts.ts';
import { rowIds } from '../../../shared/document/field-values.ts';
import { LOCAL_EDIT } from '../../sync/local-edit.ts';
import { placeRow } from '../row-order.ts';

/** @returns the ids of a group's rows in their order */
export function rowsOf(doc: Y.Doc, groupId: string): string[] {
  return rowIds(ordersOf(doc, groupId), groupId);
}

function ordersOf(doc: Y.Doc, groupId: string): Record<string, string> {
  const prefix = rowKey(groupId, '');
  const orders: Record<string, string> = {};
  for (const [key, value] of doc.getMap(FIELDS)) {
    if (key.startsWith(prefix) && typeof value === 'string') orders[key] = value;
  }
  return orders;
}

/** Follows which rows a group has. */
export function useRows(doc: Y.Doc, groupId: string): readonly string[] {
  const watch = useCallback(
    (changed: () => void) => {
      const prefix = rowKey(groupId, '');
      const fields = doc.getMap(FIELDS);
      const onChange = (event: Y.YMapEvent<unknown>) => {
        for (const key of event.keysChanged) if (key?.startsWith(prefix)) return changed();
      };
      fields.observe(onChange);
      return () => fields.unobserve(onChange);
    },
    [doc, groupId],
  );
  const ids = useSyncExternalStore(watch, () => rowsOf(doc, groupId).join('/'));
  return useMemo(() => (ids === '' ? [] : ids.split('/')), [ids]);
}

/** Adds an empty row at the end, or moves one there. `place` counts from 0 among the other rows. */
export function putRow(
  doc: Y.Doc,
  groupId: string,
  rowId: string,
  place: number,
  chance: () => number,
): void {
  const orders = ordersOf(doc, groupId);
  const rows = rowIds(orders, groupId).map((id) => ({ id, order: orders[rowKey(groupId, id)] ?? '' }));
  const set = placeRow(groupId, rows, rowId, place, chance);
  doc.transact(() => {
    for (const [key, order] of Object.entries(set)) doc.getMap(FIELDS).set(key, order);
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
    for (const [key, root] of doc.share) {
      if (key.startsWith(`field${inside}`) && root instanceof Y.Text) root.delete(0, root.length);
    }
  }, LOCAL_EDIT);
}
