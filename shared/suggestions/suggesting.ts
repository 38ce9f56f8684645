/**
 * Writes what somebody would change as suggestions, into a transaction of the page's
 * editor. `@handlewithcare/prosemirror-suggest-changes` does the like, but marks whole nodes
 * for paragraphs, which does not survive Yjs, and lets no two suggestions overlap.
 */
import type { Mark, Node, ResolvedPos, Schema } from '@tiptap/pm/model';
import { AddMarkStep, RemoveMarkStep, type Step, type Transform } from '@tiptap/pm/transform';
import {
  isSuggestionMark,
  MOST_DELETION_WORDS,
  SEAM_SIGNS,
  type Seam,
  type Style,
  type SuggestedBy,
  type SuggestionMark,
  seamSign,
  suggestionAttributes,
  suggestionKey,
  suggestionMark,
} from '../document/suggestion-key.ts';

/**
 * Suggests `words` in the place of a range: what is there is marked and stays; own words
 * that were only suggested go. Adjoining suggestions of the same person grow instead of multiplying.
 * @param words lines apart by `\n`, each of which begins a paragraph
 * @returns the transaction, longer by the steps it took
 */
export function suggestReplacement<T extends Transform>(
  tr: T,
  from: number,
  to: number,
  words: string,
  by: SuggestedBy,
): T {
  const steps = tr.steps.length;
  const deletion = to > from ? markDeletion(tr, from, to, by) : null;
  const at = tr.mapping.slice(steps).map(to);
  if (words !== '') insert(tr, at, words.replace(SEAM_SIGNS, ''), deletion ?? by, deletion === null);
  return tr;
}

/**
 * Steps as they are to reach Yjs: one group after the other, each as a transaction of its
 * own. Of a text that changed in two places at once, y-tiptap writes all letters between them
 * anew: others' deletions among them would be undone, and their insertions land elsewhere (tried).
 */
export function strokesOf(tr: Transform): readonly (readonly Step[])[] {
  const strokes: Step[][] = [];
  let last: Step[] | null = null;
  for (const step of tr.steps) {
    const marks = step instanceof AddMarkStep || step instanceof RemoveMarkStep;
    if (marks && last) last.push(step);
    else strokes.push([step]);
    last = marks ? (strokes.at(-1) ?? null) : null;
  }
  return strokes;
}

/** Suggests a change of paragraphs, lists or tables at a place in a paragraph's text. */
export function suggestSeam<T extends Transform>(tr: T, at: number, seam: Seam, by: SuggestedBy): T {
  const mark: SuggestionMark = { name: 'seam', ...by, ...seam };
  const sign = seamSign(by, seam.op);
  const place = turned(tr.doc, at, sign).at;
  tr.insert(place, tr.doc.type.schema.text(sign, [made(tr.doc.type.schema, mark)]));
  return tr;
}

/** Suggests how words look; a suggestion of one's own about the same is replaced. */
export function suggestStyle<T extends Transform>(
  tr: T,
  from: number,
  to: number,
  [style, value]: readonly [Style, string],
  by: SuggestedBy,
): T {
  const known: { from: number; to: number; mark: Mark }[] = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    for (const mark of node.marks) {
      const said = suggestionMark(mark.type.name, mark.attrs);
      if (said?.name === 'styling' && said.author === by.author && said.style === style) {
        known.push({ from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize), mark });
      }
    }
  });
  for (const one of known) tr.removeMark(one.from, one.to, one.mark);
  tr.addMark(from, to, made(tr.doc.type.schema, { name: 'styling', ...by, style, value }));
  return tr;
}

/**
 * @returns marks for what somebody types in the text itself: where it lands among words that
 *   are suggested to come or to go, it does neither
 */
export function textMarks(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter(({ type }) => !isSuggestionMark(type.name));
}

function made(schema: Schema, mark: SuggestionMark): Mark {
  return schema.mark(mark.name, suggestionAttributes(mark));
}

function ownMark(
  node: Node | null,
  author: string,
  ...names: readonly SuggestionMark['name'][]
): SuggestionMark | null {
  for (const { type, attrs } of node?.marks ?? []) {
    const mark = suggestionMark(type.name, attrs);
    if (mark && mark.author === author && names.includes(mark.name)) return mark;
  }
  return null;
}

interface Run {
  from: number;
  to: number;
}

/** @returns who suggests it, and under which id: an earlier one that this adjoins */
function markDeletion(tr: Transform, from: number, to: number, by: SuggestedBy): SuggestedBy | null {
  const own: Run[] = [];
  const runs: Run[] = [];
  const begins: number[] = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (node.isTextblock && pos >= from) begins.push(pos + 1);
    if (!node.isText) return;
    const run = { from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize) };
    const into = ownMark(node, by.author, 'insertion', 'seam') ? own : runs;
    const last = into.at(-1);
    if (last?.to === run.from) last.to = run.to;
    else into.push(run);
  });
  let who: SuggestedBy | null = null;
  for (const run of runs) who = markRun(tr, run, who ?? by);
  const steps = tr.steps.length;
  for (const run of own.reverse()) tr.delete(run.from, run.to);
  for (const begin of begins.reverse()) {
    const at = tr.mapping.slice(steps).map(begin);
    if (!isJoinable(tr.doc.resolve(at))) continue;
    who ??= by;
    suggestSeam(tr, at, { op: 'join', value: '' }, who);
  }
  return who;
}

/** A paragraph that goes on from one before it: not the first of a cell, nor of the text. */
function isJoinable(at: ResolvedPos): boolean {
  if (at.parentOffset !== 0 || !at.parent.isTextblock) return false;
  if (at.index(at.depth - 1) > 0) return true;
  const item = at.depth >= 2 ? at.node(at.depth - 1) : null;
  return /^(list|task)Item$/.test(item?.type.name ?? '') && at.index(at.depth - 2) > 0;
}

function markRun(tr: Transform, run: Run, by: SuggestedBy): SuggestedBy {
  const before = adjoining(tr.doc.resolve(run.from), by.author, -1);
  const after = adjoining(tr.doc.resolve(run.to), by.author, 1);
  const length = run.to - run.from;
  const isShort = (more: number) => length + more <= MOST_DELETION_WORDS;
  let { from, to } = run;
  let who = by;
  if (before && isShort(before.length)) {
    from -= before.length;
    who = before.mark;
  }
  if (after && isShort(run.from - from + after.length)) {
    to += after.length;
    if (who === by) who = after.mark;
  }
  const { id, author, at } = who;
  removeOwnDeletions(tr, from, to, author);
  for (let start = from; start < to; ) {
    const end = pieceEnd(tr.doc, start, to);
    const words = tr.doc.textBetween(start, end);
    tr.addMark(start, end, made(tr.doc.type.schema, { name: 'deletion', id, author, at, words }));
    start = end;
  }
  return { id, author, at };
}

/**
 * The words beside a place that the same person would take out already; null where others
 * typed among them, since what they typed was never meant.
 */
function adjoining(
  at: ResolvedPos,
  author: string,
  side: -1 | 1,
): { mark: SuggestionMark; length: number } | null {
  if (at.textOffset > 0) return null;
  const mark = ownMark(side === 1 ? at.nodeAfter : at.nodeBefore, author, 'deletion');
  if (mark?.name !== 'deletion') return null;
  const key = suggestionKey(mark);
  let words = '';
  for (let index = side === 1 ? at.index() : at.index() - 1; ; index += side) {
    const node = at.parent.maybeChild(index);
    const own = ownMark(node, author, 'deletion');
    if (!node?.isText || !own || suggestionKey(own) !== key) break;
    words = side === 1 ? words + node.text : node.text + words;
  }
  return words === mark.words ? { mark, length: words.length } : null;
}

function removeOwnDeletions(tr: Transform, from: number, to: number, author: string): void {
  const known: { from: number; to: number; mark: Mark }[] = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    for (const mark of node.marks) {
      const said = suggestionMark(mark.type.name, mark.attrs);
      if (said?.name !== 'deletion' || said.author !== author) continue;
      known.push({ from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize), mark });
    }
  });
  for (const one of known) tr.removeMark(one.from, one.to, one.mark);
}

/** Not between the halves of a surrogate pair. */
function pieceEnd(doc: Node, start: number, to: number): number {
  const end = Math.min(to, start + MOST_DELETION_WORDS);
  const code = end < to ? doc.textBetween(end - 1, end).charCodeAt(0) : 0;
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/**
 * Of words that begin as the text behind them does, y-tiptap takes the later ones as new and
 * moves the marks ("too": which o?). So they are put there: the text is the same, and no
 * letter of others comes under a mark.
 */
function turned(doc: Node, at: number, words: string): { at: number; words: string } {
  let [place, turn] = [at, words];
  for (;;) {
    const next = doc.resolve(place).nodeAfter?.text?.[0];
    if (next === undefined || turn[0] !== next) return { at: place, words: turn };
    turn = turn.slice(1) + turn[0];
    place += 1;
  }
}

function insert(
  tr: Transform,
  asked: number,
  asWritten: string,
  by: SuggestedBy,
  mayContinue: boolean,
): void {
  const { schema } = tr.doc.type;
  const $asked = tr.doc.resolve(asked);
  const known = mayContinue
    ? (ownMark($asked.nodeBefore, by.author, 'insertion') ??
      ownMark($asked.nodeAfter, by.author, 'insertion'))
    : null;
  const { id, author } = by;
  const who = known ? { id: known.id, author, at: known.at } : { id, author, at: by.at };
  const sign = seamSign(who, 'split');
  const { at, words } = turned(tr.doc, asked, asWritten.replaceAll('\n', sign));
  const look = textMarks(tr.doc.resolve(at).marks());
  const insertion = made(schema, { name: 'insertion', ...who });
  const split = made(schema, { name: 'seam', ...who, op: 'split', value: 'same' });
  const nodes = words
    .split(sign)
    .flatMap((line, number) => [
      ...(number > 0 ? [schema.text(sign, [split])] : []),
      ...(line === '' ? [] : [schema.text(line, [...look, insertion])]),
    ]);
  tr.insert(at, nodes);
}
