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
import { meantSpans } from '../../shared/suggestions/meant-words.ts';

/** @returns whether a suggestion to take words out tells words that are erased, or so much of them as tells them */
export function wordsTold(mark: SuggestionMark, telling: readonly string[]): boolean {
  if (mark.name !== 'deletion') return false;
  const plain = wordingKey(mark.words);
  if (copiesIn(mark.words, telling).length > 0) return true;
  return plain.length >= TELLING_LENGTH && telling.some((words) => words.includes(plain));
}

/**
 * A suggestion to take words out holds them as they stood: of what it meant stays what still stands. Where
 * nothing does, the suggestion goes.
 */
export function eraseInDeletions(text: Y.XmlText, pieces: ErasedPieces): void {
  for (const [key, { mark, runs }] of deletionsIn(text)) {
    const left = wordsLeft(mark.words, runs.map(({ words }) => words).join(''), pieces);
    if (left === mark.words) continue;
    const anew: SuggestionMark = { ...mark, words: left };
    for (const { index, length } of runs) {
      text.format(index, length, { [key]: null });
      if (left.trim() === '') continue;
      text.format(index, length, { [suggestionKey(anew)]: suggestionAttributes(anew) });
    }
  }
  dropMarksOfNothing(text);
}

function wordsLeft(meant: string, present: string, pieces: ErasedPieces): string {
  const left = meantSpans(meant, present)
    .map(({ from, to }) => present.slice(from, to))
    .join('');
  // too much to compare
  return left === '' ? cutOut(meant, pieces.piecesIn(meant), '') : left;
}

interface Deletion {
  readonly mark: Extract<SuggestionMark, { readonly name: 'deletion' }>;
  readonly runs: { readonly index: number; readonly length: number; readonly words: string }[];
}

function deletionsIn(text: Y.XmlText): ReadonlyMap<string, Deletion> {
  const found = new Map<string, Deletion>();
  let index = 0;
  for (const { insert, attributes = {} } of text.toDelta() as {
    readonly insert: unknown;
    readonly attributes?: object;
  }[]) {
    const words = typeof insert === 'string' ? insert : '\ufffc';
    for (const [key, value] of Object.entries(attributes)) {
      const mark = suggestionMark(markName(key), value);
      if (mark?.name !== 'deletion') continue;
      const known = found.get(key) ?? { mark, runs: [] };
      known.runs.push({ index, length: words.length, words });
      found.set(key, known);
    }
    index += words.length;
  }
  return found;
}

/** Where all letters under a mark went, the mark itself stays in the document, and stands for nothing. */
function dropMarksOfNothing(text: Y.XmlText): void {
  const { doc } = text;
  if (!doc) return;
  const standing = deletionsIn(text);
  doc.transact((transaction) => {
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item;
      if (item.deleted || !(content instanceof Y.ContentFormat) || content.value === null) continue;
      const isDeletion = markName(content.key) === 'deletion';
      if (isDeletion && !standing.has(content.key)) item.delete(transaction);
    }
  });
}
