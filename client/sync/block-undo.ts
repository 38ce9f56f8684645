import * as Y from 'yjs';

/** Every origin that somebody named counts; where a change is from is asked in `captureTransaction`. */
class AnyOrigin extends Set<unknown> {
  override has(origin: unknown): boolean {
    return origin !== null && origin !== undefined;
  }
}

/**
 * Undoes what was done in this page alone: typing, and changes under `LOCAL_EDIT`.
 * Editors that come and go do not end it: y-tiptap destroys the undo manager that it
 * was given with every unmount, after which edits of fields would not be undone.
 */
export class BlockUndo extends Y.UndoManager {
  constructor(doc: Y.Doc) {
    super(doc, {
      captureTimeout: 500,
      trackedOrigins: new AnyOrigin(),
      // With a whole doc in its scope, Yjs counts one that changed nothing as well, as y-tiptap
      // makes with every step of the caret, and would forget what can be redone.
      captureTransaction: (transaction) =>
        transaction.local && transaction.changed.size > 0 && transaction.meta.get('addToHistory') !== false,
      // Taking back a paragraph that one made must not take the words that others wrote in it.
      deleteFilter: (item) => !holdsSomething(item),
    });
  }

  override destroy(): void {}

  /** With the replica. */
  end(): void {
    super.destroy();
  }
}

function holdsSomething(item: Y.Item): boolean {
  if (!(item.content instanceof Y.ContentType)) return false;
  const inner = item.content.type;
  return (inner instanceof Y.XmlElement || inner instanceof Y.Text) && inner.length > 0;
}
