import { ERASED_HERE } from '../quotes/placeholder.ts';
import { cutOut, type ErasedPieces } from './erased-words.ts';

/** Words that were kept of a text, and what stood around them. */
export interface KeptPlace {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/**
 * What is left of kept words without those that are erased. Words of others among them stay: a piece of
 * erased ones alone goes, and what stood around them is kept up to the nearest such piece.
 * @returns the same where nothing of them is in it; null where nothing else was kept
 */
export function withoutPieces(kept: KeptPlace, pieces: ErasedPieces): KeptPlace | null {
  const { before, words, after } = kept;
  if (pieces.isWithin(words)) return null;
  // in one piece: words that are erased may begin in one and end in the next
  const found = pieces.piecesIn(before + words + after);
  if (found.length === 0) return kept;
  const end = before.length + words.length;
  const stretches = found.flatMap(({ index, length }) => {
    const from = Math.max(index, before.length);
    const to = Math.min(index + length, end);
    return from < to ? [{ index: from - before.length, length: to - from }] : [];
  });
  if (words.trim() !== '' && cutOut(words, stretches, '').trim() === '') return null;
  const first = found.find(({ index, length }) => index + length > end);
  const last = found.findLast(({ index }) => index < before.length);
  return {
    before: last ? before.slice(Math.min(before.length, last.index + last.length)) : before,
    words: cutOut(words, stretches, ERASED_HERE),
    after: first ? after.slice(0, Math.max(0, first.index - end)) : after,
  };
}
