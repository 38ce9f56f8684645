/**
 * Which letters stand under which mark of words that are only suggested. Only new letters
 * ever come under such a mark. Where somebody deletes a suggestion, or decides about it,
 * while another page writes its marks anew, Yjs can lose one end of a mark: it then runs on
 * over words of others, which would read as if they were only suggested, or comes off
 * words that nobody accepted (tried).
 */
import * as Y from 'yjs';
import { CONTENT } from '../document/block-parts.ts';
import { markName } from '../document/mark-key.ts';
import type { SharedType } from '../document/misshapen.ts';
import {
  isSuggestionMark,
  type SuggestionMark,
  suggestionAttributes,
  suggestionMark,
} from '../document/suggestion-key.ts';
import { textsIn } from './decision.ts';
import type { Whose } from './text-decision.ts';

/** What each letter is, by the Yjs client and clock that wrote it (`letterId`). */
export type Letters = ReadonlyMap<string, string>;
/** By the mark's name in Yjs. */
export type HeldLetters = ReadonlyMap<string, { readonly mark: SuggestionMark; readonly letters: Letters }>;

export function letterId(client: number, clock: number): string {
  return `${client}:${clock}`;
}

export interface StandingLetters {
  readonly item: Y.Item;
  readonly words: string;
  /** Where they stand in their text. */
  readonly at: number;
  readonly marks: ReadonlyMap<string, SuggestionMark>;
  /** What began each of these marks. */
  readonly beginnings: ReadonlyMap<string, Y.Item>;
  /** All other marks: how the letters look, quotes and anchors. */
  readonly looks: ReadonlyMap<string, unknown>;
}

/** The letters of a text in order, with the marks of suggestions that they are under. */
export function* standingLetters(text: Y.XmlText): Generator<StandingLetters> {
  const marks = new Map<string, SuggestionMark>();
  const beginnings = new Map<string, Y.Item>();
  const looks = new Map<string, unknown>();
  let at = 0;
  for (let item = (text as unknown as SharedType)._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      const { key, value } = content as unknown as { key: string; value: unknown };
      const mark = suggestionMark(markName(key), value);
      if (mark) marks.set(key, mark);
      else marks.delete(key);
      if (isSuggestionMark(markName(key)) || value === null) looks.delete(key);
      else looks.set(key, value);
      beginnings.set(key, item);
    } else if (content instanceof Y.ContentString) {
      yield { item, words: content.str, at, marks, beginnings, looks };
      at += item.length;
    }
  }
}

/** @returns whether what stands under it is not in the text yet */
export function isNewText(mark: SuggestionMark): boolean {
  return mark.name === 'insertion' || mark.name === 'seam';
}

/** @param which of which marks */
export function heldLetters(doc: Y.Doc, which: Whose = isNewText): HeldLetters {
  const held = new Map<string, { mark: SuggestionMark; letters: Map<string, string> }>();
  for (const text of textsIn(doc.getXmlFragment(CONTENT))) {
    for (const { item, words, marks } of standingLetters(text)) {
      for (const [key, mark] of marks) {
        if (!which(mark)) continue;
        const { letters } = held.get(key) ?? { letters: new Map<string, string>() };
        held.set(key, { mark, letters });
        for (let at = 0; at < words.length; at += 1) {
          letters.set(letterId(item.id.client, item.id.clock + at), words[at] as string);
        }
      }
    }
  }
  return held;
}

/**
 * @returns whether each of some letters has an equal one among others. Of two equal letters
 *   side by side, y-tiptap may keep either and move the mark: it is the same text.
 */
export function haveEquals(letters: readonly string[], among: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const letter of among) left.set(letter, (left.get(letter) ?? 0) + 1);
  return letters.every((letter) => {
    const count = left.get(letter) ?? 0;
    left.set(letter, count - 1);
    return count > 0;
  });
}

interface Place {
  readonly text: Y.XmlText;
  readonly at: number;
  readonly letter: string;
}

/**
 * Sets right what a merge did to marks of suggested words: they come off letters that stood
 * without them before, or that somebody else typed, and on again where letters lost them. For decisions it is no place:
 * those are made in the document itself (`decideSuggestions`).
 * @param held, @param states of the same document before, as of `heldLetters` and a state vector
 * @param author whose update was merged
 * @param mayMove whether they may move paragraphs: one that is split or moved takes the letters
 *   of what is suggested in it along, and begins it anew
 */
export function holdLetters(
  doc: Y.Doc,
  held: HeldLetters,
  states: ReadonlyMap<number, number>,
  author: string,
  which: Whose = isNewText,
  mayMove = true,
): void {
  const keysOf = new Map<string, string[]>();
  for (const [key, { letters }] of held) {
    for (const id of letters.keys()) keysOf.set(id, [...(keysOf.get(id) ?? []), key]);
  }
  const reach = reachOf(held);
  const come = new Map<string, Place[]>();
  const ranOn = new Map<string, Place[]>();
  const isOld = (item: Y.Item | undefined) =>
    item !== undefined && item.id.clock < (states.get(item.id.client) ?? 0);
  const lost = new Map<string, Place[]>();
  const add = (to: Map<string, Place[]>, key: string, place: Place) => {
    const known = to.get(key);
    if (known) known.push(place);
    else to.set(key, [place]);
  };
  for (const text of textsIn(doc.getXmlFragment(CONTENT))) {
    for (const { item, words, at, marks, beginnings } of standingLetters(text)) {
      const { client, clock } = item.id;
      // most letters of a long text are under no mark, and never were
      const known = reach.get(client);
      const mayBeHeld = known !== undefined && clock <= known.to && clock + words.length > known.from;
      if (!mayBeHeld && ![...marks.values()].some(which)) continue;
      for (let letter = 0; letter < words.length; letter += 1) {
        const id = letterId(client, clock + letter);
        const place = { text, at: at + letter, letter: words[letter] as string };
        const isNew = clock + letter >= (states.get(client) ?? 0);
        for (const [key, mark] of marks) {
          if (!which(mark) || held.get(key)?.letters.has(id)) continue;
          if (!isNew) add(come, key, place);
          else if (mark.author === author) continue;
          else if (!mayMove || isOld(beginnings.get(key))) add(come, key, place);
          else if (isOld(text._item ?? undefined) && !isBegunWith(item, beginnings.get(key)))
            add(ranOn, key, place);
        }
        if (isNew) continue;
        for (const key of keysOf.get(id) ?? []) if (!marks.has(key)) add(lost, key, place);
      }
    }
  }
  const words = (places: readonly Place[] | undefined) => (places ?? []).map(({ letter }) => letter);
  const now = heldLetters(doc, which);
  doc.transact(() => {
    for (const [key, places] of come) {
      const gone = [...(held.get(key)?.letters ?? [])].filter(([id]) => !now.get(key)?.letters.has(id));
      const isExchange = haveEquals(
        words(places),
        gone.map(([, letter]) => letter),
      );
      for (const { text, at } of isExchange ? [] : places) text.format(at, 1, { [key]: null });
    }
    for (const [key, places] of ranOn) {
      const known = new Set(held.get(key)?.letters.values());
      for (const { text, at, letter } of known.size > 0 ? places : [])
        if (!known.has(letter)) text.format(at, 1, { [key]: null });
    }
    for (const [key, places] of lost) {
      const mark = held.get(key)?.mark;
      if (!mark || haveEquals(words(places), words(come.get(key)))) continue;
      for (const { text, at } of places) text.format(at, 1, { [key]: suggestionAttributes(mark) });
    }
  });
}

/** @returns the first and the last clock of each client among some letters */
function reachOf(held: HeldLetters): ReadonlyMap<number, { readonly from: number; readonly to: number }> {
  const reach = new Map<number, { from: number; to: number }>();
  for (const { letters } of held.values()) {
    for (const id of letters.keys()) {
      const [client = 0, clock = 0] = id.split(':').map(Number);
      const known = reach.get(client);
      if (!known) reach.set(client, { from: clock, to: clock });
      else {
        known.from = Math.min(known.from, clock);
        known.to = Math.max(known.to, clock);
      }
    }
  }
  return reach;
}

/**
 * Whether a mark was begun for just these letters, as where a paragraph is written anew. Letters that were
 * typed elsewhere name something else before them: a mark that lost its end runs on over those.
 */
function isBegunWith(letters: Y.Item, beginning: Y.Item | undefined): boolean {
  const { doc } = letters.parent as Y.XmlText;
  const { client } = letters.id;
  if (!doc || beginning?.id.client !== client) return false;
  // put before them afterwards
  if (beginning.rightOrigin?.client === client) return true;
  for (let item: unknown = letters; item instanceof Y.Item; ) {
    if (item === beginning) return true;
    const { origin } = item;
    if (origin?.client !== client) return false;
    item = Y.getItem(doc.store, origin);
  }
  return false;
}

/** Merges an update of somebody who may write, such that marks of suggested words hold just the letters that they held. */
export function mergeHolding(doc: Y.Doc, update: Uint8Array, author: string): void {
  const [held, states] = [heldLetters(doc), Y.decodeStateVector(Y.encodeStateVector(doc))];
  Y.applyUpdate(doc, update);
  holdLetters(doc, held, states, author);
}
