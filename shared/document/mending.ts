/**
 * Puts right what `shape.ts` found, as an edit like anybody's. Nothing is moved: Yjs can
 * only write anew, and words written anew would be the server's, not their author's, and
 * twice in the text where two servers do it. So what can stay stays where it is (a
 * paragraph is put before a heading that begins an item, a mark comes off its words);
 * what cannot is removed, and its words are returned, for the tray of words that
 * lost their place (SAVE-5). Removing is the same edit whoever makes it, so that two
 * servers that mend at once end equal, and with nothing twice but what holds no word.
 */
import * as Y from 'yjs';
import { heldBy, type Misshapen, type SharedType, standing, typeOf } from './misshapen.ts';

/** Words that go with what is removed. */
export interface RemovedWords {
  readonly words: string;
  /** Text beside them, as far as it stands near. */
  readonly before: string;
  readonly after: string;
  /** Yjs client id that wrote them, with the clocks from (inclusive) and to (exclusive). */
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** Text kept on either side of removed words, UTF-16 code units. */
const BESIDE = 160;
/** Pieces of one document; so many different hands in what cannot be held are nobody's honest work. */
const MOST_PIECES = 500;

/**
 * @param misshapen as just found in this very document
 * @returns the words that go with it, in the order of the text within each place
 */
export function mendShape(doc: Y.Doc, misshapen: readonly Misshapen[]): RemovedWords[] {
  if (misshapen.length === 0) return [];
  return doc.transact((transaction) => {
    const words = removedWords(misshapen);
    for (const fault of misshapen) {
      if (fault.edit === 'remove' || fault.edit === 'unmark') remove(fault.item, transaction);
    }
    for (const fault of misshapen) {
      if (fault.edit !== 'remove') add(fault);
    }
    return words;
  });
}

/** What would be returned, without any change. */
export function removedWords(misshapen: readonly Misshapen[]): RemovedWords[] {
  const pieces: RemovedWords[] = [];
  const seen = new Set<Y.Item>();
  for (const fault of misshapen) {
    if (fault.edit === 'remove') addWords(fault.item, seen, pieces);
  }
  return pieces.filter(({ words }) => /\S/u.test(words));
}

/** From the innermost outwards: Yjs goes down by recursion. */
function remove(removed: Y.Item, transaction: Y.Transaction): void {
  const all = [removed];
  for (let at = 0; at < all.length; at += 1) {
    const type = typeOf(all[at] as Y.Item);
    if (!type) continue;
    for (const item of standing(type)) all.push(item);
    for (const item of type._map.values()) if (!item.deleted) all.push(item);
  }
  for (const item of all.reverse()) item.delete(transaction);
  const parent = removed.parent as SharedType;
  // Yjs remembers places in a text by their number, and is not told of this
  if (parent._searchMarker) parent._searchMarker.length = 0;
}

function add(fault: Exclude<Misshapen, { edit: 'remove' }>): void {
  switch (fault.edit) {
    case 'begin':
      if (!isGone(fault.parent)) fault.parent.insert(0, [new Y.XmlElement('paragraph')]);
      return;
    case 'add-cells': {
      if (isGone(fault.row)) return;
      const cells = Array.from({ length: fault.count }, () => {
        const cell = new Y.XmlElement(fault.name);
        cell.insert(0, [new Y.XmlElement('paragraph')]);
        return cell;
      });
      fault.row.insert(fault.row.length, cells);
      return;
    }
    case 'span-rows':
      if (!isGone(fault.cell)) fault.cell.setAttribute('rowspan', fault.rows as never);
      return;
    case 'unmark':
      if (!isGone(fault.text)) fault.text.format(fault.index, fault.length, { [fault.name]: null });
      return;
    default:
      fault satisfies never;
  }
}

/** @returns whether it, or what it stands in, is removed */
function isGone(type: SharedType | Y.XmlElement | Y.Text): boolean {
  for (let item = type._item; item !== null; item = (item.parent as SharedType)._item) {
    if (item.deleted) return true;
  }
  return false;
}

interface Piece {
  words: string;
  client: number;
  from: number;
  to: number;
}

/** All words in an item, by who wrote them, without recursion. */
function addWords(removed: Y.Item, seen: Set<Y.Item>, pieces: RemovedWords[]): void {
  const found: Piece[] = [];
  let line = false;
  const waiting: (Y.Item | 'line')[] = [removed];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (item === 'line') {
      line = true;
      continue;
    }
    if (seen.has(item)) continue;
    seen.add(item);
    const words = wordsIn(item);
    if (words !== '') {
      note(found, item, line ? `\n${words}` : words, pieces.length);
      line = false;
    }
    const type = typeOf(item);
    if (!type) continue;
    waiting.push('line');
    const inside = [...standing(type), ...valuesOf(type)];
    for (let at = inside.length - 1; at >= 0; at -= 1) waiting.push(inside[at] as Y.Item);
    waiting.push('line');
  }
  if (found.length === 0) return;
  const beside = { before: textBeside(removed, 'left'), after: textBeside(removed, 'right') };
  for (const { words, ...piece } of found) pieces.push({ ...piece, words: words.trim(), ...beside });
}

function note(found: Piece[], item: Y.Item, words: string, others: number): void {
  const last = found.at(-1);
  const { client, clock } = item.id;
  const to = clock + item.length;
  if (last && (last.client === client || found.length + others >= MOST_PIECES)) {
    last.words += words;
    if (last.client !== client) return;
    last.from = Math.min(last.from, clock);
    last.to = Math.max(last.to, to);
  } else found.push({ words, client, from: clock, to });
}

/** Of an element, values under a key are attributes: nothing that anybody typed. */
function valuesOf(type: SharedType): Y.Item[] {
  if (type instanceof Y.XmlElement) return [];
  return [...type._map.values()].filter((item) => !item.deleted);
}

function wordsIn(item: Y.Item): string {
  const { content } = item;
  if (content instanceof Y.ContentString) return content.str;
  if (!(content instanceof Y.ContentAny || content instanceof Y.ContentJSON)) return '';
  // the attributes of an element that stays are none, either
  if (item.parentSub !== null && item.parent instanceof Y.XmlElement) return '';
  const values: readonly unknown[] = item.parentSub === null ? content.getContent() : [heldBy(item)];
  return values.filter((value) => typeof value === 'string').join('\n');
}

/** The nearest text that stands to one side of what is removed. */
function textBeside(removed: Y.Item, side: 'left' | 'right'): string {
  if (removed.parentSub !== null) return '';
  for (let item = removed[side], steps = 0; item !== null && steps < 50; item = item[side], steps += 1) {
    if (item.deleted) continue;
    const text = textWithin(item, side);
    if (text !== '') return text;
  }
  return '';
}

function textWithin(item: Y.Item, side: 'left' | 'right'): string {
  let text = '';
  let steps = 0;
  const waiting = [item];
  for (let next = waiting.pop(); next !== undefined && steps < 500; next = waiting.pop()) {
    steps += 1;
    if (next.content instanceof Y.ContentString) {
      text = side === 'right' ? text + next.content.str : next.content.str + text;
      if (text.length >= BESIDE) break;
    }
    const type = typeOf(next);
    if (!type) continue;
    const inside = [...standing(type)].slice(0, 500);
    waiting.push(...(side === 'right' ? inside.reverse() : inside));
  }
  return side === 'right' ? text.slice(0, BESIDE) : text.slice(-BESIDE);
}
