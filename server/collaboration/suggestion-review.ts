/**
 * What is looked at in the whole text of a block before an update is taken there: whether
 * somebody who may only suggest changes suggestions of their own alone (ACCESS-2), and, whoever
 * writes, that the marks of suggestions hold the letters that they held.
 */
import * as Y from 'yjs';
import { mergeHolding } from '../../shared/suggestions/held-letters.ts';
import { checkSuggestions, type SuggestFault } from '../../shared/suggestions/suggest-check.ts';
import { UnfoldableError } from '../ports/folder.ts';
import { applyParts, keepFormatting } from './block-document.ts';

export interface ReviewAsked {
  /** Whose update it is. */
  readonly author: string;
  /** They may only suggest. */
  readonly suggestsOnly: boolean;
  /** The suggestion that letters of theirs become that came without a mark, and when: milliseconds since 1970. */
  readonly adopt: { readonly id: string; readonly at: number };
  /** The Yjs client id, of nobody yet or the server's own, under which what a merge did is set right. */
  readonly client: number;
}

export interface Reviewed {
  /** Why it is refused; null where it is not. */
  readonly fault: SuggestFault | null;
  /** What sets right what merging it did, an update that builds on it; null where there is nothing to do. */
  readonly mends: Uint8Array | null;
}

/**
 * See `Folder.review`.
 * @throws UnfoldableError when the two do not make a whole document
 */
export function reviewUpdate(
  parts: readonly Uint8Array[],
  update: Uint8Array,
  { author, suggestsOnly, adopt, client }: ReviewAsked,
): Reviewed {
  const doc = new Y.Doc();
  try {
    keepFormatting(doc);
    applyParts(doc, parts);
    doc.clientID = client;
    const made: Uint8Array[] = [];
    doc.on('update', (bytes: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) made.push(bytes);
    });
    let fault: SuggestFault | null = null;
    if (suggestsOnly) fault = checkSuggestions(doc, update, author, adopt);
    else mergeHolding(doc, update, author);
    const mends = made.length > 1 ? Y.mergeUpdates(made) : (made[0] ?? null);
    return fault ? { fault, mends: null } : { fault, mends };
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    doc.destroy();
  }
}

/** How the marks of words that are not in the text yet begin, in the bytes of an update. */
const NEW_TEXT = ['insertion--', 'seam--'].map((name) => Buffer.from(name));

/** @returns false where nothing is suggested in it that a merge could put out of place */
export function mayHoldSuggestions(updates: readonly Uint8Array[]): boolean {
  return updates.some((update) => {
    const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength);
    return NEW_TEXT.some((name) => bytes.includes(name));
  });
}
