import * as encoding from 'lib0/encoding';
import { type ClockSet, writeDeleteSet } from './clock-set.ts';
import type { ClockId } from './new-structs.ts';
import { Seams } from './seams.ts';
import type { KnownBlock, News } from './update-inspector.ts';
import type { Survey } from './update-survey.ts';

/**
 * What an open room knows of its block without its document: how far each client's
 * structs reach, which of them are deleted, and where elements are.
 */
export class RoomState implements KnownBlock {
  readonly deleted: ClockSet;
  readonly keyed: ClockSet;
  readonly #clocks: Map<number, number>;
  readonly #elements: ClockSet;
  /** null while there are none. */
  #lastRights: Map<number, ClockId> | null;
  /** Structs that stand in something removed. */
  #removed: ClockSet;
  #weight: number;
  #isWeighed = true;
  /** About how many: what Yjs would join since counts as well. */
  #structs: number;
  /** null until something is written. */
  #seams: Seams | null = null;

  constructor(survey: Survey) {
    this.deleted = survey.deleted;
    this.keyed = survey.keyed;
    this.#clocks = new Map(survey.states);
    this.#elements = survey.elements;
    this.#removed = survey.removed;
    this.#weight = survey.weight;
    this.#structs = survey.structs;
    this.#lastRights = survey.lastRights.size > 0 ? new Map(survey.lastRights) : null;
  }

  stateOf(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  lastRightOf(client: number): ClockId | null {
    return this.#lastRights?.get(client) ?? null;
  }

  /** At most so many steps Yjs may need to find the places of what is new: see `News.searches`. */
  stepsOf(news: News): number {
    if (news.searches === 0) return 0;
    let elsewhere = news.searches;
    for (const { isSearched } of news.placements) if (isSearched) elsewhere--;
    const seams = this.#seams ?? Seams.among(this.#structs);
    return seams.steps(news.placements) + elsewhere * (this.#structs + news.searches);
  }

  /** Structs that stand in something removed. */
  get removed(): ClockSet {
    return this.#removed;
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
   *   something that is removed already, or it was merged of what two wrote and does both
   */
  mayHide(news: News): boolean {
    if (this.#removesElement(news.deletions)) return true;
    if (news.elements.some(({ client, clock }) => news.deletions.has(client, clock))) return true;
    // Of what was removed, the outermost element is only deleted.
    if (news.parents.some(({ client, clock }) => this.deleted.has(client, clock))) return true;
    return news.neighbours.some(({ client, clock }) => this.#removed.has(client, clock));
  }

  /** @returns whether it deletes anything that was there before */
  deletesKnown(news: News): boolean {
    for (const { client, from } of news.deletions) {
      if (from < this.stateOf(client)) return true;
    }
    return false;
  }

  /** @returns whether it deletes more than letters and marks: elements, attributes, values of fields */
  removesShape(news: News): boolean {
    for (const { client, from, to } of news.deletions) {
      if (this.#elements.intersects(client, from, to) || this.keyed.intersects(client, from, to)) return true;
    }
    return false;
  }

  absorb(news: News): void {
    if (this.deletesKnown(news)) this.#isWeighed = false;
    for (const [at, { client, to }] of news.ranges.entries()) {
      this.#clocks.set(client, to);
      const lastRight = news.lastRights[at];
      if (lastRight) {
        this.#lastRights ??= new Map();
        this.#lastRights.set(client, lastRight);
      } else {
        this.#lastRights?.delete(client);
      }
    }
    if (news.placements.length > 0) this.#seams ??= Seams.among(this.#structs);
    for (const placement of news.placements) this.#seams?.place(placement);
    if (this.#seams) for (const { client, from, to } of news.deletions) this.#seams.divide(client, from, to);
    this.#structs += structsOf(news);
    for (const { client, clock } of news.elements) this.#elements.add(client, clock, clock + 1);
    this.deleted.addAll(news.deletions);
    this.#removed.addAll(news.garbage);
    this.keyed.addAll(news.keyed);
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
}

/** A letter typed after the last one is part of its struct; words put within others, and deletions, divide one. */
function structsOf({ structs, searches, deletions }: News): number {
  return (structs === 1 && searches === 0 ? 0 : structs + searches) + deletions.size;
}
