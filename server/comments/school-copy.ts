import {
  type AnchoredText,
  anchoredText,
  exactPlace,
  type SelectedWords,
} from '../../shared/document/anchors.ts';
import { drawnText, NAMED_MARK, type NamesInText } from '../../shared/document/drawn-text.ts';
import { type FlatRun, flattenText, type Place } from '../../shared/document/flat-text.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { REFERENCE } from '../../shared/document/reference-key.ts';
import { withoutSuggestions } from '../../shared/document/refusing.ts';

/** Words that were found in a copy. */
export interface FoundInCopy {
  /** Where they stand in the text with its suggestions; what is held back, between what stands around it. */
  readonly place: Place;
  /** As their copy has them, with `…` for each name: of names nothing is kept. */
  readonly quote: string;
}

/**
 * A section as somebody at a school reads it, and the way from there to the text. Words are looked
 * for in the copy alone, so that nothing that is told depends on what is held back in it (ACCESS-5).
 */
export interface SchoolCopy {
  /** With `…` for each name, and every anchor of the text where its words, or what stands for them, are. */
  readonly text: AnchoredText;
  /** The text with names, as quotes in it are judged. */
  readonly drawn: ProseMirrorJson;
  /** Exactly as they were selected there, with the names or `…` for each; null where they do not stand in it so. */
  find(selected: SelectedWords): FoundInCopy | null;
}

/**
 * @param suggested the text with its suggestions
 * @param hold makes a drawn text the copy of somebody
 */
export function schoolCopy(
  suggested: ProseMirrorJson,
  draw: NamesInText,
  hold: (drawn: ProseMirrorJson) => ProseMirrorJson,
): SchoolCopy {
  const { runs } = flattenText(suggested);
  const drawn = withSources(suggested, runs, draw);
  const json = hold(drawn);
  const pieces = piecesOf(json);
  const named = anchoredText(json);
  const dotted = anchoredText(withDots(json));
  const marks = marksIn(pieces, dotted, runs);
  return {
    text: { ...dotted, marks },
    drawn,
    find: (selected) => {
      for (const copy of [named, dotted]) {
        const place = exactPlace(copy, selected);
        if (place) return foundAt(place, pieces, copy, dotted);
      }
      return null;
    },
  };
}

/** On words of a copy: where they stand in the text. No mark of the schema. */
const SOURCE = 'source';

/** What one run of a copy's flat text is. */
interface Piece {
  /** Null of what stands for others, and of the ends of lines. */
  readonly source: Place | null;
  readonly isNamed: boolean;
  readonly isLine: boolean;
}

/** @returns the text without suggestions, with names, and on all of its words where they come from */
function withSources(
  suggested: ProseMirrorJson,
  runs: readonly FlatRun[],
  draw: NamesInText,
): ProseMirrorJson {
  let at = 0;
  const tagged = (node: ProseMirrorJson): ProseMirrorJson => {
    const isRun = node.type === 'text' || node.type === 'hardBreak' || node.type === REFERENCE;
    const run = isRun ? runs[at] : undefined;
    if (isRun) at += 1;
    const content = node.content?.map(tagged);
    if (LINES.has(node.type)) at += 1;
    const source = run && { type: SOURCE, attrs: { from: run.from, to: run.to } };
    if (source && node.type === 'text') {
      const marks = (node.marks ?? []).filter(({ type }) => type !== SOURCE && type !== NAMED_MARK);
      return { ...node, marks: [...marks, source] };
    }
    if (source && node.type === REFERENCE) return { ...node, attrs: { ...node.attrs, at: run.from } };
    return content ? { ...node, content } : node;
  };
  const text = withoutSuggestions(tagged(suggested));
  const names: number[] = [];
  const look = (node: ProseMirrorJson): void => {
    if (node.type === REFERENCE) names.push(Number(node.attrs?.at));
    for (const child of node.content ?? []) look(child);
  };
  look(text);
  let next = 0;
  const placed = (node: ProseMirrorJson): ProseMirrorJson => {
    if (node.content) return { ...node, content: node.content.map(placed) };
    if (!isNamed(node)) return node;
    const from = names[next] ?? 0;
    next += 1;
    const source = { type: SOURCE, attrs: { from, to: from + 1 } };
    return { ...node, marks: [...(node.marks ?? []), source] };
  };
  return placed(drawnText(text, draw));
}

const LINES: ReadonlySet<string> = new Set(['paragraph', 'heading']);

function isNamed({ marks }: ProseMirrorJson): boolean {
  return (marks ?? []).some(({ type }) => type === NAMED_MARK);
}

function withDots(node: ProseMirrorJson): ProseMirrorJson {
  if (node.content) return { ...node, content: node.content.map(withDots) };
  return isNamed(node) ? { ...node, text: '…' } : node;
}

/** @returns one for each run of its flat text */
function piecesOf(json: ProseMirrorJson): readonly Piece[] {
  const pieces: Piece[] = [];
  const visit = (node: ProseMirrorJson): void => {
    if (node.type === 'text') {
      const attrs = (node.marks ?? []).find(({ type }) => type === SOURCE)?.attrs;
      const source = attrs ? { from: Number(attrs.from), to: Number(attrs.to) } : null;
      pieces.push({ source, isNamed: isNamed(node), isLine: false });
    } else if (node.type === 'hardBreak') pieces.push(LINE);
    for (const child of node.content ?? []) visit(child);
    if (LINES.has(node.type)) pieces.push(LINE);
  };
  visit(json);
  return pieces;
}

const LINE: Piece = { source: null, isNamed: false, isLine: true };

function foundAt(
  { from, to }: Place,
  pieces: readonly Piece[],
  named: AnchoredText,
  dotted: AnchoredText,
): FoundInCopy | null {
  const { runs } = named.flat;
  const first = runs.findIndex((run) => run.to > from);
  const last = runs.findIndex((run) => run.to >= to);
  const [begins, ends] = [runs[first], runs[last]];
  const [beginsIn, endsIn] = [dotted.flat.runs[first], dotted.flat.runs[last]];
  if (!begins || !ends || !beginsIn || !endsIn) return null;
  const lead = pieces[first]?.isNamed ? 0 : from - begins.from;
  const tail = pieces[last]?.isNamed ? 0 : ends.to - to;
  const gap = { from: gapBefore(pieces, first), to: gapBehind(pieces, last) };
  const source = { first: pieces[first]?.source, last: pieces[last]?.source };
  const begin = source.first ? source.first.from + lead : gap.from;
  const end = source.last ? source.last.to - tail : gap.to;
  const quote = dotted.flat.text.slice(beginsIn.from + lead, endsIn.to - tail);
  return { place: { from: begin, to: Math.max(begin, end) }, quote: quote.replace(/\s+/gu, ' ').trim() };
}

/** @returns the end in the text of what stands before a piece */
function gapBefore(pieces: readonly Piece[], at: number): number {
  return pieces.slice(0, at).findLast(({ source }) => source)?.source?.to ?? 0;
}

function gapBehind(pieces: readonly Piece[], at: number): number {
  return pieces.slice(at + 1).find(({ source }) => source)?.source?.from ?? Number.MAX_SAFE_INTEGER;
}

/** @returns the anchors of a text, where in a copy of it they are */
function marksIn(
  pieces: readonly Piece[],
  dotted: AnchoredText,
  runs: readonly FlatRun[],
): AnchoredText['marks'] {
  const found = new Map<string, { from: number; to: number }[]>();
  let first = 0;
  for (const [at, { source, isLine }] of pieces.entries()) {
    const there = dotted.flat.runs[at];
    if (isLine || !there) continue;
    const { from, to } = source ?? { from: gapBefore(pieces, at), to: gapBehind(pieces, at) };
    while ((runs[first]?.to ?? Number.MAX_SAFE_INTEGER) <= from) first += 1;
    const met = new Set<string>();
    for (let next = first; (runs[next]?.from ?? to) < to; next += 1) {
      for (const id of runs[next]?.anchors ?? []) met.add(id);
    }
    for (const id of met) {
      const places = found.get(id) ?? [];
      found.set(id, places);
      const last = places.at(-1);
      if (last?.to === there.from) last.to = there.to;
      else places.push({ from: there.from, to: there.to });
    }
  }
  return found;
}
