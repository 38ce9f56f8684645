/**
 * Two states of a section's text, line by line and word by word. A line is a paragraph,
 * a heading, an entry of a list, a row of a table: what stays stands where it is now,
 * what went stands before what came.
 */
import type { ProseMirrorJson, ProseMirrorMark } from '../document/reading.ts';
import { READING_DEPTH } from '../document/reading.ts';
import { wordDifference, wordsIn } from '../document/word-difference.ts';

/** Words of one line that look alike and were written by one person. */
export interface Run {
  readonly text: string;
  readonly marks: readonly ProseMirrorMark[];
}

export type LineKind = 'paragraph' | 'heading' | 'bullet' | 'number' | 'task' | 'done' | 'row' | 'rule';

export interface Line {
  readonly kind: LineKind;
  /** Of a heading, 3 or 4. */
  readonly level: number;
  /** Of an entry of a numbered list, its number. */
  readonly number?: number;
  /** Lists that it stands in, within each other. */
  readonly depth: number;
  readonly quoted: boolean;
  readonly runs: readonly Run[];
}

export interface ComparedRun extends Run {
  readonly became: 'same' | 'gone' | 'new';
}

export interface ComparedLine extends Omit<Line, 'runs'> {
  /** `restyled`: the words stayed, and how they look or what they are did not. */
  readonly became: 'same' | 'gone' | 'new' | 'changed' | 'restyled';
  readonly runs: readonly ComparedRun[];
}

/** @returns the lines of a text, from its top */
export function linesOf(text: ProseMirrorJson): readonly Line[] {
  const lines: Line[] = [];
  collect(text, { kind: 'paragraph', level: 0, depth: 0, quoted: false }, lines, 0);
  return lines;
}

type Place = Omit<Line, 'runs'>;

function collect(node: ProseMirrorJson, place: Place, lines: Line[], depth: number): void {
  if (depth > READING_DEPTH + 4) return;
  const below = (next: Place, of = node) => {
    for (const child of of.content ?? []) collect(child, next, lines, depth + 1);
  };
  switch (node.type) {
    case 'heading':
      lines.push({ ...place, kind: 'heading', level: node.attrs?.level === 4 ? 4 : 3, runs: runsOf(node) });
      return;
    case 'paragraph':
      lines.push({ ...place, runs: runsOf(node) });
      return;
    case 'horizontalRule':
      lines.push({ ...place, kind: 'rule', runs: [] });
      return;
    case 'blockquote':
      below({ ...place, quoted: true });
      return;
    case 'bulletList':
    case 'orderedList':
    case 'taskList': {
      const kind = node.type === 'orderedList' ? 'number' : 'bullet';
      const start = Number(node.attrs?.start ?? 1);
      for (const [at, item] of (node.content ?? []).entries()) {
        const task = item.type === 'taskItem' ? (item.attrs?.checked === true ? 'done' : 'task') : kind;
        const [first, ...others] = item.content ?? [];
        const within: Place = { ...place, kind: 'paragraph', depth: place.depth + 1 };
        const numbered = kind === 'number' && task === kind ? { number: start + at } : {};
        if (first) collect(first, { ...within, kind: task, ...numbered }, lines, depth + 2);
        for (const other of others) collect(other, within, lines, depth + 2);
      }
      return;
    }
    case 'tableRow': {
      const runs = (node.content ?? []).flatMap((cell, at) => [
        ...(at > 0 ? [{ text: ' | ', marks: [] }] : []),
        ...runsOf(cell),
      ]);
      lines.push({ ...place, kind: 'row', runs });
      return;
    }
    case 'text':
      lines.push({ ...place, runs: runsOf({ type: 'doc', content: [node] }) });
      return;
    default:
      below(place);
  }
}

/** All words under a node, however deep; of blocks within it, with a space between. */
function runsOf(node: ProseMirrorJson): Run[] {
  const runs: Run[] = [];
  const waiting = [...(node.content ?? [])].reverse();
  while (waiting.length > 0) {
    const next = waiting.pop() as ProseMirrorJson;
    if (next.type === 'text') runs.push({ text: next.text ?? '', marks: next.marks ?? [] });
    else if (next.type === 'hardBreak') runs.push({ text: '\n', marks: [] });
    else {
      if (runs.length > 0 && next.type === 'paragraph') runs.push({ text: ' ', marks: [] });
      waiting.push(...[...(next.content ?? [])].reverse());
    }
  }
  return runs;
}

/** Lines of both texts, multiplied, up to which each is held against each. */
const MOST_COMPARED = 250_000;
/** Share of their words that two lines have in common, from which one is taken to have become the other. */
const ALIKE = 0.4;

/** @returns what became of a text */
export function compareTexts(before: ProseMirrorJson, after: ProseMirrorJson): readonly ComparedLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  return pairsOf(old, now).map(([was, is]) => {
    if (!was) return wholly(is as Line, 'new');
    if (!is) return wholly(was, 'gone');
    return compareLines(was, is);
  });
}

function wholly(line: Line, became: 'new' | 'gone'): ComparedLine {
  return { ...line, became, runs: line.runs.map((run) => ({ ...run, became })) };
}

function compareLines(was: Line, is: Line): ComparedLine {
  const [old, now] = [wordsOf(was), wordsOf(is)];
  if (old === now) {
    const became = looksOf(was) === looksOf(is) ? 'same' : 'restyled';
    return { ...is, became, runs: is.runs.map((run) => ({ ...run, became: 'same' as const })) };
  }
  const [gone, came] = [new Reel(was.runs), new Reel(is.runs)];
  const left = [...wordsIn(old)];
  // words that count as the same may have other white space behind them
  const nextOld = (text: string) =>
    gone.next(left.splice(0, wordsIn(text).length).reduce((sum, word) => sum + word.length, 0));
  const runs = wordDifference(old, now).flatMap(({ kind, text }): ComparedRun[] => {
    const stood = kind === 'new' ? [] : nextOld(text);
    if (kind === 'gone') return stood.map((run) => ({ ...run, became: 'gone' as const }));
    return came.next(text.length).map((run) => ({ ...run, became: kind }));
  });
  return { ...is, became: 'changed', runs };
}

/** Hands out runs, so many letters at a time. */
class Reel {
  readonly #runs: readonly Run[];
  #at = 0;
  #within = 0;

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  next(letters: number): Run[] {
    const taken: Run[] = [];
    let left = letters;
    while (left > 0 && this.#at < this.#runs.length) {
      const { text, marks } = this.#runs[this.#at] as Run;
      const piece = text.slice(this.#within, this.#within + left);
      if (piece !== '') taken.push({ text: piece, marks });
      left -= piece.length;
      this.#within += piece.length;
      if (this.#within >= text.length) {
        this.#at += 1;
        this.#within = 0;
      }
    }
    return taken;
  }
}

function wordsOf({ runs }: Line): string {
  return runs.map(({ text }) => text).join('');
}

/** What a line is and how its words look; who wrote them is no look. */
function looksOf({ runs, number: _, ...place }: Line): string {
  const looks: { text: string; look: string }[] = [];
  for (const { text, marks } of runs) {
    const look = JSON.stringify(marks.filter(({ type }) => LOOKS.has(type)));
    const last = looks.at(-1);
    if (last?.look === look) last.text += text;
    else looks.push({ text, look });
  }
  return JSON.stringify([place, looks]);
}

const LOOKS = new Set(['bold', 'italic', 'link']);

type Pair = readonly [was: Line | null, is: Line | null];

/** Which line became which, in the order of the text. */
function pairsOf(old: readonly Line[], now: readonly Line[]): readonly Pair[] {
  const [oldWords, nowWords] = [old.map(wordsOf), now.map(wordsOf)];
  let first = 0;
  while (first < old.length && first < now.length && oldWords[first] === nowWords[first]) first += 1;
  let last = 0;
  const shorter = Math.min(old.length, now.length) - first;
  while (last < shorter && oldWords[old.length - 1 - last] === nowWords[now.length - 1 - last]) last += 1;
  const ends = (from: number, to: number): Pair[] =>
    now.slice(from, to).map((line, at) => [old[old.length - now.length + from + at] as Line, line]);
  return [
    ...now.slice(0, first).map((line, at): Pair => [old[at] as Line, line]),
    ...between(old.slice(first, old.length - last), now.slice(first, now.length - last)),
    ...ends(now.length - last, now.length),
  ];
}

function between(old: readonly Line[], now: readonly Line[]): Pair[] {
  if (old.length * now.length > MOST_COMPARED) {
    return [...old.map((line): Pair => [line, null]), ...now.map((line): Pair => [null, line])];
  }
  const oldBags = old.map((line) => bagOf(wordsOf(line)));
  const nowBags = now.map((line) => bagOf(wordsOf(line)));
  // the dearest way through, counted from behind: a pair is worth what the two have in common
  const width = now.length + 1;
  const worth = new Float64Array((old.length + 1) * width);
  const pair = new Float64Array(old.length * now.length);
  const at = (row: number, column: number) => worth[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const alike = likeness(oldBags[row] as Bag, nowBags[column] as Bag);
      pair[row * now.length + column] = alike;
      const both = alike >= ALIKE ? at(row + 1, column + 1) + alike : 0;
      worth[row * width + column] = Math.max(both, at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const alike = row < old.length && column < now.length ? (pair[row * now.length + column] ?? 0) : 0;
    if (alike >= ALIKE && at(row, column) === at(row + 1, column + 1) + alike) {
      pairs.push([old[row] as Line, now[column] as Line]);
      row += 1;
      column += 1;
    } else if (row < old.length && (column >= now.length || at(row + 1, column) >= at(row, column + 1))) {
      pairs.push([old[row] as Line, null]);
      row += 1;
    } else {
      pairs.push([null, now[column] as Line]);
      column += 1;
    }
  }
  return pairs;
}

interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly size: number;
}

function bagOf(words: string): Bag {
  const counts = new Map<string, number>();
  const all = words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of all) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, size: all.length };
}

/** @returns from 0 to 1; two lines without words are alike */
function likeness(one: Bag, other: Bag): number {
  if (one.size === 0 && other.size === 0) return 1;
  const [small, large] = one.counts.size < other.counts.size ? [one, other] : [other, one];
  let shared = 0;
  for (const [word, count] of small.counts) shared += Math.min(count, large.counts.get(word) ?? 0);
  return (2 * shared) / (one.size + other.size);
}
