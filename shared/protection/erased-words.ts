/** How words that were erased are known where they stand without a mark. */
import { wordingKey } from '../document/wording-form.ts';

/** Below so many characters anybody may have said the same. */
export const TELLING_LENGTH = 24;
/** A letter or a tray holds few words, and those of one person: less is enough there. */
const TELLING_IN_FEW = 8;

/** @returns words as they are looked for: each once, without those that anybody may have said */
export function tellingWords(words: readonly string[]): readonly string[] {
  const keys = words.map(wordingKey).filter(({ length }) => length >= TELLING_LENGTH);
  return [...new Set(keys)].sort((one, other) => other.length - one.length);
}

/** A stretch of a text, in UTF-16 code units. */
export interface Stretch {
  readonly index: number;
  readonly length: number;
}

/**
 * @param telling from `tellingWords`
 * @returns where they stand whole in a text, with whatever white space between words, one after another,
 *   none over another
 */
export function copiesIn(text: string, telling: readonly string[]): readonly Stretch[] {
  if (telling.length === 0) return [];
  const { plain, from, to } = evened(text);
  const found: Stretch[] = [];
  for (const words of telling) {
    for (let at = plain.indexOf(words); at >= 0; at = plain.indexOf(words, at + words.length)) {
      const index = from[at] as number;
      const end = to[at + words.length - 1] as number;
      if (found.some((other) => index < other.index + other.length && other.index < end)) continue;
      found.push({ index, length: end - index });
    }
  }
  return found.sort((one, other) => one.index - other.index);
}

/** What of words that were kept may be of somebody's: so many characters alike, one after another. */
const ALIKE = 12;
/** Fewer letters that were kept than these tell nothing. */
const LEAST_KEPT = 3;

/** Erased words, made ready to look through many that somebody kept. */
export interface ErasedPieces {
  /** @returns whether a letter or a comment holds any of them whole */
  isToldIn(letter: string): boolean;
  /** @returns whether words are a piece of erased ones */
  isWithin(kept: string): boolean;
  /** @returns where pieces of them stand in what somebody kept, in order, none over another */
  piecesIn(kept: string): readonly Stretch[];
}

/** @param words every wording that was erased */
export function erasedPieces(words: readonly string[]): ErasedPieces {
  const keys = [...new Set(words.map(wordingKey))].filter((key) => key !== '');
  const telling = keys.filter(({ length }) => length >= TELLING_IN_FEW);
  const few = telling.filter(({ length }) => length < ALIKE);
  const pieces = new Set<string>();
  for (const key of keys) {
    for (let at = 0; at + ALIKE <= key.length; at++) pieces.add(key.slice(at, at + ALIKE));
  }
  return {
    isToldIn(letter) {
      const plain = wordingKey(letter);
      return telling.some((key) => plain.includes(key));
    },
    isWithin(kept) {
      const plain = wordingKey(kept);
      return plain.length >= LEAST_KEPT && keys.some((key) => key.includes(plain));
    },
    piecesIn(kept) {
      const { plain, from, to } = evened(kept);
      const found: { index: number; length: number }[] = [];
      const add = (at: number, length: number) => {
        const index = from[at] as number;
        const end = to[at + length - 1] as number;
        const last = found.at(-1);
        if (last && index <= last.index + last.length) last.length = Math.max(last.length, end - last.index);
        else found.push({ index, length: end - index });
      };
      for (let at = 0; at < plain.length; at++) {
        if (pieces.has(plain.slice(at, at + ALIKE))) add(at, ALIKE);
        else {
          const key = few.find((one) => plain.startsWith(one, at));
          if (key !== undefined) add(at, key.length);
        }
      }
      return found;
    },
  };
}

/** @returns a text with something else where the stretches were */
export function cutOut(text: string, stretches: readonly Stretch[], instead: string): string {
  return [...stretches]
    .reverse()
    .reduce((left, { index, length }) => left.slice(0, index) + instead + left.slice(index + length), text);
}

interface Evened {
  readonly plain: string;
  /** Of each code unit of `plain`, where what it stands for begins and ends in the text. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A text as wordings are compared, with the way back into it. */
function evened(text: string): Evened {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  // with the marks and the later letters of a syllable that compose with the one before
  for (const { 0: found, index } of text.matchAll(/\s+|\S[\p{M}\u1160-\u11ff]*/gu)) {
    const letters = /^\s/u.test(found) ? ' ' : found.normalize('NFC');
    parts.push(letters);
    for (let at = 0; at < letters.length; at++) {
      from.push(index);
      to.push(index + found.length);
    }
  }
  return { plain: parts.join(''), from, to };
}
