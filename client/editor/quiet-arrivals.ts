import { type Editor, Extension } from '@tiptap/core';
import { Selection, type Transaction } from '@tiptap/pm/state';
import { getRelativeSelection, type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import { keptCaret } from './caret-keeping.ts';
import { showMergedNodes } from './merged-nodes.ts';
import { partFromText, returnTo } from './parting.ts';
import type { ShapeWatch } from './shape-watch.ts';
import { smallestChange } from './smallest-change.ts';
import { comesFromYjs } from './text-limit.ts';

export interface QuietArrivalsOptions {
  /** Says when something came that no editor can hold: this one then lets go of the text. */
  readonly shape: ShapeWatch | null;
}

/**
 * Edits of others never move what one is typing. y-tiptap replaces the whole document
 * with each of them and brings the caret into view; here only what differs is
 * replaced, and the browser keeps what is in view where it is. An own undo does
 * scroll to what it brought back.
 */
export const QuietArrivals = Extension.create<QuietArrivalsOptions, { parted: boolean; forget: () => void }>({
  name: 'quietArrivals',
  addOptions() {
    return { shape: null };
  },
  addStorage() {
    return { parted: false, forget: () => undefined };
  },
  onBeforeCreate() {
    showMergedNodes(this.editor);
    const { shape } = this.options;
    if (!shape) return;
    this.storage.forget = shape.watch(() => {
      if (!shape.isForeign() || this.storage.parted) return;
      this.storage.parted = true;
      shape.place = partFromText(this.editor);
    });
  },
  onCreate() {
    bindingOf(this.editor)._isLocalCursorInView = () => false;
    const { shape } = this.options;
    if (shape?.place && !this.storage.parted) returnTo(this.editor, shape.place);
    if (shape) shape.place = null;
  },
  onDestroy() {
    this.storage.forget();
  },
  dispatchTransaction({ transaction, next }) {
    if (this.storage.parted) return;
    if (!comesFromYjs(transaction) || transaction.before !== this.editor.state.doc) {
      next(transaction);
      return;
    }
    const quiet = quietly(this.editor, transaction);
    next(quiet);
    // where something was mended on the way in (a table of uneven rows), the block does not say so yet
    if (this.editor.state.doc === quiet.doc) rememberNodes(this.editor);
    rememberSelection(this.editor);
  },
});

function bindingOf(editor: Editor): ProsemirrorBinding {
  return (ySyncPluginKey.getState(editor.state) as { binding: ProsemirrorBinding }).binding;
}

function quietly(editor: Editor, transaction: Transaction): Transaction {
  const { state } = editor;
  const meta = transaction.getMeta(ySyncPluginKey) as { isUndoRedoOperation?: boolean };
  // Not under `addToHistory: false`: nothing of it is written, so none of it can be undone, but
  // y-tiptap would remember that and part one's own words into a step per letter.
  const quiet = smallestChange(state, transaction.doc)
    .setMeta(ySyncPluginKey, meta)
    // links are made where they are typed, not by everybody who sees them arrive
    .setMeta('preventAutolink', true)
    // nor is a heading that others emptied made plain here alone
    .setMeta('preventClearDocument', true);
  if (meta.isUndoRedoOperation) {
    const place = lastChanged(quiet);
    if (place !== null) quiet.setSelection(Selection.near(quiet.doc.resolve(place), -1));
    if (editor.isFocused) quiet.scrollIntoView();
    return quiet;
  }
  const found = transaction.selectionSet
    ? Selection.fromJSON(quiet.doc, transaction.selection.toJSON())
    : null;
  const caret = keptCaret(state.doc, state.selection, quiet.doc, found);
  if (caret) quiet.setSelection(caret);
  // "bold from here on" is not forgotten because somebody else types
  if (state.storedMarks) quiet.setStoredMarks(state.storedMarks);
  return quiet;
}

/** Where an undo left off: behind what it brought back, or where it took away; null where nothing changed. */
function lastChanged(transaction: Transaction): number | null {
  let place: number | null = null;
  for (const map of transaction.mapping.maps) {
    map.forEach((_from, _to, _start, end) => {
      place = end;
    });
  }
  return place;
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

/**
 * A merge that the schema cannot hold is mended by y-tiptap at once, as a second change
 * on the heels of the first. It would look for the caret where it stood before both,
 * and throw where the text is shorter by now: page and block would part.
 */
function rememberSelection(editor: Editor): void {
  const binding = bindingOf(editor);
  if (binding.doc._transactionCleanups.length === 0) return;
  binding.beforeTransactionSelection = getRelativeSelection(binding, editor.state) as never;
}
