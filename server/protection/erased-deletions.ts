import * as Y from 'yjs';
import { markName } from '../../shared/document/mark-key.ts';
import {
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
  suggestionMark,
} from '../../shared/document/suggestion-key.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { copiesIn, cutOut, type ErasedPieces, TELLING_LENGTH } from '../../shared/protection/erased-words.ts';

/** @returns whether a suggestion to take words out tells words that are erased, or so much of them as tells them */
export function wordsTold(mark: SuggestionMark, telling: readonly string[]): boolean {
  if (mark.name !== 'deletion') return false;
  const plain = wordingKey(mark.words);
  if (copiesIn(mark.words, telling).length > 0) return true;
  return plain.length >= TELLING_LENGTH && telling.some((words) => words.includes(plain));
}

/**
 * A suggestion to take words out holds them as they stood. Pieces of erased ones go from it; where nothing
 * else was meant, so does the suggestion.
 */
export function eraseInDeletions(text: Y.XmlText, pieces: ErasedPieces): void {
  let index = 0;
  for (const { insert, attributes = {} } of text.toDelta() as {
    readonly insert: unknown;
    readonly attributes?: object;
  }[]) {
    const length = typeof insert === 'string' ? insert.length : 1;
    for (const [key, value] of Object.entries(attributes)) {
      const mark = suggestionMark(markName(key), value);
      if (mark?.name !== 'deletion' || !isTold(mark.words, pieces)) continue;
      text.format(index, length, { [key]: null });
      const words = pieces.isWithin(mark.words) ? '' : cutOut(mark.words, pieces.piecesIn(mark.words), '');
      if (words.trim() === '') continue;
      const left: SuggestionMark = { ...mark, words };
      text.format(index, length, { [suggestionKey(left)]: suggestionAttributes(left) });
    }
    index += length;
  }
  dropMarksOfNothing(text, pieces);
}

function isTold(words: string, pieces: ErasedPieces): boolean {
  return pieces.isWithin(words) || pieces.piecesIn(words).length > 0;
}

/** Where all letters under a mark went, the mark itself stays in the document, and stands for nothing. */
function dropMarksOfNothing(text: Y.XmlText, pieces: ErasedPieces): void {
  const { doc } = text;
  if (!doc) return;
  doc.transact((transaction) => {
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item;
      if (item.deleted || !(content instanceof Y.ContentFormat)) continue;
      const value: unknown = content.value;
      if (typeof value !== 'object' || value === null) continue;
      const words: unknown = (value as { readonly words?: unknown }).words;
      if (typeof words === 'string' && isTold(words, pieces)) item.delete(transaction);
    }
  });
}
