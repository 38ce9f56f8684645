import type { Editor } from '@tiptap/core';
import { placeOf, type ThreadPlace } from '../../shared/comments/reading.ts';
import { cancelIdle, whenIdle } from '../case-study/live-facts.ts';
import { commentOpeners } from '../editor/comment-openers.ts';
import { Value } from '../sync/watched.ts';
import { editorPlace } from './flat-places.ts';
import type { ThreadHere } from './known-threads.ts';
import { editorText, markWords } from './selected-words.ts';

/** Milliseconds for which a text is left alone after a change before threads are sought in it. */
const CALM = 300;

/** Where threads stand in the texts that are open on the page, as they are now. */
export class TextsHere {
  /** By thread; of texts that are open alone. */
  readonly places = new Value<ReadonlyMap<string, ThreadPlace>>(new Map());
  /** Another number some time after each change of an open text. */
  readonly changes = new Value(0);
  #threads: readonly ThreadHere[] = [];
  #areLatest = false;
  readonly #editors = new Map<string, Editor>();
  /** Sections that this person writes in: there they set marks themselves, elsewhere the server does. */
  readonly #written = new Set<string>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #idle = new Map<string, number>();

  editorOf(blockId: string): Editor | null {
    const editor = this.#editors.get(blockId);
    return editor && !editor.isDestroyed ? editor : null;
  }

  writesIn(blockId: string): boolean {
    return this.#written.has(blockId);
  }

  /** @returns the section whose open text an element belongs to */
  blockAt(element: Node | null): string | null {
    for (const [blockId, editor] of this.#editors) {
      if (!editor.isDestroyed && editor.view.dom.contains(element)) return blockId;
    }
    return null;
  }

  /** @param areLatest whether nothing is known to have happened to threads since; marks are set anew only then */
  setThreads(threads: readonly ThreadHere[], areLatest: boolean): void {
    this.#threads = threads;
    this.#areLatest = areLatest;
    for (const blockId of this.#editors.keys()) this.#lookSoon(blockId, 0);
  }

  /**
   * @param open begins a comment on what is selected; null where this person may not
   * @param writes whether this person may write in the text itself
   * @returns lets the editor go
   */
  attach(blockId: string, editor: Editor, open: (() => void) | null, writes: boolean): () => void {
    this.#editors.set(blockId, editor);
    if (writes) this.#written.add(blockId);
    else this.#written.delete(blockId);
    if (open) commentOpeners.set(editor, open);
    const onUpdate = () => this.#lookSoon(blockId, CALM);
    editor.on('update', onUpdate);
    this.#lookSoon(blockId, 0);
    return () => {
      editor.off('update', onUpdate);
      commentOpeners.delete(editor);
      if (this.#editors.get(blockId) !== editor) return;
      this.#editors.delete(blockId);
      this.#forget(blockId);
      this.#letPlacesGo(blockId);
    };
  }

  /** What the server says of a text is newer than what was last seen of it here. */
  #letPlacesGo(blockId: string): void {
    const places = new Map(this.places.get());
    for (const thread of this.#threads) if (thread.blockId === blockId) places.delete(thread.id);
    if (places.size < this.places.get().size) this.places.set(places);
  }

  #forget(blockId: string): void {
    clearTimeout(this.#waiting.get(blockId));
    const idle = this.#idle.get(blockId);
    if (idle !== undefined) cancelIdle(idle);
    this.#waiting.delete(blockId);
    this.#idle.delete(blockId);
  }

  #lookSoon(blockId: string, calm: number): void {
    this.#forget(blockId);
    this.#waiting.set(
      blockId,
      setTimeout(
        () =>
          this.#idle.set(
            blockId,
            whenIdle(() => this.#look(blockId), 500),
          ),
        calm,
      ),
    );
  }

  /** Its mark was lost, and its words were not: whoever may write there puts it back. */
  #markAnew(editor: Editor, { target }: ThreadHere, place: { from: number; to: number }): void {
    const words = editorPlace(editor.state.doc, place);
    if (target.on === 'range' && words) markWords(editor, target.anchor, words);
  }

  #look(blockId: string): void {
    const editor = this.editorOf(blockId);
    if (!editor) return;
    const about = this.#threads.filter(
      (thread) => thread.blockId === blockId && thread.target.on === 'range',
    );
    if (about.length > 0) {
      const text = editorText(editor);
      const places = new Map(this.places.get());
      let isNew = false;
      for (const thread of about) {
        const place = placeOf(thread, text);
        // by an old list, words that a thread was put away from would be marked for good
        if (this.#areLatest && isMoved(place) && !thread.resolved && this.#written.has(blockId))
          this.#markAnew(editor, thread, place);
        isNew ||= JSON.stringify(place) !== JSON.stringify(places.get(thread.id));
        places.set(thread.id, place);
      }
      if (isNew) this.places.set(places);
    }
    this.changes.set(this.changes.get() + 1);
  }
}

function isMoved(place: ThreadPlace): place is Extract<ThreadPlace, { where: 'text' }> {
  return place.where === 'text' && place.lost && place.changes === null;
}
