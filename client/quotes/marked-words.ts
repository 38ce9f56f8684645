import type { Editor } from '@tiptap/core';
import type { Captured } from './CaptureDialog.tsx';
import { capturedStretch } from './quote-part.ts';
import { standsAlone } from './spoken-stretch.ts';

/**
 * Marks the words that were held for it as a use of the quote; words that were typed in
 * the form are put in where the caret was.
 * @returns why it could not be done; null when it was
 */
export function markCaptured(editor: Editor, { capture, apart }: Captured): string | null {
  const { quote: id, use, wording } = { ...capture.quote, quote: capture.quote.id };
  if (editor.isDestroyed || !editor.isEditable) return 'This section can’t be written in just now.';
  const { state, view } = editor;
  const held = capturedStretch(state);
  if (!held) return 'These words are not in the text any more. Close this, and select them anew.';
  const type = state.schema.marks.quote;
  if (!type) throw new Error('the schema has no quotes');
  const mark = type.create({ quote: id, use });
  const { tr } = state;
  let { from, to } = held;
  if (from === to) {
    const isInText = tr.doc.resolve(from).parent.isTextblock;
    if (!isInText) return 'Put the caret into a line of the text first.';
    tr.insertText(wording.replace(/\s+/gu, ' '), from);
    to = tr.mapping.map(from, 1);
  } else if (tr.doc.textBetween(from, to, '\n', '\n').trim() === '') {
    return 'These words are not in the text any more. Close this, and select them anew.';
  }
  tr.addMark(from, to, mark);
  view.dispatch(tr);
  if (!markStands(editor, use))
    return 'The text did not take it: it is full, or can’t be written in just now.';
  if (apart && standsAlone(editor.state.doc, { from, to })) {
    editor.chain().setTextSelection({ from, to }).toggleBlockquote().run();
    [from, to] = [editor.state.selection.from, editor.state.selection.to];
  }
  editor.chain().setTextSelection(to).focus(null, { scrollIntoView: false }).run();
  return null;
}

function markStands({ state }: Editor, use: string): boolean {
  let found = false;
  state.doc.descendants((node) => {
    found ||= node.marks.some(({ attrs }) => attrs.use === use);
    return !found;
  });
  return found;
}
