import { MAX_STRUCT_LENGTH, MAX_STRUCTS_PER_UPDATE } from './bounds.ts';
import { ClockSet } from './clock-set.ts';
import { KeyedStructs } from './keyed-structs.ts';
import type { Placement } from './seams.ts';
import type { KnownStructs } from './struct-arrival.ts';
import { DELETED, GC, NONE, type StructReader, TYPE } from './struct-reader.ts';
import { MalformedUpdateError } from './update-cursor.ts';

export interface ClockId {
  readonly client: number;
  readonly clock: number;
}

/** A fresh element's attributes and first child are written at once: none is further from it. */
const FRESH_CLOCKS = 32;

interface KnownBeside extends KnownStructs {
  /** @returns what the client's last struct was written before; null for nothing, and where that is not known */
  lastRightOf(client: number): ClockId | null;
}

/** What the new structs of an update are, gathered one by one as they are read. */
export class NewStructs {
  readonly #known: KnownBeside;
  readonly keyed = new KeyedStructs();
  readonly elements: ClockId[] = [];
  readonly #named: ClockId[] = [];
  /** Known elements that new structs name as what they stand in. */
  readonly parents: ClockId[] = [];
  /** Those that are deleted by nature: content that is gone, and what stood in something removed. */
  readonly deleted = new ClockSet();
  /** Of those, what stood in something removed. */
  readonly garbage = new ClockSet();
  weight = 0;
  /** See `News.searches`. */
  searches = 0;
  /** Some struct names one that is not known: it may be in another section. */
  namesAhead = false;
  /** How many. */
  structs = 0;
  /** Where those say that they stand that stand in a row. */
  readonly placements: Placement[] = [];
  #lastRightClient = NONE;
  #lastRightClock = 0;

  /** @param known what is there without the update */
  constructor(known: KnownBeside) {
    this.#known = known;
  }

  /** What the struct that was taken last was written before. */
  get lastRight(): ClockId | null {
    const client = this.#lastRightClient;
    return client === NONE ? null : { client, clock: this.#lastRightClock };
  }

  /** Known structs that new ones name, each once. */
  get neighbours(): readonly ClockId[] {
    if (this.#named.length < 2) return this.#named;
    const seen = new Map<number, Set<number>>();
    return this.#named.filter(({ client, clock }) => {
      const clocks = seen.get(client);
      if (!clocks) seen.set(client, new Set([clock]));
      else if (clocks.has(clock)) return false;
      else clocks.add(clock);
      return true;
    });
  }

  /**
   * @param struct as it was read last
   * @param from its first clock that is new, and the one after its last
   * @param state its client's next clock, as known without the update
   * @param isDivided whether a part of it is known: it then follows that part
   * @throws MalformedUpdateError for a struct that no block may hold
   */
  take(
    struct: StructReader,
    client: number,
    from: number,
    to: number,
    state: number,
    isDivided: boolean,
  ): void {
    const refusal = struct.refusal();
    if (refusal) throw new MalformedUpdateError(refusal);
    if (++this.structs > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many structs');
    if (to - from > MAX_STRUCT_LENGTH) throw new MalformedUpdateError('a length beyond the limit');
    this.weight += struct.weight;
    if (struct.kind === TYPE) this.elements.push({ client, clock: from });
    else if (struct.kind === GC || struct.kind === DELETED) this.deleted.add(client, from, to);
    if (struct.kind === GC) {
      this.garbage.add(client, from, to);
      this.#lastRightClient = NONE;
      return;
    }

    const originClient = isDivided ? client : struct.originClient;
    const originClock = isDivided ? from - 1 : struct.originClock;
    const isBesideKnown = originClient !== NONE && this.#name(originClient, originClock, client, from);
    if (!isDivided && struct.parentClient !== NONE) {
      const { parentClient, parentClock } = struct;
      const isKnown = this.#name(parentClient, parentClock, client, from);
      if (isKnown) this.parents.push({ client: parentClient, clock: parentClock });
    }
    const isBeforeKnown =
      struct.rightClient !== NONE && this.#name(struct.rightClient, struct.rightClock, client, from);

    const isKeyed = this.#isKeyed(struct, originClient, originClock);
    if (isKeyed) this.keyed.take(struct, client, from, to);

    const isBesideOwn = originClient === client && originClock === from - 1;
    const isSameRun = isBesideOwn && isBesideKnown && this.#goesOnFromKnown(struct, client);
    const goesOn = isSameRun || (isBesideOwn && !isBesideKnown);
    const begins =
      struct.parentClient === client &&
      struct.parentClock >= state &&
      from - struct.parentClock <= FRESH_CLOCKS;
    const isBeforeSame =
      struct.rightClient === this.#lastRightClient && struct.rightClock === this.#lastRightClock;
    const isNewBefore = isBeforeKnown && !isBeforeSame && !isSameRun;
    const isSearched = (!goesOn && !begins) || isNewBefore;
    if (isSearched) this.searches++;
    this.#lastRightClient = struct.rightClient;
    this.#lastRightClock = struct.rightClock;
    if (isKeyed) return;
    const isElement = struct.kind === TYPE;
    const before = this.placements.at(-1);
    if (
      before &&
      isBesideOwn &&
      isBeforeSame &&
      !isElement &&
      before.client === client &&
      before.to === from
    ) {
      before.to = to;
      before.structs++;
      return;
    }
    const { rightClient, rightClock, parentClient, parentClock } = struct;
    const place = { originClient, originClock, rightClient, rightClock, parentClient, parentClock };
    this.placements.push({ client, from, to, structs: 1, ...place, isElement, isSearched });
  }

  /** Somebody types on: nothing can stand between the last letter and this one but what came meanwhile. */
  #goesOnFromKnown(struct: StructReader, client: number): boolean {
    const right = this.#known.lastRightOf(client);
    return right
      ? struct.rightClient === right.client && struct.rightClock === right.clock
      : struct.rightClient === NONE;
  }

  /** Where it stands, it copies from what it follows, or else from what it stands before. */
  #isKeyed(struct: StructReader, originClient: number, originClock: number): boolean {
    const hasOrigin = originClient !== NONE;
    const client = hasOrigin ? originClient : struct.rightClient;
    if (client === NONE) return struct.isKeyed;
    const clock = hasOrigin ? originClock : struct.rightClock;
    const keyed = clock < this.#known.stateOf(client) ? this.#known.keyed : this.keyed.all;
    return keyed.has(client, clock);
  }

  /**
   * A client's struct at a clock names another one, which must be there first.
   * @returns whether that one is known
   */
  #name(named: number, namedClock: number, client: number, clock: number): boolean {
    if (named === client && namedClock >= clock) {
      throw new MalformedUpdateError('a struct that builds on itself or a later one');
    }
    if (namedClock >= this.#known.stateOf(named)) {
      if (named !== client) this.namesAhead = true;
      return false;
    }
    const last = this.#named.at(-1);
    if (last?.client !== named || last.clock !== namedClock) {
      this.#named.push({ client: named, clock: namedClock });
    }
    return true;
  }
}
