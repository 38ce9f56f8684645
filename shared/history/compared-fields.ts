import type { FieldLine } from '../api/history.ts';
import { type WordChange, wordDifference } from '../document/word-difference.ts';

/** What became of one field. */
export interface ComparedField {
  readonly key: string;
  readonly label: string;
  readonly words: readonly WordChange[];
}

/** @returns the fields that say something else now, in the order of the section */
export function compareFields(
  before: readonly FieldLine[],
  after: readonly FieldLine[],
): readonly ComparedField[] {
  const old = new Map(before.map((line) => [line.key, line]));
  const now = new Set(after.map(({ key }) => key));
  const gone = before.filter(({ key }) => !now.has(key)).map((line) => compared(line, line.words, ''));
  const stood = after
    .filter(({ key, words }) => old.get(key)?.words !== words)
    .map((line) => compared(line, old.get(line.key)?.words ?? '', line.words));
  return [...gone, ...stood];
}

function compared({ key, label }: FieldLine, before: string, after: string): ComparedField {
  return { key, label, words: wordDifference(before, after) };
}
