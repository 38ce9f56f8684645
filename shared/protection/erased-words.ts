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
 * @returns where they stand whole in a text, one after another, none over another
 */
export function copiesIn(text: string, telling: readonly string[]): readonly Stretch[] {
  const plain = evened(text);
  const found: Stretch[] = [];
  for (const words of telling) {
    for (let at = plain.indexOf(words); at >= 0; at = plain.indexOf(words, at + words.length)) {
      const end = at + words.length;
      if (!found.some(({ index, length }) => at < index + length && index < end)) {
        found.push({ index: at, length: words.length });
      }
    }
  }
  return found.sort((one, other) => one.index - other.index);
}

/** @returns whether a letter holds any of these words whole */
export function tellsWords(letter: string, words: readonly string[]): boolean {
  const plain = wordingKey(letter);
  return words.map(wordingKey).some((key) => key.length >= TELLING_IN_FEW && plain.includes(key));
}

/** What of a few words that lost their place may be of somebody's: so many characters alike, one after another. */
const ALIKE = 12;

/**
 * @returns whether words that somebody kept, or what stood around them, are a piece of erased ones, or hold
 *   a piece of them
 */
export function sharesWords(kept: string, words: readonly string[]): boolean {
  const plain = wordingKey(kept);
  if (plain === '') return false;
  return words.map(wordingKey).some((key) => {
    if (key === '') return false;
    if (key.length <= ALIKE || plain.length <= ALIKE) {
      return plain === key || (plain.length >= 3 && key.includes(plain)) || plain.includes(key);
    }
    for (let at = 0; at + ALIKE <= key.length; at++)
      if (plain.includes(key.slice(at, at + ALIKE))) return true;
    return false;
  });
}

/** White space as single spaces, character for character. */
function evened(text: string): string {
  return text.replace(/\s/g, ' ');
}
