import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type FindQuery, findInText } from './find-text.ts';

/** What is marked in an editor. */
export interface Highlight {
  readonly query: FindQuery;
  /** Ordinal of the match that one is at, counted from 0 in this text; null: none of them. */
  readonly current: number | null;
}

interface HighlightState {
  readonly highlight: Highlight | null;
  readonly marks: DecorationSet;
}

const highlightKey = new PluginKey<HighlightState>('findHighlight');
const NOTHING: HighlightState = { highlight: null, marks: DecorationSet.empty };

/** Marks what was found in an editor, or with null nothing more. */
export function showHighlight(editor: Editor, highlight: Highlight | null): void {
  if (editor.isDestroyed) return;
  editor.view.dispatch(editor.state.tr.setMeta(highlightKey, { highlight }).setMeta('addToHistory', false));
}

/** Brings the match that one is at into view. @returns whether it is there */
export function scrollToHighlight(editor: Editor): boolean {
  const mark = editor.isDestroyed ? null : editor.view.dom.querySelector('.found-now');
  mark?.scrollIntoView({ block: 'center' });
  return mark !== null;
}

/** Marks found words; costs nothing while nothing is sought. */
export const FindHighlight = Extension.create({
  name: 'findHighlight',
  addProseMirrorPlugins() {
    return [
      new Plugin<HighlightState>({
        key: highlightKey,
        state: {
          init: () => NOTHING,
          apply(transaction, now) {
            const asked = transaction.getMeta(highlightKey) as { highlight: Highlight | null } | undefined;
            if (!asked && (!now.highlight || !transaction.docChanged)) return now;
            const highlight = asked ? asked.highlight : now.highlight;
            return highlight ? { highlight, marks: marksIn(transaction.doc, highlight) } : NOTHING;
          },
        },
        props: {
          decorations: (state) => highlightKey.getState(state)?.marks,
        },
      }),
    ];
  },
});

function marksIn(doc: Node, { query, current }: Highlight): DecorationSet {
  const marks: Decoration[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const words = node.textBetween(0, node.content.size, undefined, '\n');
    for (const { from, to } of findInText(words, query)) {
      const name = marks.length === current ? 'found found-now' : 'found';
      marks.push(Decoration.inline(position + 1 + from, position + 1 + to, { class: name }));
    }
    return false;
  });
  return DecorationSet.create(doc, marks);
}
