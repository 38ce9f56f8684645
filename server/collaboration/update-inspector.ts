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
  MAX_DEPTH,
  MAX_MESSAGE_BYTES,
  MAX_STRUCTS_PER_UPDATE,
} from './bounds.ts';
import { type ClockSet, writeDeleteSet } from './clock-set.ts';
import { readDeletions } from './deletion-reading.ts';
import { KeyedStructs } from './keyed-structs.ts';
import { type ClockId, NewStructs } from './new-structs.ts';
import type { Placement } from './seams.ts';
import { arrive, type KnownStructs, type NewSection, sectionOf } from './struct-arrival.ts';
import { NONE, SKIP, StructReader, TEXT, TYPE } from './struct-reader.ts';
import { MalformedUpdateError, UpdateCursor } from './update-cursor.ts';

/** What of a block is on hand without its document. */
export interface KnownBlock extends KnownStructs {
  readonly deleted: ClockSet;
  /** @returns what the client's last struct was written before; null for nothing, and where that is not known */
  lastRightOf(client: number): ClockId | null;
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
  /** Of the new structs those that are garbage: they stood in something removed. */
  readonly garbage: ClockSet;
  /** Of the new structs those that stand under a key: values of fields and attributes. */
  readonly keyed: ClockSet;
  /** Characters of the new text that it does not itself delete, with a little for every element and value. */
  readonly weight: number;
  /** The new elements and texts of elements. */
  readonly elements: readonly ClockId[];
  /** Of those, so many at most stand one in another. */
  readonly depth: number;
  /**
   * New structs for which Yjs may have to go through a list of others to find their place: one for each
   * place that was typed at, one for each paragraph pasted. Merging may take time by their number times
   * the length of that list; only a trial with the document can say what it does take.
   */
  readonly searches: number;
  /** How many structs are new. */
  readonly structs: number;
  /** Where those that stand in a row say that they stand. */
  readonly placements: readonly Placement[];
  /** For each of `ranges`, what its last struct was written before; null for nothing. */
  readonly lastRights: readonly (ClockId | null)[];
  /** Known structs that new ones name as what they stand after, before or in; each once. */
  readonly neighbours: readonly ClockId[];
  /** Of those, elements that new ones name as what they stand in. */
  readonly parents: readonly ClockId[];
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
  readonly #new: NewStructs;
  readonly #sections: NewSection[] = [];
  readonly #lastRights: (ClockId | null)[] = [];
  #hasGap = false;
  /** Something of its structs is known already. */
  #isTrimmed = false;
  /** The client that was asked about last, and its state. */
  #askedClient = NONE;
  #askedState = 0;

  constructor(update: Uint8Array, known: KnownBlock) {
    this.#known = known;
    this.#cursor = new UpdateCursor(update);
    this.#struct = new StructReader(this.#cursor);
    this.#new = new NewStructs({
      stateOf: (client) => this.#stateOf(client),
      lastRightOf: (client) => known.lastRightOf(client),
      keyed: known.keyed,
    });
  }

  inspect(): Inspection {
    const cursor = this.#cursor;
    if (cursor.bytes.length > MAX_MESSAGE_BYTES) throw new MalformedUpdateError('too many bytes');
    this.#readSections();
    const structsEnd = cursor.at;
    const announced = readDeletions(cursor);
    if (!cursor.atEnd) throw new MalformedUpdateError('bytes after its end');
    if (this.#hasGap || this.#deletesUnknown(announced)) return GAP;
    const places = this.#places(announced);
    if (!places) return GAP;
    const { depth, keyed } = places;
    keyed.requireReplaced(announced);
    const weight = this.#new.weight - this.#weightOf(announced);
    announced.addAll(this.#new.deleted);
    const deletions = announced.without(this.#known.deleted);
    if (deletions.size > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many deletions');
    if (this.#sections.length === 0 && deletions.isEmpty) return KNOWN;
    const { garbage, elements, searches, structs, neighbours, parents } = this.#new;
    const placements = this.#placements(keyed);
    const bytes = this.#write(structsEnd, deletions);
    const ranges = this.#sections.map(({ client, from, to }) => ({ client, from, to }));
    return {
      kind: 'news',
      news: {
        bytes,
        ranges,
        deletions,
        garbage,
        keyed: keyed.all,
        weight,
        elements,
        depth,
        searches,
        structs,
        placements,
        lastRights: this.#lastRights,
        neighbours,
        parents,
      },
    };
  }

  /** What turned out to be under a key stands in no row. */
  #placements(keyed: KeyedStructs): readonly Placement[] {
    const { placements } = this.#new;
    if (keyed === this.#new.keyed) return placements;
    return placements.filter(({ client, from }) => !keyed.all.has(client, from));
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
    let taken = 0;
    let at = 0;
    let firstClock = 0;
    let divided: NewSection['divided'] = null;
    if (clock > state) this.#hasGap = true;
    for (let left = count; left > 0; left--) {
      const structAt = cursor.at;
      struct.read();
      const start = clock;
      clock += struct.length;
      if (clock > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
      if (clock <= state) continue;
      if (struct.kind === SKIP) {
        this.#hasGap = true;
        continue;
      }
      const isDivided = start < state;
      if (isDivided) divided = { rest: struct.rest(client, start, state - start), end: cursor.at };
      this.#new.take(struct, client, isDivided ? state : start, clock, state, isDivided);
      if (taken++ === 0) {
        at = structAt;
        firstClock = start;
      }
    }
    if (taken < count || divided) this.#isTrimmed = true;
    if (taken === 0) return;
    const from = Math.max(firstClock, state);
    this.#lastRights.push(this.#new.lastRight);
    this.#sections.push({
      client,
      from,
      to: clock,
      count: taken,
      at,
      clock: firstClock,
      end: cursor.at,
      divided,
    });
  }

  #stateOf(client: number): number {
    if (client !== this.#askedClient) {
      this.#askedClient = client;
      this.#askedState = this.#known.stateOf(client);
    }
    return this.#askedState;
  }

  #deletesUnknown(announced: ClockSet): boolean {
    for (const client of announced.clients()) {
      const state = sectionOf(this.#sections, client)?.to ?? this.#stateOf(client);
      if (announced.endOf(client) > state) return true;
    }
    return false;
  }

  /** @returns how deep its elements nest at most, and what is under a key; null if it builds on what is not there */
  #places(announced: ClockSet): { readonly depth: number; readonly keyed: KeyedStructs } | null {
    const elements = this.#new.elements.length;
    if (!this.#new.namesAhead && elements <= MAX_DEPTH) return { depth: elements, keyed: this.#new.keyed };
    const keyed = new KeyedStructs();
    let depth = 0;
    const known = { stateOf: (client: number) => this.#stateOf(client), keyed: this.#known.keyed };
    const isWhole = arrive(
      this.#cursor.bytes,
      this.#sections,
      known,
      announced,
      (struct, client, from, to, place) => {
        if (place.isKeyed) keyed.take(struct, client, from, to);
        if (struct.kind === TYPE) depth = Math.max(depth, place.depth + 1);
        if (depth > MAX_DEPTH) throw new MalformedUpdateError('elements within too many elements');
      },
    );
    return isWhole ? { depth, keyed } : null;
  }

  /** @returns the weight of new structs that are deleted; those bytes are read once more */
  #weightOf(deletions: ClockSet): number {
    let weight = 0;
    for (const { client, from, to, at, clock: firstClock, count } of this.#sections) {
      if (!deletions.intersects(client, from, to)) continue;
      const cursor = new UpdateCursor(this.#cursor.bytes);
      cursor.at = at;
      const struct = new StructReader(cursor);
      let clock = firstClock;
      for (let left = count; left > 0; left--) {
        struct.read();
        const start = Math.max(clock, from);
        const isWhole = clock >= from;
        clock += struct.length;
        if (struct.kind === TEXT) weight += deletions.count(client, start, clock);
        else if (isWhole && deletions.covers(client, start, clock)) weight += struct.weight;
      }
    }
    return weight;
  }

  #write(structsEnd: number, deletions: ClockSet): Uint8Array {
    const update = this.#cursor.bytes;
    // The last byte says that nothing is deleted: all that was sent is as it should be.
    if (!this.#isTrimmed && deletions.isEmpty && structsEnd + 1 === update.length) {
      return new Uint8Array(update);
    }
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
