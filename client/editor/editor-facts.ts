import type { Editor } from '@tiptap/core';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/**
 * Follows something about an editor; draws anew only when it changes, not with every letter.
 * @param read returns plain data, compared as JSON
 */
export function useEditorFacts<T>(editor: Editor, read: (editor: Editor) => T): T {
  const watch = useCallback(
    (changed: () => void) => {
      editor.on('transaction', changed);
      return () => {
        editor.off('transaction', changed);
      };
    },
    [editor],
  );
  const json = useSyncExternalStore(watch, () =>
    editor.isDestroyed ? 'null' : JSON.stringify(read(editor)),
  );
  return useMemo(() => JSON.parse(json) as T, [json]);
}
