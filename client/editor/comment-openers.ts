import type { Editor } from '@tiptap/core';

/** Begins a comment on what is selected. Fetched after the text can be written in; only editors of a case have one. */
export const commentOpeners = new WeakMap<Editor, () => void>();
