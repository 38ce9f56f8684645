import * as Y from 'yjs';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import { markName } from '../../shared/document/mark-key.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { REFERENCE } from '../../shared/document/reference-key.ts';
import { type SuggestionMark, suggestionMark } from '../../shared/document/suggestion-key.ts';
import { copiesIn, cutOut, type ErasedPieces, type Stretch } from '../../shared/protection/erased-words.ts';
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
import type { BlockContents } from '../ports/folder.ts';
import { takeOut, textsOf } from '../quotes/quote-text.ts';
import { eraseInDeletions, wordsTold } from './erased-deletions.ts';

/** What is taken out of texts. */
export interface ErasedWords {
  readonly quoteIds: readonly string[];
  /** From `tellingWords`: taken out where they stand unmarked as well. */
  readonly telling: readonly string[];
  readonly pieces: ErasedPieces;
}

/**
 * Takes words out of a block wherever they stand in it: under their mark, as a copy without one, and in
 * what suggestions say of the words that they would take out.
 */
export function takeOutErased(doc: Y.Doc, { quoteIds, telling, pieces }: ErasedWords): void {
  for (const quote of quoteIds) takeOut(doc, quote, ERASED_HERE);
  takeOutCopies(doc, telling);
  for (const text of textsOf(doc)) eraseInDeletions(text, pieces);
  for (const key of [...doc.share.keys()]) {
    if (!key.startsWith('field/')) continue;
    const text = doc.getText(key);
    for (const { index, length } of [...copiesIn(text.toString(), telling)].reverse()) {
      text.delete(index, length);
      text.insert(index, ERASED_HERE);
    }
  }
  const fields = doc.getMap(FIELDS);
  for (const [key, value] of [...fields]) {
    if (typeof value !== 'string') continue;
    const copies = copiesIn(value, telling);
    if (copies.length > 0) fields.set(key, cutOut(value, copies, ERASED_HERE));
  }
}

/** @returns whether any of these words stands whole in the text, in a field, or in what a suggestion tells */
export function hasCopies({ suggested, values }: BlockContents, telling: readonly string[]): boolean {
  if (telling.length === 0) return false;
  const runs = [...runsIn(suggested)];
  const fields = Object.values(values).filter((value) => typeof value === 'string');
  return (
    copiesAmong(runs, telling).length > 0 ||
    fields.some((one) => copiesIn(one, telling).length > 0) ||
    runs.some(({ marks }) => marks.some((mark) => wordsTold(mark, telling)))
  );
}

/** A piece of the running text with the suggestions about it. */
interface Run {
  readonly words: string;
  readonly marks: readonly SuggestionMark[];
}

/** Copies over the ends of paragraphs are found as well: quotes go over them. */
function takeOutCopies(doc: Y.Doc, telling: readonly string[]): void {
  const runs: Run[] = [];
  const texts: { readonly text: Y.XmlText; readonly from: number; readonly to: number }[] = [];
  let at = 0;
  for (const next of walked(doc)) {
    const found = typeof next === 'string' ? [{ words: next, marks: [] }] : runsOf(next);
    const from = at;
    for (const run of found) at += run.words.length;
    runs.push(...found);
    if (typeof next !== 'string') texts.push({ text: next, from, to: at });
  }
  // from behind, so that what is still to go stays where it was found
  for (const { index, length } of [...copiesAmong(runs, telling)].reverse()) {
    const within = texts.filter(({ from, to }) => from < index + length && index < to);
    for (const { text, from, to } of within.reverse()) {
      const begin = Math.max(index, from) - from;
      text.delete(begin, Math.min(index + length, to) - from - begin);
      if (index >= from) text.insert(begin, ERASED_HERE, {});
    }
  }
}

/**
 * @returns where words stand whole: in the text with all that is suggested, in the text as it is until then,
 *   and in the text as it would be; none over another
 */
function copiesAmong(runs: readonly Run[], telling: readonly string[]): readonly Stretch[] {
  const views: ((names: ReadonlySet<string>) => boolean)[] = [(names) => !names.has('seam')];
  if (runs.some(({ marks }) => marks.length > 0)) {
    views.push((names) => !names.has('seam') && !names.has('insertion'));
    views.push((names) => !names.has('seam') && !names.has('deletion'));
  }
  const found: { index: number; length: number }[] = [];
  for (const isSeen of views) {
    const seen: string[] = [];
    /** Of each code unit that is seen, where it stands among all. */
    const places: number[] = [];
    let at = 0;
    for (const { words, marks } of runs) {
      if (isSeen(new Set(marks.map(({ name }) => name)))) {
        seen.push(words);
        for (let unit = 0; unit < words.length; unit++) places.push(at + unit);
      }
      at += words.length;
    }
    for (const { index, length } of copiesIn(seen.join(''), telling)) {
      const from = places[index] as number;
      found.push({ index: from, length: (places[index + length - 1] as number) + 1 - from });
    }
  }
  found.sort((one, other) => one.index - other.index);
  const whole: { index: number; length: number }[] = [];
  for (const one of found) {
    const last = whole.at(-1);
    if (last && one.index < last.index + last.length) {
      last.length = Math.max(last.length, one.index + one.length - last.index);
    } else whole.push(one);
  }
  return whole;
}

const LINE_END = '\n';
/** Stands for a name: no wording has it. */
const NAMED = '\ufffc';

/** The texts of a block in order, and what is read between them. Without recursion: depth is the sender's choice. */
function* walked(doc: Y.Doc): Generator<Y.XmlText | string> {
  const waiting: unknown[] = [doc.getXmlFragment(CONTENT)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' || next instanceof Y.XmlText) yield next;
    else if (next instanceof Y.XmlElement && next.nodeName === REFERENCE) yield NAMED;
    else if (next instanceof Y.XmlFragment) {
      waiting.push(LINE_END);
      const children: unknown[] = next.toArray();
      for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
      yield LINE_END;
    }
  }
}

function runsOf(text: Y.XmlText): Run[] {
  const pieces = text.toDelta() as { readonly insert: unknown; readonly attributes?: object }[];
  return pieces.map(({ insert, attributes = {} }) => ({
    words: typeof insert === 'string' ? insert : NAMED,
    marks: Object.entries(attributes).flatMap(([key, value]) => suggestionMark(markName(key), value) ?? []),
  }));
}

function* runsIn(node: ProseMirrorJson): Generator<Run> {
  if (node.type === 'text') {
    const marks = (node.marks ?? []).flatMap(({ type, attrs }) => suggestionMark(type, attrs) ?? []);
    yield { words: node.text ?? '', marks };
  } else if (node.type === REFERENCE) yield { words: NAMED, marks: [] };
  else {
    yield { words: LINE_END, marks: [] };
    for (const child of node.content ?? []) yield* runsIn(child);
    yield { words: LINE_END, marks: [] };
  }
}
