import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientRange } from '../ports/block-store.ts';

/** Shared by all sets that hold nothing: a map of its own would be most of what an idle room takes. */
const NONE = new Map<number, number[]>();

/** So few ranges are put in one by one: a Backspace brings one, to a client that has thousands after a year. */
const FEW_RANGES = 8;

/**
 * A set of struct ids: for each Yjs client sorted, merged clock ranges, from
 * (inclusive) and to (exclusive). A room keeps what is deleted of its block in
 * one, so it is small: two numbers a range.
 */
export class ClockSet implements Iterable<ClientRange> {
  /** Flat: from, to, from, to … of one client; never empty. */
  #clients: Map<number, number[]> = NONE;
  #size = 0;

  /** How many ranges. */
  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  has(client: number, clock: number): boolean {
    return this.covers(client, clock, clock + 1);
  }

  /** @returns whether every clock of a range is in the set; true for an empty range */
  covers(client: number, from: number, to: number): boolean {
    if (from >= to) return true;
    const ranges = this.#clients.get(client);
    if (!ranges) return false;
    const at = firstEndingAfter(ranges, from);
    return at < ranges.length && start(ranges, at) <= from && end(ranges, at) >= to;
  }

  /** @returns whether any clock of a range is in the set */
  intersects(client: number, from: number, to: number): boolean {
    if (from >= to) return false;
    const ranges = this.#clients.get(client);
    if (!ranges) return false;
    const at = firstEndingAfter(ranges, from);
    return at < ranges.length && start(ranges, at) < to;
  }

  /** @returns how many clocks of a range are in the set */
  count(client: number, from: number, to: number): number {
    const ranges = this.#clients.get(client);
    if (!ranges) return 0;
    let count = 0;
    for (let at = firstEndingAfter(ranges, from); at < ranges.length; at += 2) {
      if (start(ranges, at) >= to) break;
      count += Math.min(to, end(ranges, at)) - Math.max(from, start(ranges, at));
    }
    return count;
  }

  /** @returns the clock after the client's last one; 0 for a client without any */
  endOf(client: number): number {
    const ranges = this.#clients.get(client);
    return ranges ? end(ranges, ranges.length - 2) : 0;
  }

  /** Adds a range; an empty one changes nothing. Cheap at or after a client's last range. */
  add(client: number, from: number, to: number): void {
    if (from >= to) return;
    const ranges = this.#clients.get(client);
    if (!ranges) {
      this.#put(client, [from, to]);
      return;
    }
    const first = from > end(ranges, ranges.length - 2) ? ranges.length : firstEndingAfter(ranges, from - 1);
    let after = first;
    while (after < ranges.length && start(ranges, after) <= to) after += 2;
    const joined =
      after === first
        ? [from, to]
        : [Math.min(from, start(ranges, first)), Math.max(to, end(ranges, after - 2))];
    this.#size += 1 - (after - first) / 2;
    if (first === ranges.length) ranges.push(from, to);
    else ranges.splice(first, after - first, ...joined);
  }

  /**
   * Adds many ranges of one client at once, in any order, in time linear in both
   * (sorting them first if need be); a few copy nothing of what is there.
   * @param ranges flat: from, to, from, to …; none of them empty
   */
  addRanges(client: number, ranges: readonly number[]): void {
    if (ranges.length === 0) return;
    const sorted = merged(isSorted(ranges) ? ranges : sortedRanges(ranges));
    const own = this.#clients.get(client);
    if (own && sorted.length <= 2 * FEW_RANGES) {
      for (let at = 0; at < sorted.length; at += 2) this.add(client, start(sorted, at), end(sorted, at));
      return;
    }
    this.#put(client, own ? union(own, sorted) : sorted);
  }

  addAll(other: ClockSet): void {
    for (const [client, ranges] of other.#clients) this.addRanges(client, ranges);
  }

  clear(): void {
    this.#clients = NONE;
    this.#size = 0;
  }

  /** @returns what of this set is not in another, as a set of its own */
  without(known: ClockSet): ClockSet {
    const rest = new ClockSet();
    for (const [client, ranges] of this.#clients) {
      const less = known.#clients.get(client);
      const left = less ? difference(ranges, less) : ranges.slice();
      if (left.length > 0) rest.#put(client, left);
    }
    return rest;
  }

  /** @returns the ranges, by client descending as in an update, each client's in order */
  *[Symbol.iterator](): Generator<ClientRange> {
    for (const client of this.clients()) {
      const ranges = this.#clients.get(client) as number[];
      for (let at = 0; at < ranges.length; at += 2) {
        yield { client, from: start(ranges, at), to: end(ranges, at) };
      }
    }
  }

  /** @returns the clients, descending */
  clients(): number[] {
    return [...this.#clients.keys()].sort((a, b) => b - a);
  }

  /** @returns one client's ranges, flat: from, to, from, to …; not to be changed */
  rangesOf(client: number): readonly number[] {
    return this.#clients.get(client) ?? [];
  }

  #put(client: number, ranges: number[]): void {
    this.#size += (ranges.length - (this.#clients.get(client)?.length ?? 0)) / 2;
    if (this.#clients === NONE) this.#clients = new Map();
    this.#clients.set(client, ranges);
  }
}

/**
 * Writes a Yjs delete set of encoding 1: the number of clients; for each, descending, its id, the
 * number of ranges, and for each range its first clock and length. All numbers are varUints.
 */
export function writeDeleteSet(encoder: encoding.Encoder, deletions: ClockSet): void {
  const clients = deletions.clients();
  encoding.writeVarUint(encoder, clients.length);
  for (const client of clients) {
    const ranges = deletions.rangesOf(client);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length / 2);
    for (let at = 0; at < ranges.length; at += 2) {
      encoding.writeVarUint(encoder, start(ranges, at));
      encoding.writeVarUint(encoder, end(ranges, at) - start(ranges, at));
    }
  }
}

/**
 * Reads a Yjs delete set of encoding 1 from bytes that are believed: those of the log or of Yjs.
 * @throws what lib0 throws when the bytes end too early
 */
export function readDeleteSet(decoder: decoding.Decoder): ClockSet {
  const deletions = new ClockSet();
  const clients = decoding.readVarUint(decoder);
  for (let i = 0; i < clients; i++) {
    const client = decoding.readVarUint(decoder);
    const count = decoding.readVarUint(decoder);
    const ranges: number[] = [];
    for (let j = 0; j < count; j++) {
      const from = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (length > 0) ranges.push(from, from + length);
    }
    deletions.addRanges(client, ranges);
  }
  return deletions;
}

function start(ranges: readonly number[], at: number): number {
  return ranges[at] as number;
}

function end(ranges: readonly number[], at: number): number {
  return ranges[at + 1] as number;
}

/** @returns where the first range stands that ends after a clock; the length if none does */
function firstEndingAfter(ranges: readonly number[], clock: number): number {
  let low = 0;
  let high = ranges.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end(ranges, middle * 2) > clock) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}

function isSorted(ranges: readonly number[]): boolean {
  for (let at = 2; at < ranges.length; at += 2) {
    if (start(ranges, at) < start(ranges, at - 2)) return false;
  }
  return true;
}

/** Sorts by where a range begins: exact in a double, and without a call for each comparison. */
function sortedRanges(ranges: readonly number[]): number[] {
  const count = ranges.length / 2;
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = start(ranges, 2 * i) * count + i;
  keys.sort();
  const sorted: number[] = [];
  for (const key of keys) {
    const at = 2 * (key % count);
    sorted.push(start(ranges, at), end(ranges, at));
  }
  return sorted;
}

/** @returns a copy in which ranges that touch are one */
function merged(sorted: readonly number[]): number[] {
  const result = [start(sorted, 0), end(sorted, 0)];
  for (let at = 2; at < sorted.length; at += 2) append(result, start(sorted, at), end(sorted, at));
  return result;
}

function append(result: number[], from: number, to: number): void {
  const last = result.length - 1;
  if (last >= 0 && from <= (result[last] as number)) result[last] = Math.max(result[last] as number, to);
  else result.push(from, to);
}

function union(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && start(a, i) <= start(b, j))) {
      append(result, start(a, i), end(a, i));
      i += 2;
    } else {
      append(result, start(b, j), end(b, j));
      j += 2;
    }
  }
  return result;
}

function difference(from: readonly number[], less: readonly number[]): number[] {
  const result: number[] = [];
  let j = firstEndingAfter(less, start(from, 0));
  for (let i = 0; i < from.length; i += 2) {
    let at = start(from, i);
    const to = end(from, i);
    while (j < less.length && end(less, j) <= at) j += 2;
    for (let k = j; k < less.length && start(less, k) < to; k += 2) {
      if (start(less, k) > at) result.push(at, start(less, k));
      at = Math.max(at, end(less, k));
    }
    if (at < to) result.push(at, to);
  }
  return result;
}

/** @returns the set as a delete set of its own */
export function deleteSetBytes(set: ClockSet): Uint8Array {
  const encoder = encoding.createEncoder();
  writeDeleteSet(encoder, set);
  return encoding.toUint8Array(encoder);
}

/** @param bytes as `deleteSetBytes` made them */
export function clockSetOf(bytes: Uint8Array): ClockSet {
  return readDeleteSet(decoding.createDecoder(bytes));
}
