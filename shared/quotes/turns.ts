/**
 * Who says which line of an exchange. It is set when the words are captured, line by line; each
 * speaker is then asked about their own turns among those of the others, and all are needed.
 */
import type { UseInText } from '../document/wording.ts';
import type { QuoteRecord } from './quote-record.ts';

/** A line of an exchange, as one of its speakers is shown it. */
export interface Turn {
  /** Said by the speaker who is asked. */
  readonly own: boolean;
  readonly words: string;
}

/** Lines that an exchange can be told apart in. */
export const MOST_TURNS = 40;

/** @returns lines of words as they are selected or typed, without those that hold nothing */
export function linesOf(words: string): readonly string[] {
  return words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export type TurnsFault = 'nobody' | 'silent' | 'too-many';

/**
 * @param turns of each line, which of the speakers says it, counted from 0
 * @returns `nobody`: a line of nobody who speaks in it · `silent`: somebody without a line
 */
export function turnsFault(turns: readonly number[], speakers: number): TurnsFault | null {
  if (turns.length > MOST_TURNS) return 'too-many';
  if (turns.some((turn) => !Number.isInteger(turn) || turn < 0 || turn >= speakers)) return 'nobody';
  return new Set(turns).size < speakers ? 'silent' : null;
}

/**
 * @returns the lines as one speaker is shown them; null where it was not said whose they are, or
 *   the text has other lines by now: then they are asked about the whole
 */
export function turnsShown(
  { speakers, turns }: Pick<QuoteRecord, 'speakers' | 'turns'>,
  { parts = [] }: Pick<UseInText, 'parts'>,
  speaker: string,
): readonly Turn[] | null {
  const lines = parts.filter((line) => /\S/u.test(line));
  if (turns === null || turns.length < 2 || turns.length !== lines.length) return null;
  return lines.map((words, at) => ({ own: speakers[turns[at] ?? -1] === speaker, words: words.trim() }));
}

/**
 * @param lines what each of their own lines should be, in order
 * @returns the words of the whole exchange with these in it
 */
export function withOwnTurns(wording: string, turns: readonly Turn[], lines: readonly string[]): string {
  let whole = '';
  let at = 0;
  let line = 0;
  for (const { own, words } of turns) {
    const from = wording.indexOf(words, at);
    if (from < 0) throw new Error('a line that does not stand in the words');
    const said = own ? (lines[line] ?? words).trim() : words;
    if (own) line += 1;
    whole += wording.slice(at, from) + said;
    at = from + words.length;
  }
  return whole + wording.slice(at);
}
