import type { Editor } from '@tiptap/core';
import type { Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { readUses } from '../../shared/document/wording.ts';
import { drawnHere } from '../editor/names-here.ts';
import { quoteParts } from '../editor/quote-slot.ts';
import { leafWords } from '../editor/reference-view.ts';
import { Value } from '../sync/watched.ts';
import {
  isGuarded,
  type KnownQuotes,
  NOTHING_KNOWN,
  standingOfUse,
  type UseStanding,
  whoSpeaks,
} from './known-quotes.ts';
import { holdForCapture, placedUses, quotePart, showSigns, type UseSign } from './quote-part.ts';
import { overlapping, type PlacedUse, placedAt, type Stretch, wordsOf } from './quote-places.ts';
import { spokenStretch, standsAlone } from './spoken-stretch.ts';

/** A quote that words stand in which are to be another's. */
export interface QuotedAlready {
  readonly whose: string;
  readonly words: string;
}

/** What stands over the paper: a form, a card or a question about a quote. */
export type LiftedQuote =
  | {
      readonly kind: 'capture';
      readonly blockId: string;
      readonly editor: Editor;
      /** Empty: they are typed. */
      readonly words: string;
      /** They stand in paragraphs of their own, and can be set apart as a quotation. */
      readonly alone: boolean;
      /** Other quotes that some of the words stand in. */
      readonly overlaps: readonly QuotedAlready[];
      /** Of words that are marked already, and of which nothing is known. */
      readonly marked: { readonly quote: string; readonly use: string } | null;
    }
  | { readonly kind: 'card'; readonly blockId: string; readonly quote: string; readonly use: string }
  | {
      readonly kind: 'guard';
      readonly blockId: string;
      readonly editor: Editor;
      readonly use: PlacedUse;
      readonly held: Transaction;
    };

/** The quotes of a case in the texts that stand open on its page, and how each stands as they are now. */
export class CaseQuotesHere {
  readonly lifted = new Value<LiftedQuote | null>(null);
  /** By block, in the order of the text. */
  readonly standings = new Value<ReadonlyMap<string, readonly UseStanding[]>>(new Map());
  readonly #newId: () => string;
  #known: KnownQuotes = NOTHING_KNOWN;
  readonly #editors = new Map<string, Editor>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  get known(): KnownQuotes {
    return this.#known;
  }

  /** What is known changed: every quote in every open text is looked at anew. */
  setKnown(known: KnownQuotes): void {
    this.#known = known;
    for (const [blockId, editor] of this.#editors) this.#look(blockId, editor.view);
  }

  editorOf(blockId: string): Editor | null {
    return this.#editors.get(blockId) ?? null;
  }

  /**
   * @param mayQuote whether this person may capture in it
   * @returns lets the editor go
   */
  attach(blockId: string, editor: Editor, mayQuote: boolean): () => void {
    const open = () => this.#open(blockId, editor);
    const part = quotePart(
      {
        changed: (view) => this.#look(blockId, view),
        chosen: ({ quote, use }) => this.lifted.set({ kind: 'card', blockId, quote, use }),
        guarded: (use, held) => this.lifted.set({ kind: 'guard', blockId, editor, use, held }),
        // before anything is known, a quote that is cut and put back is not one of another case
        isKnown: (quote) => !this.#known.complete || this.#known.quotes.has(quote),
        standsElsewhere: (use) => this.#standsElsewhere(blockId, use),
        newId: this.#newId,
      },
      mayQuote ? open : null,
    );
    this.#editors.set(blockId, editor);
    quoteParts.set(editor, part);
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.code !== 'Period')
        return;
      event.preventDefault();
      if (mayQuote || placedAt(placedUses(editor.state), editor.state.selection)) open();
    };
    editor.view.dom.addEventListener('keydown', onKey);
    // its first transaction: from here on it knows the text
    editor.view.dispatch(editor.state.tr.setMeta('addToHistory', false));
    this.#look(blockId, editor.view);
    return () => {
      this.#editors.delete(blockId);
      quoteParts.delete(editor);
      if (!editor.isDestroyed) editor.view.dom.removeEventListener('keydown', onKey);
    };
  }

  /** With the caret or a selection in a quote, that one is meant; else what is selected is somebody's words. */
  #open(blockId: string, editor: Editor): void {
    const { selection, doc } = editor.state;
    const use = placedAt(placedUses(editor.state), selection);
    if (use) {
      this.lifted.set({ kind: 'card', blockId, quote: use.quote, use: use.use });
      return;
    }
    const stretch: Stretch = spokenStretch(doc, selection);
    holdForCapture(editor.view, stretch);
    const words = doc.textBetween(stretch.from, stretch.to, '\n', leafWords);
    this.lifted.set({
      kind: 'capture',
      blockId,
      editor,
      words,
      alone: standsAlone(doc, stretch),
      overlaps: overlapping(placedUses(editor.state), stretch).map((one) => ({
        whose: whoSpeaks(this.#known, one.quote),
        words: wordsOf(doc, one),
      })),
      marked: null,
    });
  }

  #standsElsewhere(blockId: string, use: string): boolean {
    for (const [other, uses] of this.standings.get()) {
      if (other !== blockId && uses.some((one) => one.use.use === use)) return true;
    }
    return false;
  }

  #look(blockId: string, view: EditorView): void {
    if (view.isDestroyed) return;
    const known = this.#known;
    const before = this.standings.get();
    const found =
      placedUses(view.state).length === 0
        ? []
        : readUses(drawnHere(view.state.doc.toJSON() as ProseMirrorJson), { heldBack: 'all' });
    const uses = found.map((use) => standingOfUse(known, blockId, use));
    if (uses.length > 0 || before.has(blockId)) {
      this.standings.set(new Map([...before, [blockId, uses]]));
    }
    if (!known.complete) return;
    const signs = new Map(
      uses.map((use): [string, UseSign] => [
        use.use.use,
        { word: use.word, guarded: isGuarded(use), whose: whoSpeaks(known, use.use.quote) },
      ]),
    );
    showSigns(view, signs);
  }
}
