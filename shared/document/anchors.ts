/**
 * Where the words of an anchor stand, and what became of them. Its mark goes where they go;
 * where the mark was lost (a merge hid the words it was on, or they were written anew) they
 * are looked for by what they were and what stood around them.
 */

import type * as Y from 'yjs';
import { anchorKey } from './anchor-key.ts';
import { type FlatText, flattenText, formatPlace, type Place } from './flat-text.ts';
import type { ProseMirrorJson } from './reading.ts';
import { wordingKey } from './wording-form.ts';

/** What an anchor was set on, kept beside it. */
export interface KeptWords {
  readonly quote: string;
  /** Text right before and behind, as far as it was kept. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Words that one anchor can be on, UTF-16 code units. */
export const MOST_ANCHORED = 2_000;
/** Text kept on either side, UTF-16 code units. */
export const BESIDE_ANCHOR = 64;
/** Letters, of the words and around them, that have to be the same: so many stand nowhere else by chance. */
const LEAST_ALIKE = 20;
/** Places of the same words that are looked at. */
const MOST_PLACES = 1_000;
/** Letters of words that are looked for letter by letter, wherever they may begin. */
const SHORT = 200;
/** Letters on either side that tell where other words stand now. */
const LEAST_AROUND = 12;

export type AnchorFate =
  /** Its words stand there as they were. */
  | { readonly fate: 'here'; readonly place: Place }
  /** `lost`: without its mark, which is to be set there anew. */
  | { readonly fate: 'changed'; readonly place: Place; readonly words: string; readonly lost: boolean }
  /** The mark was lost, the words were not: it is to be set there anew. */
  | { readonly fate: 'moved'; readonly place: Place; readonly words: string }
  | { readonly fate: 'orphaned' };

/** A block's text, to look for anchors in. */
export interface AnchoredText {
  readonly flat: FlatText;
  /** The text while nothing is accepted, with white space as one space, and where each letter of it stands. */
  readonly plain: string;
  readonly offsets: readonly number[];
  readonly marks: ReadonlyMap<string, readonly Place[]>;
}

/** @param json with its suggestions (`readSuggestedText`) */
export function anchoredText(json: ProseMirrorJson): AnchoredText {
  const flat = flattenText(json);
  const marks = new Map<string, { from: number; to: number }[]>();
  for (const { from, to, anchors } of flat.runs) {
    for (const id of anchors) {
      const places = marks.get(id) ?? [];
      marks.set(id, places);
      const last = places.at(-1);
      if (last?.to === from) last.to = to;
      else places.push({ from, to });
    }
  }
  return { flat, ...plainOf(flat, ({ suggested }) => !suggested), marks };
}

function plainOf(
  flat: FlatText,
  isRead: (run: FlatText['runs'][number]) => boolean,
): Pick<AnchoredText, 'plain' | 'offsets'> {
  const letters: string[] = [];
  const offsets: number[] = [];
  let afterSpace = true;
  for (const run of flat.runs) {
    const { from, to } = run;
    if (!isRead(run)) continue;
    for (let at = from; at < to; at += 1) {
      const letter = flat.text[at] as string;
      const isSpace = /\s/u.test(letter);
      if (isSpace && afterSpace) continue;
      letters.push(isSpace ? ' ' : letter);
      offsets.push(at);
      afterSpace = isSpace;
    }
  }
  return { plain: letters.join(''), offsets };
}

/** @returns what to keep of words that an anchor is set on; null where there are none, or too many */
export function keptWords(text: AnchoredText, place: Place): KeptWords | null {
  if (place.from < 0 || place.to - place.from > MOST_ANCHORED) return null;
  const [begin, end] = [indexFrom(text, place.from), indexFrom(text, place.to)];
  const quote = text.plain.slice(begin, end).trim();
  const from = begin + text.plain.slice(begin, end).indexOf(quote);
  const to = from + quote.length;
  // words that are only suggested stand nowhere else: they are not looked for again
  const suggested = text.flat.text.slice(place.from, place.to).trim();
  if ((quote || suggested) === '') return null;
  return {
    quote: quote || suggested,
    prefix: text.plain.slice(Math.max(0, from - BESIDE_ANCHOR), from),
    suffix: text.plain.slice(to, to + BESIDE_ANCHOR),
  };
}

/** Words that somebody selected elsewhere than in the document itself. */
export interface SelectedWords extends KeptWords {
  /** How often the same words, between the same, stand before them. */
  readonly occurrence: number;
}

/**
 * @returns where selected words stand, those that are only suggested included; null where they do
 *   not, where they are too many, or where they could be any of several
 */
export function placeOfSelected(text: AnchoredText, selected: SelectedWords): Place | null {
  const place =
    selectedIn(text, selected) ?? selectedIn({ ...text, ...plainOf(text.flat, () => true) }, selected);
  return place && place.to - place.from <= MOST_ANCHORED ? place : null;
}

function selectedIn(text: AnchoredText, selected: SelectedWords): Place | null {
  const place = exactPlace(text, selected);
  if (place) return place;
  const again = findAgain(text, trimmed(selected));
  return again?.fate === 'moved' ? again.place : null;
}

/** @returns where selected words stand between just what they stood between; null where they do not */
export function exactPlace(text: AnchoredText, selected: SelectedWords): Place | null {
  const { plain } = text;
  const { quote, prefix, suffix } = trimmed(selected);
  if (quote === '') return null;
  // looked for as one, so that words which stand in many places stand between these in few
  const found = placesIn(plain, prefix + quote + suffix).map((place) => place + prefix.length);
  const at = found.length === 1 ? found[0] : found[selected.occurrence];
  return at === undefined ? null : placeOf(text, at, at + quote.length);
}

/** @returns where words begin, as far as they are looked at; in a time that grows with the text alone */
function placesIn(plain: string, words: string): number[] {
  const found: number[] = [];
  if (words.length <= SHORT) {
    for (
      let at = plain.indexOf(words);
      at !== -1 && found.length < MOST_PLACES;
      at = plain.indexOf(words, at + 1)
    )
      found.push(at);
    return found;
  }
  // of each beginning of the words, how much of its end is one as well (Knuth, Morris and Pratt)
  const again = new Uint32Array(words.length);
  for (let at = 1, same = 0; at < words.length; at += 1) {
    while (same > 0 && words[at] !== words[same]) same = again[same - 1] as number;
    if (words[at] === words[same]) same += 1;
    again[at] = same;
  }
  for (let at = 0, same = 0; at < plain.length && found.length < MOST_PLACES; at += 1) {
    while (same > 0 && plain[at] !== words[same]) same = again[same - 1] as number;
    if (plain[at] === words[same]) same += 1;
    if (same < words.length) continue;
    found.push(at + 1 - words.length);
    same = again[same - 1] as number;
  }
  return found;
}

function trimmed(selected: SelectedWords): KeptWords {
  const oneSpace = (words: string) => words.replace(/\s+/gu, ' ');
  const whole = oneSpace(selected.quote);
  // spaces at its ends are not of the words, and stand around them
  return {
    quote: whole.trim(),
    prefix: oneSpace(selected.prefix + (whole.startsWith(' ') ? ' ' : '')),
    suffix: oneSpace((whole.endsWith(' ') ? ' ' : '') + selected.suffix),
  };
}

/** @returns what became of an anchor's words */
export function anchorFate(text: AnchoredText, id: string, kept: KeptWords): AnchorFate {
  const marked = text.marks.get(id) ?? [];
  const [first, last] = [marked[0], marked.at(-1)];
  const found = () => findAgain(text, kept);
  if (!first || !last) return found() ?? { fate: 'orphaned' };
  const place = { from: first.from, to: last.to };
  const words = wordsAt(text, marked);
  if (wordingKey(words) === wordingKey(kept.quote)) return { fate: 'here', place };
  // part of the mark was lost with words that a merge hid, and all of them stand elsewhere
  const again = kept.quote.includes(wordingKey(words)) ? found() : null;
  return again?.fate === 'moved' ? again : { fate: 'changed', place, words, lost: false };
}

/** @returns the words at some places: those that are in the text, or all where they are only suggested */
function wordsAt(text: AnchoredText, places: readonly Place[]): string {
  let words = '';
  let end: number | null = null;
  for (const place of places) {
    const [from, to] = [indexFrom(text, place.from), indexFrom(text, place.to)];
    if (from === to) continue;
    const gap = end === null ? '' : text.plain.slice(end, from);
    words += (gap === '' ? '' : gap.trim() === '' ? ' ' : ' … ') + text.plain.slice(from, to);
    end = to;
  }
  return end === null ? places.map(({ from, to }) => text.flat.text.slice(from, to)).join(' … ') : words;
}

/** @returns index in `plain` of the first letter that stands at or behind an offset of the whole text */
function indexFrom({ offsets }: AnchoredText, offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf({ offsets }: AnchoredText, from: number, to: number): Place {
  return { from: offsets[from] as number, to: (offsets[to - 1] as number) + 1 };
}

/** By the words and what stood around them; of several places, the one that is more like it than all others. */
function findAgain(text: AnchoredText, kept: KeptWords): AnchorFate | null {
  const { plain } = text;
  const quote = kept.quote.replace(/\s+/gu, ' ').trim();
  if (quote === '') return null;
  const found = placesIn(plain, quote).map((at) => {
    return { at, around: likeness(plain, at, at + quote.length, kept) };
  });
  found.sort((one, other) => other.around - one.around);
  const [best, next] = found;
  if (!best) return betweenSurroundings(text, kept);
  if (quote.length + best.around < LEAST_ALIKE || best.around === next?.around) return null;
  return { fate: 'moved', place: placeOf(text, best.at, best.at + quote.length), words: quote };
}

/** How many letters on either side are as they were. */
function likeness(plain: string, from: number, to: number, { prefix, suffix }: KeptWords): number {
  let before = 0;
  while (before < prefix.length && before < from && plain[from - 1 - before] === prefix.at(-1 - before))
    before += 1;
  let after = 0;
  while (after < suffix.length && to + after < plain.length && plain[to + after] === suffix[after])
    after += 1;
  // where nothing more was kept, the text began or ended there
  const whole = (count: number, kept: string) =>
    count === kept.length ? Math.max(count, LEAST_AROUND) : count;
  return whole(before, prefix) + whole(after, suffix);
}

/** The words were written otherwise, between what still stands on both sides. */
function betweenSurroundings(text: AnchoredText, { quote, prefix, suffix }: KeptWords): AnchorFate | null {
  const { plain } = text;
  const [before, after] = [prefix.slice(-BESIDE_ANCHOR / 2), suffix.slice(0, BESIDE_ANCHOR / 2)];
  if (before.length < LEAST_AROUND || after.length < LEAST_AROUND) return null;
  const at = plain.indexOf(before);
  if (at === -1 || plain.indexOf(before, at + 1) !== -1) return null;
  const from = at + before.length;
  const to = plain.indexOf(after, from);
  if (to === -1 || to - from > 3 * quote.length + 200 || plain.slice(from, to).trim() === '') return null;
  const lead = plain.slice(from, to).length - plain.slice(from, to).trimStart().length;
  const words = plain.slice(from, to).trim();
  const place = placeOf(text, from + lead, from + lead + words.length);
  return { fate: 'changed', place, words, lost: true };
}

/** Sets an anchor's mark, on behalf of somebody who may not write the text; what it was on before, it is on no more. */
export function setAnchor(doc: Y.Doc, text: AnchoredText, id: string, place: Place): void {
  removeAnchor(doc, text, id);
  formatPlace(doc, place, { [anchorKey(id)]: { id } });
}

export function removeAnchor(doc: Y.Doc, text: AnchoredText, id: string): void {
  for (const place of text.marks.get(id) ?? []) formatPlace(doc, place, { [anchorKey(id)]: null });
}
