/** Words in quotation marks that are nobody's quote: perhaps somebody said them, and was never asked. */
import { wordingKey } from '../document/wording-form.ts';
import { TAKEN_BACK } from './placeholder.ts';

/** Fewer words in quotation marks are a term, not what somebody said. */
const LEAST_WORDS = 4;
/** Longest passage that is looked for, characters: a mark that nobody closed does not quote a page. */
const MOST_CHARACTERS = 1_200;

const PASSAGES = new RegExp(
  [
    `“([^“”\\n]{1,${MOST_CHARACTERS}})”`,
    `«([^«»\\n]{1,${MOST_CHARACTERS}})»`,
    `(?<![\\p{L}\\p{N}])"([^"\\n]{1,${MOST_CHARACTERS}})"`,
    // an apostrophe closes nothing: what ends a passage is followed by no letter
    `(?<![\\p{L}\\p{N}])‘((?:[^‘’\\n]|’(?=\\p{L})){1,${MOST_CHARACTERS}})’`,
  ].join('|'),
  'gu',
);

/**
 * @param text lines apart by `\n`
 * @param wordings of quotes that stand in it
 * @returns passages in quotation marks, in the order of the text, that hold no quote and stand in none
 */
export function unclaimedPassages(text: string, wordings: readonly string[]): readonly string[] {
  const known = wordings.map(plain).filter((words) => words !== '');
  const found: string[] = [];
  for (const match of text.replaceAll(TAKEN_BACK, '').matchAll(PASSAGES)) {
    const passage = wordingKey(match.slice(1).find((words) => words !== undefined) ?? '');
    if ((passage.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length < LEAST_WORDS) continue;
    const words = plain(passage);
    if (known.some((wording) => wording.includes(words) || words.includes(wording))) continue;
    if (!found.includes(passage)) found.push(passage);
  }
  return found;
}

function plain(words: string): string {
  return (
    wordingKey(words)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}
