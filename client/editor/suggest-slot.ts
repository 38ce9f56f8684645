import { type Editor, Extension } from '@tiptap/core';
import type { Transaction } from '@tiptap/pm/state';

/** What an editor does about suggestions. It is fetched after the text can be read; its place is there from the first. */
export interface SuggestPart {
  /** @param next makes a change as it is */
  dispatch(transaction: Transaction, next: (transaction: Transaction) => void): void;
}

export const suggestParts = new WeakMap<Editor, SuggestPart>();

export const SuggestSlot = Extension.create({
  name: 'suggestSlot',
  // before all that looks at what is changed
  priority: 1_000,
  dispatchTransaction({ transaction, next }) {
    const part = suggestParts.get(this.editor);
    if (part) part.dispatch(transaction, next);
    else next(transaction);
  },
});
