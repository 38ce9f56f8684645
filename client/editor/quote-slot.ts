import { type Editor, Extension } from '@tiptap/core';
import type { Slice } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import type { DecorationSet, EditorView } from '@tiptap/pm/view';

/**
 * What an editor does about quotes. It is fetched after the text can be written in, and a
 * plugin that came then would end and begin all others anew: so its place is there from the first.
 */
export interface QuotePart {
  /** Asks whose words are selected; null where this person captures none. */
  readonly open: (() => void) | null;
  /** @param now null before the first transaction that it sees; @returns its state */
  apply(transaction: Transaction, now: unknown, state: EditorState): unknown;
  filter(transaction: Transaction, state: EditorState): boolean;
  drawn(state: EditorState): DecorationSet | undefined;
  pasted(slice: Slice, view: EditorView): Slice;
  updated(view: EditorView, before: EditorState): void;
}

/** Only editors of a case's own team have one. */
export const quoteParts = new WeakMap<Editor, QuotePart>();

export const quoteKey = new PluginKey<unknown>('quotes');

export function slotFor(part: () => QuotePart | undefined): Plugin<unknown> {
  return new Plugin<unknown>({
    key: quoteKey,
    state: {
      init: () => null,
      apply: (transaction, now, _before, state) => part()?.apply(transaction, now, state) ?? null,
    },
    filterTransaction: (transaction, state) => part()?.filter(transaction, state) ?? true,
    props: {
      decorations: (state) => part()?.drawn(state),
      transformPasted: (slice, view) => part()?.pasted(slice, view) ?? slice,
    },
    view: () => ({ update: (view, before) => part()?.updated(view, before) }),
  });
}

export const QuoteSlot = Extension.create({
  name: 'quoteSlot',
  addProseMirrorPlugins() {
    return [slotFor(() => quoteParts.get(this.editor))];
  },
});
