import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { QUOTE_MARK, quoteUse } from '../../shared/document/quote-key.ts';
import { REFERENCE } from '../../shared/document/reference-key.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { ERASED_HERE, TAKEN_BACK } from '../../shared/quotes/placeholder.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import type { PlacedUse } from './quoted-text.ts';

/** A piece of text with a quote's mark, within one Y.XmlText. */
interface Run {
  readonly text: Y.XmlText;
  readonly use: string;
  readonly index: number;
  readonly words: string;
  /** Of its last piece: what is typed at its end looks so. */
  readonly marks: Readonly<Record<string, unknown>>;
}

/**
 * Puts other words in the place of a use, keeping of the text what both have in common.
 * @returns whether it could: not where the words stand apart from one another, or nowhere
 */
export function replaceUse(doc: Y.Doc, quote: string, use: string, wanted: string): boolean {
  const runs = runsOf(doc, quote).filter((run) => run.use === use);
  const [run] = runs;
  if (!run || runs.length > 1) return false;
  const words = run.words;
  if (wordingKey(words) === wordingKey(wanted)) return true;
  // lines of a correction are those of the box that it was written in; white space at the ends is the text's
  const said = wanted.trim().replace(/\s*[\n\r\u2028\u2029]\s*/gu, ' ');
  const wording = (/^\s*/u.exec(words)?.[0] ?? '') + said + (/\s*$/u.exec(words)?.[0] ?? '');
  const start = commonStart(words, wording);
  const end = commonEnd(words.slice(start), wording.slice(start));
  const at = run.index + start;
  const marks = marksAt(run.text, Math.max(run.index, at - 1)) ?? run.marks;
  // before the old words go: an empty place has no marks to stand in
  const inserted = wording.slice(start, wording.length - end);
  if (inserted !== '') run.text.insert(at, inserted, { ...marks });
  const gone = words.length - start - end;
  if (gone > 0) run.text.delete(at + inserted.length, gone);
  return true;
}

/**
 * Takes all words of a quote out of a text, with one placeholder for each place where it stood;
 * beside one that is there already, as where a merge brought words back, no second.
 */
export function takeOut(doc: Y.Doc, quote: string, placeholder: string = TAKEN_BACK): boolean {
  const told = new Set<string>();
  let found = false;
  const names = namesWithin(doc, quote);
  for (const text of textsOf(doc)) {
    const stretches = stretchesOf(text, quote).map(({ uses, ...stretch }) => {
      const isFirst = [...uses].some((use) => !told.has(use));
      for (const use of uses) told.add(use);
      return { ...stretch, isFirst: isFirst && !standsBeside(text, stretch) };
    });
    // from behind, so that what is still to go stays where it was found
    for (const { index, length, isFirst } of stretches.reverse()) {
      text.delete(index, length);
      if (isFirst) text.insert(index, placeholder, {});
      found = true;
    }
  }
  for (const name of names) (name.parent as Y.XmlElement).delete(indexOf(name), 1);
  return found;
}

/** Names that stand within words of a quote: on both sides of each its words go on. */
function namesWithin(doc: Y.Doc, quote: string): Y.XmlElement[] {
  const inOne = (before: Y.XmlText, after: Y.XmlText) => {
    const [end, start] = [(before.toDelta() as Piece[]).at(-1), (after.toDelta() as Piece[])[0]];
    const uses = usesIn(start?.attributes, quote);
    return usesIn(end?.attributes, quote).some((use) => uses.includes(use));
  };
  const names: Y.XmlElement[] = [];
  for (const text of textsOf(doc)) {
    const passed: Y.XmlElement[] = [];
    let next = text.nextSibling as unknown;
    while (next instanceof Y.XmlElement && next.nodeName === REFERENCE) {
      passed.push(next);
      next = next.nextSibling;
    }
    if (next instanceof Y.XmlText && inOne(text, next)) names.push(...passed);
  }
  return names;
}

function indexOf(element: Y.XmlElement): number {
  return (element.parent as Y.XmlElement).toArray().indexOf(element);
}

function standsBeside(text: Y.XmlText, { index, length }: Pick<Stretch, 'index' | 'length'>): boolean {
  const plain = (text.toDelta() as Piece[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('');
  return [TAKEN_BACK, ERASED_HERE].some(
    (told) => plain.slice(0, index).endsWith(told) || plain.slice(index + length).startsWith(told),
  );
}

/** @returns the words of a use as they stand, put together, and the texts that they stand in */
export function wordsOfUse(
  doc: Y.Doc,
  quote: string,
  use: string,
): { readonly words: string; readonly texts: ReadonlySet<Y.XmlText> } {
  const runs = runsOf(doc, quote).filter((run) => run.use === use);
  return { words: runs.map(({ words }) => words).join(' '), texts: new Set(runs.map(({ text }) => text)) };
}

/** Words of a quote that stand together, each once however many of its uses lie over them. */
interface Stretch {
  readonly index: number;
  length: number;
  readonly uses: Set<string>;
}

function stretchesOf(text: Y.XmlText, quote: string): Stretch[] {
  const stretches: Stretch[] = [];
  let index = 0;
  for (const piece of text.toDelta() as Piece[]) {
    const length = typeof piece.insert === 'string' ? piece.insert.length : 1;
    const uses = typeof piece.insert === 'string' ? usesIn(piece.attributes, quote) : [];
    const last = stretches.at(-1);
    if (uses.length > 0 && last && last.index + last.length === index) {
      last.length += length;
      for (const use of uses) last.uses.add(use);
    } else if (uses.length > 0) stretches.push({ index, length, uses: new Set(uses) });
    index += length;
  }
  return stretches;
}

interface Piece {
  readonly insert: unknown;
  readonly attributes?: Record<string, unknown>;
}

/** In the order of the text. */
export function textsOf(doc: Y.Doc): Y.XmlText[] {
  const texts: Y.XmlText[] = [];
  const waiting: unknown[] = [...doc.getXmlFragment(CONTENT).toArray()].reverse();
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next instanceof Y.XmlElement) waiting.push(...(next.toArray() as unknown[]).reverse());
    if (next instanceof Y.XmlText) texts.push(next);
  }
  return texts;
}

function runsOf(doc: Y.Doc, quote: string): Run[] {
  const runs: Run[] = [];
  for (const text of textsOf(doc)) {
    let index = 0;
    for (const piece of text.toDelta() as Piece[]) {
      const words = typeof piece.insert === 'string' ? piece.insert : null;
      for (const use of usesIn(piece.attributes, quote)) {
        if (words === null) continue;
        const last = runs.findLast((run) => run.use === use);
        const marks = piece.attributes ?? {};
        if (last?.text === text && last.index + last.words.length === index) {
          runs[runs.lastIndexOf(last)] = { ...last, words: last.words + words, marks };
        } else runs.push({ text, use, index, words, marks });
      }
      index += words?.length ?? 1;
    }
  }
  return runs;
}

function usesIn(attributes: Record<string, unknown> | undefined, quote: string): string[] {
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    if (name !== QUOTE_MARK && !name.startsWith(`${QUOTE_MARK}--`)) return [];
    const found = quoteUse(value);
    return found?.quote === quote ? [found.use] : [];
  });
}

function marksAt(text: Y.XmlText, index: number): Record<string, unknown> | null {
  let at = 0;
  for (const piece of text.toDelta() as Piece[]) {
    at += typeof piece.insert === 'string' ? piece.insert.length : 1;
    if (index < at) return piece.attributes ?? {};
  }
  return null;
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return isLow(one, at) || isLow(other, at) ? at - 1 : at;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (
    length < one.length &&
    length < other.length &&
    one[one.length - 1 - length] === other[other.length - 1 - length]
  ) {
    length += 1;
  }
  return isLow(one, one.length - length) || isLow(other, other.length - length) ? length - 1 : length;
}

/** Whether an offset would cut a surrogate pair. */
function isLow(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}

/**
 * Edits the text through its rooms, like everybody's edits, so that open pages see it at once.
 * @param onBehalfOf for whom it is done
 * @returns whether something of it could be done
 */
export async function editUses(
  writing: BlockWriting,
  places: readonly PlacedUse[],
  onBehalfOf: string | null,
  edit: (doc: Y.Doc) => boolean,
): Promise<boolean> {
  let changed = false;
  for (const blockId of new Set(places.map((place) => place.blockId))) {
    await writing.edit(blockId, onBehalfOf, (doc) => {
      changed = edit(doc) || changed;
    });
  }
  return changed;
}
