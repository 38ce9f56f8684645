import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { FIELDS } from '../../../shared/document/block-parts.ts';
import { LOCAL_EDIT } from '../../sync/local-edit.ts';

/** Follows one single value of a block. @returns undefined while it has none */
export function useFieldValue(doc: Y.Doc, key: string): unknown {
  const watch = useCallback(
    (changed: () => void) => {
      const fields = doc.getMap(FIELDS);
      const onChange = (event: Y.YMapEvent<unknown>) => {
        if (event.keysChanged.has(key)) changed();
      };
      fields.observe(onChange);
      return () => fields.unobserve(onChange);
    },
    [doc, key],
  );
  return useSyncExternalStore(watch, () => doc.getMap(FIELDS).get(key));
}

/** As text; empty while there is none, or where raw data holds something else. */
export function useFieldText(doc: Y.Doc, key: string): string {
  const value = useFieldValue(doc, key);
  return typeof value === 'string' ? value : '';
}

/** Follows the text of a field, read only. */
export function useSharedText(doc: Y.Doc, key: string): string {
  const watch = useCallback(
    (changed: () => void) => {
      const text = doc.getText(key);
      text.observe(changed);
      return () => text.unobserve(changed);
    },
    [doc, key],
  );
  return useSyncExternalStore(watch, () => doc.getText(key).toString());
}

/** Follows which of several options are chosen. */
export function useChosen(doc: Y.Doc, keys: readonly string[]): ReadonlySet<string> {
  const all = keys.join('\n');
  const watch = useCallback(
    (changed: () => void) => {
      const wanted = new Set(all.split('\n'));
      const fields = doc.getMap(FIELDS);
      const onChange = (event: Y.YMapEvent<unknown>) => {
        for (const key of event.keysChanged) if (key !== null && wanted.has(key)) return changed();
      };
      fields.observe(onChange);
      return () => fields.unobserve(onChange);
    },
    [doc, all],
  );
  const chosen = useSyncExternalStore(watch, () =>
    all
      .split('\n')
      .filter((key) => doc.getMap(FIELDS).get(key) === true)
      .join('\n'),
  );
  return useMemo(() => new Set(chosen.split('\n')), [chosen]);
}

/** Sets or, with undefined or an empty text, clears one single value, as an own edit. */
export function setFieldValue(doc: Y.Doc, key: string, value: string | true | undefined): void {
  const fields = doc.getMap(FIELDS);
  const now = fields.get(key);
  if (value === undefined || value === '') {
    if (now !== undefined) doc.transact(() => fields.delete(key), LOCAL_EDIT);
  } else if (now !== value) doc.transact(() => fields.set(key, value), LOCAL_EDIT);
}
