import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ClockSet, readDeleteSet, writeDeleteSet } from './clock-set.ts';
import { DELETED, GC, SKIP, StructReader, TYPE } from './struct-reader.ts';
import { UpdateCursor } from './update-cursor.ts';
import type { KnownBlock, News } from './update-inspector.ts';

/**
 * What an open room knows of its block without its document: how far each client's
 * structs reach, which of them are deleted, and where elements are.
 */
export class RoomState implements KnownBlock {
  readonly deleted = new ClockSet();
  readonly #clocks = new Map<number, number>();
  readonly #elements = new ClockSet();
  /** Structs that stand in something removed; null where only the document can tell. */
  #removed: ClockSet | null = new ClockSet();
  #weight = 0;
  #isWeighed = true;

  /**
   * @param parts what is kept of a block, oldest first: a folded state, where there is one, and updates
   * @throws Error when they build on what is not among them; MalformedUpdateError for what is no update
   */
  static fromParts(parts: Iterable<Uint8Array>): RoomState {
    const state = new RoomState();
    for (const part of parts) state.#read(part);
    return state;
  }

  stateOf(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  /** Never less than the weight of the text that stands: deletions count once the document was weighed. */
  get weight(): number {
    return this.#weight;
  }

  /** Whether `weight` is exact. */
  get isWeighed(): boolean {
    return this.#isWeighed;
  }

  /** @returns as Yjs encodes it */
  stateVector(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, this.#clocks.size);
    for (const client of [...this.#clocks.keys()].sort((one, other) => other - one)) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, this.stateOf(client));
    }
    return encoding.toUint8Array(encoder);
  }

  /** @returns whether somebody who has so much lacks nothing but, perhaps, deletions */
  isCoveredBy(known: ReadonlyMap<number, number>): boolean {
    for (const [client, clock] of this.#clocks) {
      if ((known.get(client) ?? 0) < clock) return false;
    }
    return true;
  }

  /** @returns an update that deletes all that is deleted, and nothing else */
  deletions(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    writeDeleteSet(encoder, this.deleted);
    return encoding.toUint8Array(encoder);
  }

  /**
   * @returns whether merging it may take words with it that it does not itself delete:
   *   it removes an element, in which others may have written meanwhile, or it writes in
   *   something that is removed already
   */
  mayHide(news: News): boolean {
    if (this.#removesElement(news.deletions)) return true;
    if (!news.texts) return false;
    const gone = this.#removed ?? this.deleted;
    return news.neighbours.some(({ client, clock }) => gone.has(client, clock));
  }

  /** @returns whether it deletes anything that was there before */
  deletesKnown(news: News): boolean {
    for (const { client, from } of news.deletions) {
      if (from < this.stateOf(client)) return true;
    }
    return false;
  }

  absorb(news: News): void {
    if (this.deletesKnown(news)) this.#isWeighed = false;
    for (const { client, to } of news.ranges) this.#clocks.set(client, to);
    for (const { client, clock } of news.elements) this.#elements.add(client, clock, clock + 1);
    this.deleted.addAll(news.deletions);
    this.#weight += news.weight;
  }

  /**
   * What the document told once all that is known here was in it.
   * @param deleted also what was deleted through nobody's own deletion
   * @param removed all structs that stand in something removed
   */
  learn(deleted: ClockSet, removed: ClockSet, weight: number): void {
    this.deleted.addAll(deleted);
    this.#removed = removed;
    this.#weight = weight;
    this.#isWeighed = true;
  }

  #removesElement(deletions: ClockSet): boolean {
    for (const { client, from, to } of deletions) {
      if (from < this.stateOf(client) && this.#elements.intersects(client, from, to)) return true;
    }
    return false;
  }

  #read(update: Uint8Array): void {
    const cursor = new UpdateCursor(update);
    const struct = new StructReader(cursor);
    for (let sections = cursor.varUint(); sections > 0; sections--) {
      let count = cursor.varUint();
      const client = cursor.varUint();
      let clock = cursor.clock();
      const state = this.stateOf(client);
      for (; count > 0; count--) {
        struct.read();
        const from = clock;
        clock += struct.length;
        if (clock <= state || struct.kind === SKIP) continue;
        if (from > this.stateOf(client)) throw new Error('the log builds on a row that is not there');
        this.#clocks.set(client, clock);
        this.#weight += struct.weight;
        if (struct.kind === TYPE) this.#elements.add(client, from, clock);
        else if (struct.kind === GC || struct.kind === DELETED) this.deleted.add(client, from, clock);
        // A folded state holds what stands in something removed as garbage, and nothing else.
        if (struct.kind === GC) this.#removed?.add(client, from, clock);
      }
    }
    const deletions = readDeleteSet(decoding.createDecoder(update.subarray(cursor.at)));
    for (const { client, from, to } of deletions.without(this.deleted)) {
      this.#isWeighed = false;
      if (this.#elements.intersects(client, from, to)) this.#removed = null;
    }
    this.deleted.addAll(deletions);
  }
}
