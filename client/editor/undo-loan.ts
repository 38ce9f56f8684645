import type * as Y from 'yjs';

/**
 * Lends a block's undo manager to an editor. y-tiptap ends the manager it is given
 * when the editor goes, while this one outlives many editors; and its listeners put
 * the caret, with the next edit of anybody, where it stood before what was undone, even
 * where no such place is left. So neither reaches the manager; where the caret goes
 * after an undo is decided in quiet-arrivals.ts.
 */
export function lendUndo(manager: Y.UndoManager): Y.UndoManager {
  const kept: Record<PropertyKey, unknown> = {
    on: () => undefined,
    off: () => undefined,
    destroy: () => undefined,
    // the Collaboration extension puts a function here to revive what was ended; there is nothing to revive
    restore: undefined,
  };
  return new Proxy(manager, {
    get(target, key) {
      if (key in kept) return kept[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value) {
      return key in kept || Reflect.set(target, key, value, target);
    },
  });
}
