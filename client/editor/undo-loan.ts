import type * as Y from 'yjs';

type AnyListener = (...parts: never[]) => void;

/**
 * Lends a block's undo manager to an editor. y-tiptap ends the manager it is given
 * when the editor goes, and leaves its listeners on one that lives longer; this one
 * takes its own listeners back instead, and the manager lives on.
 */
export function lendUndo(manager: Y.UndoManager): Y.UndoManager {
  const listeners: [string, AnyListener][] = [];
  const own: Record<PropertyKey, unknown> = {
    on(name: string, listener: AnyListener) {
      listeners.push([name, listener]);
      manager.on(name as 'stack-item-added', listener as never);
    },
    destroy() {
      for (const [name, listener] of listeners.splice(0)) {
        manager.off(name as 'stack-item-added', listener as never);
      }
    },
    // the Collaboration extension puts a function here to revive what it ended; there is nothing to revive
    restore: undefined,
  };
  return new Proxy(manager, {
    get(target, key) {
      if (key in own) return own[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value) {
      if (key in own) return true;
      return Reflect.set(target, key, value, target);
    },
  });
}
