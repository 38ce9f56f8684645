import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import {
  type getRelativeSelection,
  type ProsemirrorBinding,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';

/** Where somebody was writing, as places in the Y.Doc. */
export type Place = Pick<ReturnType<typeof getRelativeSelection>, 'anchor' | 'head'>;

/**
 * Takes an editor off its text, within the very transaction that brings what it cannot
 * hold: it hears of nothing more, and writes nothing more. What it still shows is no longer
 * what the text says, and would otherwise be put over it.
 * @returns where its owner was writing; null where the keyboard was elsewhere
 */
export function partFromText(editor: Editor): Place | null {
  const binding = bindingOf(editor);
  const place = binding.beforeTransactionSelection as Place | null;
  binding.destroy();
  binding._prosemirrorChanged = nothing;
  // also where its view is only about to be made
  binding.initView = nothing;
  binding._forceRerender = nothing;
  return editor.isFocused ? place : null;
}

/** Puts the keyboard back to where one was writing, unless it went elsewhere meanwhile. */
export function returnTo(editor: Editor, place: Place): void {
  const { activeElement, body } = editor.view.dom.ownerDocument;
  if (activeElement !== null && activeElement !== body) return;
  const { doc, type, mapping } = bindingOf(editor);
  const anchor = relativePositionToAbsolutePosition(doc, type, place.anchor, mapping);
  const head = relativePositionToAbsolutePosition(doc, type, place.head, mapping);
  editor.view.focus();
  if (anchor === null || head === null) return;
  const { tr } = editor.state;
  editor.view.dispatch(tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head))));
}

function bindingOf(editor: Editor): ProsemirrorBinding {
  return (ySyncPluginKey.getState(editor.state) as { binding: ProsemirrorBinding }).binding;
}

function nothing(): void {}
