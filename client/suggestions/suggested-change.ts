/**
 * Makes of what somebody would change in the text a suggestion to change it so: a transaction of
 * the editor becomes another, that moves nothing.
 */
import type { Fragment, Node, ResolvedPos, Slice } from '@tiptap/pm/model';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from '@tiptap/pm/transform';
import {
  isSuggestionMark,
  SEAM_VALUES,
  type Seam,
  STYLES,
  type Style,
  type SuggestedBy,
  type SuggestionMarkName,
  suggestionMark,
} from '../../shared/document/suggestion-key.ts';
import { suggestReplacement, suggestSeam, suggestStyle } from '../../shared/suggestions/suggesting.ts';

/** @returns null for what cannot be suggested */
export function suggestedChange(
  state: EditorState,
  wanted: Transaction,
  by: SuggestedBy,
): Transaction | null {
  if (wanted.steps.every(isMarkStep)) return styles(state, wanted.steps as MarkStep[], by);
  const replaced = replacedBy(wanted);
  if (!replaced) return null;
  return (
    rowChange(state, replaced, by) ?? paragraphChange(state, wanted, by) ?? wordChange(state, replaced, by)
  );
}

/**
 * What somebody types in the text itself, where it lands among words that are only suggested: it is
 * none of them.
 */
export function plainChange(wanted: Transaction): Transaction {
  for (const [at, step] of [...wanted.steps].entries()) {
    if (!(step instanceof ReplaceStep) || step.slice.size === 0) continue;
    const later = wanted.mapping.slice(at + 1);
    const [from, to] = [later.map(step.from, 1), later.map(step.from + step.slice.size, -1)];
    if (to <= from) continue;
    wanted.doc.nodesBetween(from, to, (node, pos) => {
      for (const mark of node.isText ? node.marks : []) {
        if (!isSuggestionMark(mark.type.name)) continue;
        wanted.removeMark(Math.max(from, pos), Math.min(to, pos + node.nodeSize), mark);
      }
    });
  }
  return wanted;
}

type MarkStep = AddMarkStep | RemoveMarkStep;

function isMarkStep(step: Step): step is MarkStep {
  return step instanceof AddMarkStep || step instanceof RemoveMarkStep;
}

function styles(state: EditorState, steps: readonly MarkStep[], by: SuggestedBy): Transaction | null {
  const { tr } = state;
  for (const step of steps) {
    const { mark, from, to } = step;
    const { name } = mark.type;
    if (!(STYLES as readonly string[]).includes(name)) return null;
    const isOn = step instanceof AddMarkStep;
    const value = name === 'link' ? (isOn ? String(mark.attrs.href ?? '') : '') : isOn ? 'on' : 'off';
    suggestStyle(tr, from, to, [name as Style, value], by);
  }
  return tr;
}

interface Replaced {
  readonly from: number;
  readonly to: number;
  readonly slice: Slice;
}

/** @returns the one place that the transaction changes, and what stands there afterwards */
function replacedBy({ before, doc, steps }: Transaction): Replaced | null {
  const [step] = steps;
  if (steps.length === 1 && step instanceof ReplaceStep) return step;
  const from = before.content.findDiffStart(doc.content);
  const ends = before.content.findDiffEnd(doc.content);
  if (from === null || !ends) return null;
  const shared = Math.max(0, from - Math.min(ends.a, ends.b));
  return { from, to: ends.a + shared, slice: doc.slice(from, ends.b + shared) };
}

const PLAIN = new Set([
  'text',
  'paragraph',
  'heading',
  'listItem',
  'taskItem',
  'bulletList',
  'orderedList',
  'taskList',
]);

function wordChange(state: EditorState, { from, to, slice }: Replaced, by: SuggestedBy): Transaction | null {
  const gone = state.doc.slice(from, to);
  const { tr } = state;
  if (isBreak(slice) && from === to) {
    return caretAt(suggestSeam(tr, from, { op: 'break', value: '' }, by), from + 1);
  }
  if (isBreak(gone) && slice.size === 0) {
    return caretAt(suggestSeam(tr, to, { op: 'unbreak', value: '' }, by), from);
  }
  if (!isPlain(slice.content) || !isPlain(gone.content)) return null;
  const words = linesOf(slice.content).join('\n');
  if (words === '' && from === to) return null;
  const place = from === to ? besideOwnDeletion(state.doc, from, by) : { at: to, by };
  suggestReplacement(tr, from === to ? place.at : from, place.at, words, place.by);
  if (words !== '') return caretAt(tr, tr.mapping.map(place.at, -1) + words.length);
  const { selection } = state;
  const isForwards = selection.empty && selection.head < to;
  return caretAt(tr, isForwards ? tr.mapping.map(to, 1) : tr.mapping.map(from, -1));
}

/**
 * What is typed where one took words out letter by letter stands behind them, and replaces them; behind a
 * paragraph that one began, it belongs to it.
 */
function besideOwnDeletion(doc: Node, from: number, by: SuggestedBy): { at: number; by: SuggestedBy } {
  const at = doc.resolve(from);
  const before = own(at.nodeBefore, by, ['deletion', 'seam']);
  if (before) return { at: from, by: before };
  const after = own(at.nodeAfter, by, ['deletion']);
  if (!after) return { at: from, by };
  let end = from;
  for (let index = at.index(); index < at.parent.childCount; index += 1) {
    const node = at.parent.child(index);
    if (own(node, by, ['deletion'])?.id !== after.id) break;
    end += index === at.index() ? node.nodeSize - at.textOffset : node.nodeSize;
  }
  return { at: end, by: after };
}

function own(
  node: Node | null,
  { author }: SuggestedBy,
  names: readonly SuggestionMarkName[],
): SuggestedBy | null {
  for (const { type, attrs } of node?.marks ?? []) {
    const mark = suggestionMark(type.name, attrs);
    if (mark && names.includes(mark.name) && mark.author === author)
      return { id: mark.id, author, at: mark.at };
  }
  return null;
}

function isBreak({ content }: Slice): boolean {
  return content.childCount === 1 && content.firstChild?.type.name === 'hardBreak';
}

function isPlain(content: Fragment): boolean {
  let plain = true;
  content.descendants((node) => {
    if (!PLAIN.has(node.type.name)) plain = false;
  });
  return plain;
}

/** Each paragraph is a line. */
function linesOf(content: Fragment): string[] {
  if (content.childCount === 0) return [''];
  if (content.firstChild?.isInline) return [content.textBetween(0, content.size)];
  const lines: string[] = [];
  content.descendants((node) => {
    if (node.isTextblock) lines.push(node.textContent);
    return !node.isTextblock;
  });
  return lines;
}

/** A change of what the paragraphs at hand are: their kind, or the list that they stand in. */
function paragraphChange(state: EditorState, wanted: Transaction, by: SuggestedBy): Transaction | null {
  if (wanted.steps.every((step) => step instanceof ReplaceStep)) return null;
  const { tr } = state;
  let isChanged = false;
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isTextblock) return;
    const [start, $after] = [pos + 1, wanted.doc.resolve(wanted.mapping.map(pos + 1, 1))];
    const seam = seamBetween(state.doc.resolve(start), $after);
    if (!seam) return;
    isChanged = true;
    const at = tr.mapping.map(start, -1);
    // of what was typed to ask for it, such as "- "
    const asked = node.textContent.length - $after.parent.textContent.length;
    if (asked > 0 && node.textContent.endsWith($after.parent.textContent)) {
      suggestReplacement(tr, at, at + asked, '', by);
    }
    suggestSeam(tr, at, seam, by);
  });
  return isChanged ? tr : null;
}

function seamBetween($before: ResolvedPos, $after: ResolvedPos): Seam | null {
  const [kind, list] = [kindOf($after.parent), listOf($after)];
  if (list !== listOf($before)) return isListValue(list) ? { op: 'list', value: list } : null;
  if (kind !== kindOf($before.parent)) return isKindValue(kind) ? { op: 'kind', value: kind } : null;
  return null;
}

function kindOf(node: Node): string {
  return node.type.name === 'heading' ? `heading-${node.attrs.level}` : node.type.name;
}

function listOf(at: ResolvedPos): string {
  for (let depth = at.depth; depth > 0; depth -= 1) {
    if (/^(list|task)Item$/.test(at.node(depth).type.name)) return at.node(depth - 1).type.name;
  }
  return 'none';
}

function isListValue(value: string): value is (typeof SEAM_VALUES.list)[number] {
  return (SEAM_VALUES.list as readonly string[]).includes(value);
}

function isKindValue(value: string): value is (typeof SEAM_VALUES.kind)[number] {
  return (SEAM_VALUES.kind as readonly string[]).includes(value);
}

/** One row of a table that comes below another, or goes. */
function rowChange(state: EditorState, { from, to, slice }: Replaced, by: SuggestedBy): Transaction | null {
  const at = state.doc.resolve(from);
  if (at.parent.type.name !== 'table') return null;
  const { tr } = state;
  const isRow = (content: Fragment) =>
    content.childCount === 1 && content.firstChild?.type.name === 'tableRow';
  if (from === to && isRow(slice.content) && at.nodeBefore) {
    return suggestSeam(tr, firstText(state.doc, from - at.nodeBefore.nodeSize), { op: 'row', value: '' }, by);
  }
  if (slice.size > 0 || !isRow(state.doc.slice(from, to).content)) return null;
  suggestReplacement(tr, from, to, '', by);
  return suggestSeam(tr, firstText(tr.doc, from), { op: 'drop', value: 'row' }, by);
}

function firstText(doc: Node, from: number): number {
  let found = from;
  doc.nodesBetween(from, doc.content.size, (node, pos) => {
    if (node.isTextblock && found === from && pos >= from) found = pos + 1;
    return found === from;
  });
  return found;
}

function caretAt(tr: Transaction, at: number): Transaction {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)), -1));
}
