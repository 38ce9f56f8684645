import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';

/**
 * Carets of the others where nothing is written yet. The line that the editor shows
 * there stands in no document, and y-tiptap draws no caret while it has nothing to
 * count places by.
 */
export function emptyCarets(
  awareness: Awareness,
  draw: (user: Readonly<Record<string, unknown>>) => HTMLElement,
): Plugin {
  return new Plugin({
    props: {
      // Drawn anew at every change of presence: the plugin of the carets sends a transaction then.
      decorations(state) {
        const mapping: ReadonlyMap<unknown, unknown> | undefined =
          ySyncPluginKey.getState(state)?.binding?.mapping;
        if (mapping?.size !== 0 || state.doc.childCount !== 1 || state.doc.textContent !== '') return null;
        const carets: Decoration[] = [];
        for (const [client, presence] of awareness.getStates()) {
          if (client === awareness.clientID || !presence?.cursor) continue;
          carets.push(Decoration.widget(1, () => draw(presence.user ?? {}), { key: `${client}`, side: 10 }));
        }
        return DecorationSet.create(state.doc, carets);
      },
    },
  });
}
