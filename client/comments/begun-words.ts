import type { Editor } from '@tiptap/core';
import type { Place } from '../../shared/document/flat-text.ts';

/**
 * Words that a comment was begun on and that are not marked yet: they are drawn on this page alone,
 * and leave nothing in the text where the comment is never written.
 */
class BegunWords {
  #of: { readonly anchor: string; readonly range: Range } | null = null;

  /** @param place in the editor's document */
  show(anchor: string, { view }: Editor, { from, to }: Place): void {
    const range = document.createRange();
    const [start, end] = [view.domAtPos(from), view.domAtPos(to)];
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    this.#of = { anchor, range };
    // browsers without it draw the words once something is written about them
    if ('highlights' in CSS) CSS.highlights.set(NAME, new Highlight(range));
  }

  hide(anchor: string): void {
    if (this.#of?.anchor !== anchor) return;
    this.#of = null;
    if ('highlights' in CSS) CSS.highlights.delete(NAME);
  }

  /** @returns where they stand in the window, pixels; null where they are not drawn */
  topOf(anchor: string): number | null {
    if (this.#of?.anchor !== anchor || !this.#of.range.startContainer.isConnected) return null;
    return this.#of.range.getBoundingClientRect().top;
  }
}

/** As `comments.module.css` names it. */
const NAME = 'begun-comment';

/** One at a time: another that stands empty is let go as the next is begun. */
export const begunWords = new BegunWords();
