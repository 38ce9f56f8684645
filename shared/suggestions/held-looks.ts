/**
 * How letters look, and which quotes and anchors they are in. Somebody who may only suggest
 * changes nothing of it, yet can seem to: in Yjs a mark lasts until the next that ends it, and
 * where words that are suggested begin or end in bold while somebody else takes the bold off, it
 * runs on over what follows (tried).
 */
import type * as Y from 'yjs';
import { CONTENT } from '../document/block-parts.ts';
import { textsIn } from './decision.ts';
import { type Letters, letterId, standingLetters } from './held-letters.ts';

type Looks = ReadonlyMap<string, unknown>;

/** Letters of one client that look alike, from one clock (inclusive) to another (exclusive). */
interface LikeLetters {
  readonly from: number;
  readonly to: number;
  readonly looks: Looks;
}

/** By client, in the order of their clocks. */
export type HeldLooks = ReadonlyMap<number, readonly LikeLetters[]>;

export function heldLooks(doc: Y.Doc): HeldLooks {
  const held = new Map<number, LikeLetters[]>();
  for (const text of textsIn(doc.getXmlFragment(CONTENT))) {
    let last: Looks = new Map();
    for (const { item, looks } of standingLetters(text)) {
      const { client, clock } = item.id;
      // one copy for many letters: marks begin and end seldom
      if (!areAlike(last, looks)) last = new Map(looks);
      const run = { from: clock, to: clock + item.length, looks: last };
      const known = held.get(client);
      if (known) known.push(run);
      else held.set(client, [run]);
    }
  }
  for (const runs of held.values()) runs.sort((one, other) => one.from - other.from);
  return held;
}

/**
 * Gives letters back how they looked, after an update that may not change it.
 * @param held of the same document before
 * @param except letters of which nothing is to be said
 */
export function holdLooks(doc: Y.Doc, held: HeldLooks, except: Letters): void {
  const changes: { text: Y.XmlText; at: number; length: number; back: Record<string, unknown> }[] = [];
  for (const text of textsIn(doc.getXmlFragment(CONTENT))) {
    for (const { item, at, looks } of standingLetters(text)) {
      const { client, clock } = item.id;
      const end = clock + item.length;
      const runs = held.get(client) ?? [];
      for (let run = firstAfter(runs, clock); run < runs.length; run += 1) {
        const before = runs[run] as LikeLetters;
        if (before.from >= end) break;
        const [from, to] = [Math.max(clock, before.from), Math.min(end, before.to)];
        const back =
          from < to && !except.has(letterId(client, from)) ? difference(looks, before.looks) : null;
        if (back) changes.push({ text, at: at + from - clock, length: to - from, back });
      }
    }
  }
  if (changes.length === 0) return;
  doc.transact(() => {
    for (const { text, at, length, back } of changes) text.format(at, length, back as never);
  });
}

/** @returns the first run that ends behind a clock */
function firstAfter(runs: readonly LikeLetters[], clock: number): number {
  let [from, to] = [0, runs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((runs[middle] as LikeLetters).to <= clock) from = middle + 1;
    else to = middle;
  }
  return from;
}

function areAlike(one: Looks, other: Looks): boolean {
  return one.size === other.size && difference(one, other) === null;
}

/** @returns what would make the one the other; null where it is */
function difference(one: Looks, other: Looks): Record<string, unknown> | null {
  const back: Record<string, unknown> = {};
  for (const [key, value] of other) if (!isSame(one.get(key), value)) back[key] = value;
  for (const key of one.keys()) if (!other.has(key)) back[key] = null;
  return Object.keys(back).length > 0 ? back : null;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
