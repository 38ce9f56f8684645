import { plainCharacters } from '../../shared/document/plain-characters.ts';
import type { SuggestionMarkName } from '../../shared/document/suggestion-key.ts';

/** What is looked for, and how closely. */
export interface FindQuery {
  readonly text: string;
  /** A and a are different letters. */
  readonly matchCase: boolean;
  /** Not inside a longer word. */
  readonly wholeWord: boolean;
  /** é and e are different letters, and ’ and ' different signs. */
  readonly matchAccents: boolean;
}

/** @returns whether words with these marks are not in the text yet: whoever suggested them may still change them */
export function isOnlySuggested(marks: readonly string[]): boolean {
  return (
    marks.includes('insertion' satisfies SuggestionMarkName) ||
    marks.includes('seam' satisfies SuggestionMarkName)
  );
}

/** From and to, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const QUOTES: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
};

/** A text as it is compared, and where each of its letters comes from. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * @returns where the words stand in a text, one after the other; never half of a
 *   surrogate pair, nor a letter without the accent that follows it
 */
export function findInText(text: string, query: FindQuery): Span[] {
  // half a letter is no letter to look for
  const sought = fold(plainCharacters(query.text), query).text;
  if (sought === '') return [];
  const folded = fold(text, query);
  const spans: Span[] = [];
  for (let at = folded.text.indexOf(sought); at >= 0; ) {
    const from = folded.starts[at] as number;
    const to = folded.ends[at + sought.length - 1] as number;
    const whole = isWhole(text, from, to) && (!query.wholeWord || isWord(text, from, to));
    if (whole) spans.push({ from, to });
    at = folded.text.indexOf(sought, at + (whole ? sought.length : 1));
  }
  return spans;
}

function fold(text: string, query: FindQuery): Folded {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const letter of text) {
    const next = at + letter.length;
    const plain = foldLetter(letter, query);
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = next;
    for (let unit = 0; unit < plain.length; unit++) {
      starts.push(at);
      ends.push(next);
    }
    folded += plain;
    at = next;
  }
  return { text: folded, starts, ends };
}

function foldLetter(letter: string, query: FindQuery): string {
  let plain = letter === '\u00a0' ? ' ' : letter;
  if (!query.matchAccents && plain > '\u007f') {
    plain = QUOTES[plain] ?? plain.normalize('NFD').replace(/\p{M}/gu, '');
  }
  return query.matchCase ? plain : plain.toLowerCase();
}

/** A letter with an accent of its own, or a face made of several signs, is found as a whole or not at all. */
function isWhole(text: string, from: number, to: number): boolean {
  return (
    !/^[\p{M}\u200d]/u.test(text.slice(to, to + 2)) &&
    !/\u200d$/.test(text.slice(Math.max(0, from - 1), from))
  );
}

function isWord(text: string, from: number, to: number): boolean {
  return (
    !/[\p{L}\p{M}\p{N}_]$/u.test(lastLetter(text, from)) &&
    !/^[\p{L}\p{M}\p{N}_]/u.test(text.slice(to, to + 2))
  );
}

/** The letter before a place, with both halves of a pair. */
function lastLetter(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 2), at);
  return [...before].at(-1) ?? '';
}
