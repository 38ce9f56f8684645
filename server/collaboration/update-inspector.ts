/**
 * Reads a Yjs update (encoding 1) once, against what is known of a block and
 * without its document, and makes of it what is safe to keep, merge and pass on.
 * The bytes and the rules stand in update-inspector.md.
 */
import * as encoding from 'lib0/encoding';
import type { ClientRange } from '../ports/block-store.ts';
import {
  MAX_CLIENTS_PER_UPDATE,
  MAX_CLOCK,
  MAX_DELETIONS_PER_UPDATE,
  MAX_DEPTH,
  MAX_MESSAGE_BYTES,
  MAX_STRUCTS_PER_UPDATE,
} from './bounds.ts';
import { ClockSet, writeDeleteSet } from './clock-set.ts';
import { deepestOnArrival, type NewSection, sectionOf } from './struct-order.ts';
import { DELETED, GC, NONE, SKIP, StructReader, TEXT, TYPE } from './struct-reader.ts';
import { MalformedUpdateError, UpdateCursor } from './update-cursor.ts';

/** What of a block is on hand without its document. */
export interface KnownBlock {
  /** @returns the client's next clock; 0 for one that is unknown */
  stateOf(client: number): number;
  readonly deleted: ClockSet;
}

export interface ClockId {
  readonly client: number;
  readonly clock: number;
}

export type Inspection =
  /** No update, or none that a block may hold: its sender's room is ended. */
  | { readonly kind: 'malformed'; readonly why: string }
  /** It builds on, or deletes, what is neither known nor in itself: to be asked for, and not stored. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'known' }
  | { readonly kind: 'news'; readonly news: News };

export interface News {
  /** An update (encoding 1) of only what is new, safe to merge; shares no memory with what was inspected. */
  readonly bytes: Uint8Array;
  /** The new structs; each client at most once, descending. */
  readonly ranges: readonly ClientRange[];
  /** What is deleted by it and was not yet, of known structs and of its own; garbage is by nature. */
  readonly deletions: ClockSet;
  /** Characters of the new text that it does not itself delete, with a little for every element and value. */
  readonly weight: number;
  /** The new elements and texts of elements. */
  readonly elements: readonly ClockId[];
  /** Of those, so many at most stand one in another. */
  readonly depth: number;
  /** Known structs that new ones name as what they stand after, before or in; each once. */
  readonly neighbours: readonly ClockId[];
  /** Whether any new struct holds text. */
  readonly texts: boolean;
}

const GAP: Inspection = { kind: 'gap' };
const KNOWN: Inspection = { kind: 'known' };

/**
 * @param update bytes of anyone
 * @returns what of it is new, or why nothing can be taken; never throws
 */
export function inspectUpdate(update: Uint8Array, known: KnownBlock): Inspection {
  try {
    return new UpdateInspector(update, known).inspect();
  } catch (cause) {
    if (cause instanceof MalformedUpdateError) return { kind: 'malformed', why: cause.message };
    throw cause;
  }
}

class UpdateInspector {
  readonly #known: KnownBlock;
  readonly #cursor: UpdateCursor;
  readonly #struct: StructReader;
  readonly #sections: NewSection[] = [];
  /** New structs that are deleted by nature. */
  readonly #garbage = new ClockSet();
  readonly #elements: ClockId[] = [];
  readonly #neighbours: ClockId[] = [];
  #structs = 0;
  #weight = 0;
  #texts = false;
  #hasGap = false;
  /** Something is known already. */
  #isTrimmed = false;
  /** What a struct names is not known: it may be in another section. */
  #namesAhead = false;
  /** The client that was asked about last, and its state. */
  #askedClient = NONE;
  #askedState = 0;

  constructor(update: Uint8Array, known: KnownBlock) {
    this.#known = known;
    this.#cursor = new UpdateCursor(update);
    this.#struct = new StructReader(this.#cursor);
  }

  inspect(): Inspection {
    const update = this.#cursor.bytes;
    if (update.length > MAX_MESSAGE_BYTES) throw new MalformedUpdateError('too many bytes');
    this.#readSections();
    const structsEnd = this.#cursor.at;
    const announced = this.#readDeletions();
    if (!this.#cursor.atEnd) throw new MalformedUpdateError('bytes after its end');
    if (this.#hasGap || this.#deletesUnknown(announced)) return GAP;
    const depth = this.#depth();
    if (depth === null) return GAP;
    this.#forgetWeightOf(announced);
    announced.addAll(this.#garbage);
    const deletions = announced.without(this.#known.deleted);
    if (deletions.size > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many deletions');
    if (this.#sections.length === 0 && deletions.isEmpty) return KNOWN;
    return {
      kind: 'news',
      news: {
        bytes: this.#write(structsEnd, deletions),
        ranges: this.#sections.map(({ client, from, to }) => ({ client, from, to })),
        deletions,
        weight: this.#weight,
        elements: this.#elements,
        depth,
        neighbours: eachOnce(this.#neighbours),
        texts: this.#texts,
      },
    };
  }

  #readSections(): void {
    const cursor = this.#cursor;
    let last = Number.POSITIVE_INFINITY;
    for (let left = cursor.varUint(); left > 0; left--) {
      const count = cursor.varUint();
      const client = cursor.varUint();
      if (count === 0) throw new MalformedUpdateError('a client without structs');
      if (client >= last) throw new MalformedUpdateError('clients out of order');
      last = client;
      this.#readSection(client, count);
    }
    if (this.#sections.length > MAX_CLIENTS_PER_UPDATE) throw new MalformedUpdateError('too many clients');
  }

  #readSection(client: number, count: number): void {
    const cursor = this.#cursor;
    const struct = this.#struct;
    const state = this.#stateOf(client);
    let clock = cursor.clock();
    let news = 0;
    let at = 0;
    let firstClock = 0;
    let divided: NewSection['divided'] = null;
    if (clock > state) this.#hasGap = true;
    for (let left = count; left > 0; left--) {
      const structAt = cursor.at;
      struct.read();
      const from = clock;
      clock += struct.length;
      if (clock > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
      if (clock <= state) continue;
      if (struct.kind === SKIP) {
        this.#hasGap = true;
        continue;
      }
      if (from < state) divided = { rest: this.#divide(client, from, state - from), end: cursor.at };
      this.#take(client, Math.max(from, state), clock, divided !== null && news === 0);
      if (news++ === 0) {
        at = structAt;
        firstClock = from;
      }
    }
    if (news < count || divided) this.#isTrimmed = true;
    if (news === 0) return;
    const from = Math.max(firstClock, state);
    this.#sections.push({
      client,
      from,
      to: clock,
      count: news,
      at,
      clock: firstClock,
      end: cursor.at,
      divided,
    });
  }

  /** @returns the bytes of the present struct without its first clocks */
  #divide(client: number, clock: number, offset: number): Uint8Array {
    this.#requireAllowed();
    const encoder = encoding.createEncoder();
    this.#struct.writeRest(encoder, client, clock, offset);
    return encoding.toUint8Array(encoder);
  }

  /** Takes the present struct as new, from a clock (inclusive) to another (exclusive). */
  #take(client: number, from: number, to: number, isDivided: boolean): void {
    const struct = this.#struct;
    this.#requireAllowed();
    if (++this.#structs > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many structs');
    this.#weight += struct.weight;
    if (struct.kind === TEXT) this.#texts = true;
    else if (struct.kind === TYPE) this.#elements.push({ client, clock: from });
    else if (struct.kind === GC || struct.kind === DELETED) this.#garbage.add(client, from, to);
    if (isDivided) {
      // It follows its own first part, if it follows anything.
      if (struct.kind !== GC) this.#name(client, from - 1, client, from);
    } else {
      if (struct.originClient !== NONE) this.#name(struct.originClient, struct.originClock, client, from);
      if (struct.parentClient !== NONE) this.#name(struct.parentClient, struct.parentClock, client, from);
    }
    if (struct.rightClient !== NONE) this.#name(struct.rightClient, struct.rightClock, client, from);
  }

  #requireAllowed(): void {
    const refusal = this.#struct.refusal();
    if (refusal) throw new MalformedUpdateError(refusal);
  }

  /** The struct of a client at a clock names another one, which must be there first. */
  #name(named: number, namedClock: number, client: number, clock: number): void {
    if (named === client && namedClock >= clock) {
      throw new MalformedUpdateError('a struct that builds on itself or a later one');
    }
    if (namedClock >= this.#stateOf(named)) {
      if (named !== client) this.#namesAhead = true;
      return;
    }
    const last = this.#neighbours.at(-1);
    if (last?.client === named && last.clock === namedClock) return;
    this.#neighbours.push({ client: named, clock: namedClock });
  }

  #stateOf(client: number): number {
    if (client !== this.#askedClient) {
      this.#askedClient = client;
      this.#askedState = this.#known.stateOf(client);
    }
    return this.#askedState;
  }

  #readDeletions(): ClockSet {
    const cursor = this.#cursor;
    const deletions = new ClockSet();
    let total = 0;
    for (let clients = cursor.varUint(); clients > 0; clients--) {
      const client = cursor.varUint();
      const ranges: number[] = [];
      for (let left = cursor.varUint(); left > 0; left--) {
        const from = cursor.clock();
        const length = cursor.varUint();
        if (length === 0) throw new MalformedUpdateError('a deletion of nothing');
        if (from + length > MAX_CLOCK) throw new MalformedUpdateError('a deletion beyond the limit');
        if (++total > MAX_DELETIONS_PER_UPDATE) throw new MalformedUpdateError('too many deletions');
        ranges.push(from, from + length);
      }
      if (deletions.endOf(client) > 0) throw new MalformedUpdateError('deletions of a client twice');
      deletions.addRanges(client, ranges);
    }
    return deletions;
  }

  #deletesUnknown(announced: ClockSet): boolean {
    if (announced.isEmpty) return false;
    return announced
      .clients()
      .some(
        (client) =>
          announced.endOf(client) > (sectionOf(this.#sections, client)?.to ?? this.#stateOf(client)),
      );
  }

  /** @returns null for a gap */
  #depth(): number | null {
    const elements = this.#elements.length;
    if (!this.#namesAhead && elements <= MAX_DEPTH) return elements;
    if (this.#namesAhead && this.#sections.length === 1) return null;
    return deepestOnArrival(this.#cursor.bytes, this.#sections, (client) => this.#stateOf(client));
  }

  /** New structs that the update itself deletes weigh nothing. */
  #forgetWeightOf(deletions: ClockSet): void {
    if (deletions.isEmpty) return;
    const cursor = this.#cursor;
    const struct = this.#struct;
    for (const { client, from, to, at, clock: firstClock, count } of this.#sections) {
      if (!deletions.intersects(client, from, to)) continue;
      cursor.at = at;
      let clock = firstClock;
      for (let left = count; left > 0; left--) {
        struct.read();
        const start = Math.max(clock, from);
        const isDivided = clock < from;
        clock += struct.length;
        if (struct.kind === TEXT) this.#weight -= deletions.count(client, start, clock);
        else if (!isDivided && deletions.covers(client, start, clock)) this.#weight -= struct.weight;
      }
    }
  }

  #write(structsEnd: number, deletions: ClockSet): Uint8Array {
    const update = this.#cursor.bytes;
    // Without deletions, one byte says so: all that was sent is as it should be.
    if (!this.#isTrimmed && deletions.isEmpty && structsEnd + 1 === update.length)
      return new Uint8Array(update);
    const encoder = encoding.createEncoder();
    if (this.#isTrimmed) {
      encoding.writeVarUint(encoder, this.#sections.length);
      for (const { client, from, count, at, end, divided } of this.#sections) {
        encoding.writeVarUint(encoder, count);
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, from);
        if (divided) encoding.writeUint8Array(encoder, divided.rest);
        encoding.writeUint8Array(encoder, update.subarray(divided?.end ?? at, end));
      }
    } else {
      encoding.writeUint8Array(encoder, update.subarray(0, structsEnd));
    }
    writeDeleteSet(encoder, deletions);
    return encoding.toUint8Array(encoder);
  }
}

function eachOnce(ids: readonly ClockId[]): readonly ClockId[] {
  if (ids.length < 2) return ids;
  const seen = new Map<number, Set<number>>();
  return ids.filter(({ client, clock }) => {
    const clocks = seen.get(client);
    if (!clocks) seen.set(client, new Set([clock]));
    else if (clocks.has(clock)) return false;
    else clocks.add(clock);
    return true;
  });
}
