import type { Editor } from '@tiptap/core';

/** What an editor's menus and keys can do about quotes, once that was fetched. */
export interface QuoteDoor {
  /** Asks whose words are selected; with the caret in a quote, shows that one. */
  open(): void;
}

/** Only editors of a case's own team have one. */
export const quoteDoors = new WeakMap<Editor, QuoteDoor>();
