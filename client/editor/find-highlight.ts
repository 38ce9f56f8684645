import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type FindQuery, findInText, isOnlySuggested } from './find-text.ts';

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
  let ordinal = 0;
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const { words, parts } = standingWords(node);
    for (const { from, to } of findInText(words, query)) {
      const name = ordinal === current ? 'found found-now' : 'found';
      ordinal += 1;
      for (const { offset, at, length } of parts) {
        const [start, end] = [Math.max(from, at), Math.min(to, at + length)];
        const shift = position + 1 + offset - at;
        if (start < end) marks.push(Decoration.inline(start + shift, end + shift, { class: name }));
      }
    }
    return false;
  });
  return DecorationSet.create(doc, marks);
}

/** Words of a line that stand in the text: what is only suggested is passed over, as `findInBlock` does. */
function standingWords(line: Node): {
  readonly words: string;
  readonly parts: readonly { readonly offset: number; readonly at: number; readonly length: number }[];
} {
  let words = '';
  const parts: { offset: number; at: number; length: number }[] = [];
  line.forEach((child, offset) => {
    if (isOnlySuggested(child.marks.map(({ type }) => type.name))) return;
    parts.push({ offset, at: words.length, length: child.nodeSize });
    words += child.text ?? '\n';
  });
  return { words, parts };
}
