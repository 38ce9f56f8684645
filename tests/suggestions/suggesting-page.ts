import { EditorState, type Transaction } from '@tiptap/pm/state';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { readSuggestedText, readText } from '../../shared/document/reading.ts';
import type { Seam, SuggestedBy } from '../../shared/document/suggestion-key.ts';
import { plainText } from '../../shared/document/words.ts';
import { withSuggestionsAccepted } from '../../shared/suggestions/decision.ts';
import { strokesOf, suggestReplacement, suggestSeam } from '../../shared/suggestions/suggesting.ts';
import { readSuggestions } from '../../shared/suggestions/suggestion.ts';
import { suggestionWords } from '../../shared/suggestions/suggestion-words.ts';
import { Paper, schema } from '../collaboration/paper.ts';

export const NOON = Date.UTC(2026, 10, 27, 12);

/** Somebody's page, in the mode in which all that they do is a suggestion. */
export class SuggestingPage {
  readonly doc = new Y.Doc();
  readonly author: string;
  #ids = 0;

  constructor(author: string, clientId: number) {
    this.author = author;
    this.doc.clientID = clientId;
  }

  get paper(): Paper {
    return new Paper(this.doc);
  }

  /** As the page's editor writes into the block; what it wrote, in one update. */
  edit(change: (transaction: Transaction) => Transaction): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    writeStrokes(this.doc, change);
    return Y.encodeStateAsUpdate(this.doc, before);
  }

  by(id = `s${++this.#ids}`): SuggestedBy {
    return { id: `${this.author}-${id}`, author: this.author, at: NOON + this.#ids };
  }

  /** Suggests other words in the place of some; of none, behind `after`. */
  replace(words: string, by: string): Uint8Array {
    return this.edit((tr) => {
      const at = place(tr, words);
      return suggestReplacement(tr, at, at + words.length, by, this.by());
    });
  }

  type(after: string, words: string): Uint8Array {
    return this.edit((tr) => {
      const at = place(tr, after) + after.length;
      return suggestReplacement(tr, at, at, words, this.by());
    });
  }

  /** In the paragraph where these words stand, before them. */
  seam(words: string, seam: Seam): Uint8Array {
    return this.edit((tr) => suggestSeam(tr, place(tr, words), seam, this.by()));
  }

  take(...others: readonly SuggestingPage[]): void {
    for (const other of others) {
      Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'wire');
    }
  }

  get raw(): string {
    return plainText(readSuggestedText(this.doc));
  }
  get refused(): string {
    return plainText(readText(this.doc));
  }
  get accepted(): string {
    return plainText(withSuggestionsAccepted(this.doc));
  }
  get list(): string[] {
    return readSuggestions(readSuggestedText(this.doc)).map(suggestionWords);
  }
}

/** As the page's editor writes suggestions into the block: stroke by stroke. */
export function writeStrokes(block: Y.Doc, change: (transaction: Transaction) => Transaction): void {
  const content = block.getXmlFragment(CONTENT);
  const { doc } = initProseMirrorDoc(content, schema);
  let state = EditorState.create({ doc, schema });
  for (const steps of strokesOf(change(state.tr))) {
    state = state.apply(steps.reduce((tr, step) => tr.step(step), state.tr));
    const { meta } = initProseMirrorDoc(content, schema);
    block.transact(() => updateYFragment(block, content, state.doc, meta), 'page');
  }
}

/** All in step. */
export function together(...pages: readonly SuggestingPage[]): void {
  for (let round = 0; round < 2; round += 1) for (const page of pages) page.take(...pages);
}

function place(tr: Transaction, words: string): number {
  let found = -1;
  tr.doc.descendants((node, pos) => {
    const at = node.isTextblock ? node.textContent.indexOf(words) : -1;
    if (found === -1 && at >= 0) found = pos + 1 + at;
  });
  if (found === -1) throw new Error(`“${words}” does not stand in ${tr.doc.textContent}`);
  return found;
}
