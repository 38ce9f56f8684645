import type * as Y from 'yjs';
import { bringsForeign, findMisshapen, isForeign } from '../../shared/document/shape.ts';
import type { Place } from './parting.ts';

/**
 * Knows whether a replica holds what no editor can: y-tiptap would delete it with all words
 * in it, for everybody (SAVE-5). Told before anybody hears of a change, so that an editor can
 * let go of the text in time. Of each change, only what it touched is looked at; all of
 * the text once, and again while something foreign is in it.
 */
export class ShapeWatch {
  /** Where this person was writing when the editor had to let go. */
  place: Place | null = null;
  #foreign: boolean;
  readonly #watchers = new Set<() => void>();

  private constructor(doc: Y.Doc) {
    this.#foreign = isForeign(findMisshapen(doc));
    doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
      const foreign = this.#foreign ? isForeign(findMisshapen(doc)) : bringsForeign(transaction);
      if (foreign === this.#foreign) return;
      this.#foreign = foreign;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  static readonly #known = new WeakMap<Y.Doc, ShapeWatch>();

  /** @returns the one watch of this document; it lives as long as the document */
  static of(doc: Y.Doc): ShapeWatch {
    const known = ShapeWatch.#known.get(doc) ?? new ShapeWatch(doc);
    ShapeWatch.#known.set(doc, known);
    return known;
  }

  readonly isForeign = (): boolean => this.#foreign;

  /** @param watcher told within the transaction, before the types tell of it */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  };
}
