import { type Editor, Extension } from '@tiptap/core';
import { Selection, type Transaction } from '@tiptap/pm/state';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import { smallestChange } from './smallest-change.ts';
import { comesFromYjs } from './text-limit.ts';

/**
 * Edits of others never move what one is typing. y-tiptap replaces the whole document
 * with each of them and brings the caret into view; here only what differs is
 * replaced, and the browser keeps what is in view where it is. An own undo does
 * scroll to what it brought back.
 */
export const QuietArrivals = Extension.create({
  name: 'quietArrivals',
  onCreate() {
    bindingOf(this.editor)._isLocalCursorInView = () => false;
  },
  dispatchTransaction({ transaction, next }) {
    const quiet = comesFromYjs(transaction) && transaction.before === this.editor.state.doc;
    next(quiet ? quietly(this.editor, transaction) : transaction);
    if (quiet) rememberNodes(this.editor);
  },
});

function bindingOf(editor: Editor): ProsemirrorBinding {
  return (ySyncPluginKey.getState(editor.state) as { binding: ProsemirrorBinding }).binding;
}

function quietly(editor: Editor, transaction: Transaction): Transaction {
  const { state } = editor;
  const meta = transaction.getMeta(ySyncPluginKey) as { isUndoRedoOperation?: boolean };
  const quiet = smallestChange(state, transaction.doc)
    .setMeta(ySyncPluginKey, meta)
    .setMeta('addToHistory', false)
    // links are made where they are typed, not by everybody who sees them arrive
    .setMeta('preventAutolink', true);
  if (transaction.selectionSet)
    quiet.setSelection(Selection.fromJSON(quiet.doc, transaction.selection.toJSON()));
  // "bold from here on" is not forgotten because somebody else types
  if (state.storedMarks && !meta.isUndoRedoOperation) quiet.setStoredMarks(state.storedMarks);
  if (meta.isUndoRedoOperation && editor.isFocused) quiet.scrollIntoView();
  return quiet;
}

/**
 * y-tiptap has just made all nodes anew and looks for these very ones with the next own
 * letter; it is told of those that stand in the document instead, or it would compare
 * every word of the text.
 */
function rememberNodes(editor: Editor): void {
  const { doc } = editor.state;
  const { type, mapping } = bindingOf(editor);
  const blocks = type.toArray();
  if (blocks.length !== doc.childCount) return;
  blocks.forEach((block, at) => {
    if (mapping.has(block as never)) mapping.set(block as never, doc.child(at));
  });
}
