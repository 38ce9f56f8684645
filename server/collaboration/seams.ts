/**
 * Where structs are known to stand side by side. Somebody who types puts words between two that do, and
 * Yjs finds their place at once; only what was written without knowing of each other has to be looked for.
 */
import { ClockSet } from './clock-set.ts';
import type { ClockId } from './new-structs.ts';
import { NONE } from './struct-reader.ts';

/** Beyond so many, all are forgotten: some four megabytes. Twenty hours' writing makes about ten thousand. */
const MAX_SEAMS = 50_000;

/** Structs that follow one another and stand in a row of others, as they name their place; neither garbage nor keyed. */
export interface Placement {
  readonly client: number;
  readonly from: number;
  to: number;
  structs: number;
  readonly originClient: number;
  readonly originClock: number;
  readonly rightClient: number;
  readonly rightClock: number;
  /** Told only where it names neither. */
  readonly parentClient: number;
  readonly parentClock: number;
  /** It is an element, in which nothing stands yet. */
  readonly isElement: boolean;
  /** See `News.searches`. */
  readonly isSearched: boolean;
}

/** The end of a client's last run, and what follows it; null for nothing. */
interface RunEnd {
  readonly clock: number;
  readonly next: Next;
}

type Next = ClockId | null;

/** What stands one after another in one element, or in a root. */
interface Row {
  /** How many structs, at most. */
  structs: number;
  /** Of those, so many of which only the document knows where in the row they are. */
  loose: number;
}

/** In which row the structs of a client stand: those from each of the clocks, up to the next. */
interface RowsOfClient {
  readonly from: number[];
  readonly rows: Row[];
}

/**
 * The seams of a block's rows, as far as they are known: of what was accepted since its last snapshot, or since the block was opened.
 *
 * Between the two sides of a seam stand loose structs alone, if any: those of which only the document knows
 * where in their row they are. So whatever is put into a seam passes those at most, and whatever is not passes
 * its row. That holds for everybody, in whatever order their document is made of the updates: what is put into
 * a seam later names what was put there before, and comes after it; of any other two, one passes the other.
 */
export class Seams {
  /** What is not known here is asked there. */
  readonly #under: Seams | null;
  /** Structs of which it is known where they stand: each clock is followed by the next, where nothing else is said. */
  readonly #placed = new ClockSet();
  readonly #next = new Map<number, Map<number, Next>>();
  /** By client; null where it is not known any more. */
  readonly #ends = new Map<number, RunEnd | null>();
  /** Structs that are the first in their row; false: they are not any more. */
  readonly #first = new Map<number, Map<number, boolean>>();
  /** Elements in which nothing stands; false: something does by now. */
  readonly #empty = new Map<number, Map<number, boolean>>();
  readonly #rowsOfClients = new Map<number, RowsOfClient>();
  readonly #rowsIn = new Map<number, Map<number, Row>>();
  /** Of all that was there before, all roots, and all that stands beside either. */
  readonly #rest: Row;
  #size = 0;

  private constructor(rest: Row, under: Seams | null) {
    this.#rest = rest;
    this.#under = under;
  }

  /** @param structs how many there are of which nothing is known */
  static among(structs: number): Seams {
    return new Seams({ structs, loose: 0 }, null);
  }

  /** @returns how many structs may have to be passed, at most, to find the places of an update's */
  steps(placements: readonly Placement[]): number {
    const [first] = placements;
    if (!first) return 0;
    const before: Row = { structs: 0, loose: 0 };
    if (placements.length === 1) return this.#stepsTo(first, before);
    const draft = new Seams(this.#rest, this);
    let steps = 0;
    for (const placement of placements) {
      steps += draft.#stepsTo(placement, before);
      const isKnown = draft.place(placement);
      before.structs += itemsOf(placement);
      if (!isKnown) before.loose += looseOf(placement);
    }
    return steps;
  }

  /** @param before structs of the same update, which may all stand in the same row */
  #stepsTo(placement: Placement, before: Row): number {
    if (!placement.isSearched) return 0;
    const { structs, loose } = this.#rowOf(placement);
    return this.#isSeam(placement) ? loose + before.loose : structs + before.structs;
  }

  /** What is deleted is divided from what is not. */
  divide(client: number, from: number, to: number): void {
    this.#rowAt(client, from).structs++;
    this.#rowAt(client, to - 1).structs++;
  }

  /** @returns whether it stands in a seam */
  place(placement: Placement): boolean {
    const { client, from, to, isElement } = placement;
    const isKnown = this.#isSeam(placement);
    const goesOn = placement.originClient === client && placement.originClock === from - 1;
    if (!isKnown || !goesOn) this.#endRun(client);
    const row = this.#rowOf(placement);
    if (isElement) {
      this.#note(this.#empty, client, from, true);
      this.#note(this.#rowsIn, client, from, { structs: 0, loose: 0 });
    }
    this.#noteRow(client, from, row);
    if (!this.#under) row.structs += itemsOf(placement);
    if (isKnown) {
      this.#divide(placement, goesOn);
      this.#placed.add(client, from, to);
      this.#ends.set(client, { clock: to - 1, next: rightOf(placement) });
    } else {
      this.#ends.set(client, null);
      if (!this.#under) row.loose += looseOf(placement);
    }
    // What an update would do says nothing of what is there: its own structs are bounded.
    if (!this.#under && this.#size > MAX_SEAMS) this.#forget();
    return isKnown;
  }

  #isSeam(placement: Placement): boolean {
    const { originClient, originClock, rightClient, rightClock, parentClient, parentClock } = placement;
    if (originClient !== NONE) {
      const next = this.#after(originClient, originClock);
      if (!next) return next === null && rightClient === NONE;
      return next.client === rightClient && next.clock === rightClock;
    }
    if (rightClient !== NONE) return this.#isFirst(rightClient, rightClock);
    return parentClient !== NONE && this.#isEmpty(parentClient, parentClock);
  }

  #divide(placement: Placement, goesOn: boolean): void {
    const { client, from, originClient, originClock, rightClient, rightClock } = placement;
    if (goesOn) {
      // A run says nothing of what follows within it, but where it once ended.
      if (this.#said(client, originClock) === undefined) return;
      this.#note(this.#next, client, originClock, { client, clock: from });
    } else if (originClient !== NONE) {
      this.#note(this.#next, originClient, originClock, { client, clock: from });
    } else {
      if (rightClient !== NONE) this.#note(this.#first, rightClient, rightClock, false);
      else this.#note(this.#empty, placement.parentClient, placement.parentClock, false);
      this.#note(this.#first, client, from, true);
    }
  }

  /** What comes next of a client stands elsewhere. */
  #endRun(client: number): void {
    const end = this.#endOf(client);
    if (end && this.#said(client, end.clock) === undefined)
      this.#note(this.#next, client, end.clock, end.next);
  }

  /** @returns what follows a clock; undefined where that is not known */
  #after(client: number, clock: number): Next | undefined {
    const said = this.#said(client, clock);
    if (said !== undefined) return said;
    if (!this.#isPlaced(client, clock)) return undefined;
    if (this.#isPlaced(client, clock + 1)) return { client, clock: clock + 1 };
    const end = this.#endOf(client);
    return end?.clock === clock ? end.next : undefined;
  }

  #rowOf({ originClient, originClock, rightClient, rightClock, parentClient, parentClock }: Placement): Row {
    if (originClient !== NONE) return this.#rowAt(originClient, originClock);
    if (rightClient !== NONE) return this.#rowAt(rightClient, rightClock);
    if (parentClient === NONE) return this.#rest;
    return this.#rowIn(parentClient, parentClock);
  }

  #rowIn(client: number, clock: number): Row {
    const own = this.#rowsIn.get(client)?.get(clock);
    if (own) return own;
    return this.#under ? this.#under.#rowIn(client, clock) : this.#rest;
  }

  #rowAt(client: number, clock: number): Row {
    const own = this.#rowsOfClients.get(client);
    if (own && (own.from[0] as number) <= clock) {
      let low = 0;
      let high = own.from.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((own.from[middle] as number) <= clock) low = middle;
        else high = middle - 1;
      }
      return own.rows[low] as Row;
    }
    return this.#under ? this.#under.#rowAt(client, clock) : this.#rest;
  }

  #noteRow(client: number, from: number, row: Row): void {
    let own = this.#rowsOfClients.get(client);
    if (!own) {
      own = { from: [], rows: [] };
      this.#rowsOfClients.set(client, own);
    }
    if (own.rows.at(-1) === row) return;
    own.from.push(from);
    own.rows.push(row);
    this.#size++;
  }

  #said(client: number, clock: number): Next | undefined {
    const said = this.#next.get(client)?.get(clock);
    return said === undefined && this.#under ? this.#under.#said(client, clock) : said;
  }

  #endOf(client: number): RunEnd | null {
    const end = this.#ends.get(client);
    if (end !== undefined) return end;
    return this.#under ? this.#under.#endOf(client) : null;
  }

  #isPlaced(client: number, clock: number): boolean {
    if (this.#placed.has(client, clock)) return true;
    return this.#under ? this.#under.#isPlaced(client, clock) : false;
  }

  #isFirst(client: number, clock: number): boolean {
    const own = this.#first.get(client)?.get(clock);
    if (own !== undefined) return own;
    return this.#under ? this.#under.#isFirst(client, clock) : false;
  }

  #isEmpty(client: number, clock: number): boolean {
    const own = this.#empty.get(client)?.get(clock);
    if (own !== undefined) return own;
    return this.#under ? this.#under.#isEmpty(client, clock) : false;
  }

  #note<T>(notes: Map<number, Map<number, T>>, client: number, clock: number, value: T): void {
    let clocks = notes.get(client);
    if (!clocks) {
      clocks = new Map();
      notes.set(client, clocks);
    }
    if (value === false && !this.#under) {
      if (clocks.delete(clock)) this.#size--;
      return;
    }
    if (!clocks.has(clock)) this.#size++;
    clocks.set(clock, value);
  }

  /** Nothing can be put into a seam that is not known any more: what is loose by now is in the way of nothing. */
  #forget(): void {
    const rows = new Set([...this.#rowsOfClients.values()].flatMap((own) => own.rows));
    rows.delete(this.#rest);
    for (const { structs } of rows) this.#rest.structs += structs;
    this.#rest.loose = 0;
    for (const known of [this.#next, this.#first, this.#empty, this.#ends]) known.clear();
    this.#rowsOfClients.clear();
    this.#rowsIn.clear();
    this.#placed.clear();
    this.#size = 0;
  }
}

function looseOf({ structs, isSearched }: Placement): number {
  return isSearched ? structs + 1 : structs;
}

/** @returns how many structs more there are with it: one that has to be searched for divides what it is put into */
function itemsOf({ client, from, originClient, originClock, structs, isSearched }: Placement): number {
  if (isSearched) return structs + 1;
  // A letter typed after the last one is part of its struct.
  return originClient === client && originClock === from - 1 ? structs - 1 : structs;
}

function rightOf({ rightClient, rightClock }: Placement): Next {
  return rightClient === NONE ? null : { client: rightClient, clock: rightClock };
}
