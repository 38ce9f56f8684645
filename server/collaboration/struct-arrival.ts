/**
 * Plays the arrival of an update's new structs in the order in which Yjs takes
 * them, for what can be said only once all that a struct names is there: whether
 * it ever will be, and where the struct stands.
 */
import type { ClockSet } from './clock-set.ts';
import { GC, NONE, StructReader } from './struct-reader.ts';
import { MalformedUpdateError, UpdateCursor } from './update-cursor.ts';

/** One client's new structs within an update. */
export interface NewSection {
  readonly client: number;
  /** The first new clock, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** How many structs. */
  readonly count: number;
  /** Where the first of them begins in the bytes, with its own first clock, and where the last ends. */
  readonly at: number;
  readonly clock: number;
  readonly end: number;
  /** Of a first struct that is known in part, the bytes of the rest, and where the next one begins. */
  readonly divided: { readonly rest: Uint8Array; readonly end: number } | null;
}

/** Where a struct stands. */
export interface Place {
  /** How many of the update's own elements it stands in, one in another. */
  readonly depth: number;
  /** Under a key, as a value or an attribute does; not in a row with others. */
  readonly isKeyed: boolean;
  /** Within something that is removed: Yjs makes garbage of it. */
  readonly isRemoved: boolean;
}

const AMONG_KNOWN: Place = { depth: 0, isKeyed: false, isRemoved: false };
const KEYED_BY_KNOWN: Place = { depth: 0, isKeyed: true, isRemoved: false };
const GARBAGE: Place = { depth: 0, isKeyed: false, isRemoved: true };

/** What structs are there without the update. */
export interface KnownStructs {
  /** @returns the client's next clock; 0 for one that is unknown */
  stateOf(client: number): number;
  /** Those that stand under a key. */
  readonly keyed: ClockSet;
}

/** One section on its way: what of it has arrived, and what comes next. */
class Arriving {
  readonly section: NewSection;
  readonly client: number;
  readonly struct: StructReader;
  readonly #cursor: UpdateCursor;
  /** The next struct's first clock that is new; all before has arrived. */
  clock: number;
  #left: number;
  #ownClock: number;
  /** The clock after each run of structs that stand alike, and where they stand. */
  readonly #ends: number[] = [];
  readonly #places: Place[] = [];
  /** Whether something that is arriving already waits for it. */
  isAwaited = false;

  constructor(section: NewSection, bytes: Uint8Array) {
    this.section = section;
    this.client = section.client;
    this.#cursor = new UpdateCursor(bytes);
    this.#cursor.at = section.at;
    this.struct = new StructReader(this.#cursor);
    this.clock = section.from;
    this.#ownClock = section.clock;
    this.#left = section.count;
    this.struct.read();
  }

  get isWhole(): boolean {
    return this.#left === 0;
  }

  /** The present struct is one whose first clocks were known: what it follows is known too. */
  get isDivided(): boolean {
    return this.#ownClock < this.clock;
  }

  /** Clocks of the present struct that are new. */
  get newLength(): number {
    return this.#ownClock + this.struct.length - this.clock;
  }

  arrive(place: Place): void {
    this.#ownClock += this.struct.length;
    this.clock = this.#ownClock;
    const last = this.#places.at(-1);
    if (last && isSame(last, place)) {
      this.#ends[this.#ends.length - 1] = this.clock;
    } else {
      this.#ends.push(this.clock);
      this.#places.push(place);
    }
    if (--this.#left > 0) this.struct.read();
  }

  /** @returns where the struct at a clock that is new and has arrived stands */
  placeAt(clock: number): Place {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] as number) > clock) high = middle;
      else low = middle + 1;
    }
    return this.#places[low] as Place;
  }
}

function isSame(one: Place, other: Place): boolean {
  return one.depth === other.depth && one.isKeyed === other.isKeyed && one.isRemoved === other.isRemoved;
}

/** By client, descending as in the bytes. */
export function sectionOf<Found extends { readonly client: number }>(
  sections: readonly Found[],
  client: number,
): Found | undefined {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = sections[middle] as Found;
    if (found.client === client) return found;
    if (found.client > client) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/**
 * @param bytes whose structs have been read once and are well-formed
 * @param sections by client descending; none begins after what is known
 * @param known what is there without the update
 * @param deleted of the structs that arrive
 * @param visit is shown every struct, as it was read, with its new clocks and where it stands
 * @returns whether all arrive; if not, the update builds on something that is neither in it nor known
 * @throws MalformedUpdateError for structs that wait for one another
 */
export function arrive(
  bytes: Uint8Array,
  sections: readonly NewSection[],
  known: KnownStructs,
  deleted: ClockSet,
  visit: (struct: StructReader, client: number, from: number, to: number, place: Place) => void,
): boolean {
  const arriving = sections.map((section) => new Arriving(section, bytes));
  const stack: Arriving[] = [];
  for (const first of arriving) {
    // Each waits for the one above it. As in Yjs, one struct of that arrives at a time.
    while (stack.length > 0 || !first.isWhole) {
      const top = stack.at(-1) ?? first;
      const missing = missingFor(top, arriving, known);
      if (missing === 'nowhere') return false;
      if (missing === null) {
        const place = placeOf(top, arriving, known, deleted);
        const from = top.clock;
        visit(top.struct, top.client, from, from + top.newLength, place);
        top.arrive(place);
        top.isAwaited = false;
        stack.pop();
      } else {
        if (missing.isAwaited || missing === first) {
          throw new MalformedUpdateError('structs that wait for one another');
        }
        missing.isAwaited = true;
        stack.push(missing);
      }
    }
  }
  return true;
}

/** @returns the section that must go on before a section's next struct can arrive; null if nothing is missing */
function missingFor(
  waiting: Arriving,
  arriving: readonly Arriving[],
  known: KnownStructs,
): Arriving | 'nowhere' | null {
  const { struct } = waiting;
  const missing = (client: number, clock: number): Arriving | 'nowhere' | null => {
    if (client === NONE || client === waiting.client) return null;
    const found = sectionOf(arriving, client);
    if (!found) return clock < known.stateOf(client) ? null : 'nowhere';
    if (clock < found.clock) return null;
    return clock < found.section.to ? found : 'nowhere';
  };
  return (
    (waiting.isDivided ? null : missing(struct.originClient, struct.originClock)) ??
    missing(struct.rightClient, struct.rightClock) ??
    (waiting.isDivided ? null : missing(struct.parentClient, struct.parentClock))
  );
}

/** @returns where the next struct of a section stands; all that it names has arrived */
function placeOf(
  top: Arriving,
  arriving: readonly Arriving[],
  known: KnownStructs,
  deleted: ClockSet,
): Place {
  const { struct } = top;
  const beside = (client: number, clock: number): Place => {
    const found = sectionOf(arriving, client);
    if (found && clock >= found.section.from) return found.placeAt(clock);
    return known.keyed.has(client, clock) ? KEYED_BY_KNOWN : AMONG_KNOWN;
  };
  // Garbage stands nowhere: what Yjs made one of may have stood in several places.
  if (struct.kind === GC) return GARBAGE;
  if (top.isDivided) return beside(top.client, top.clock - 1);
  // Where it stands is copied from the one before it, or else from the one after.
  const before = struct.rightClient === NONE ? null : beside(struct.rightClient, struct.rightClock);
  if (struct.originClient !== NONE) {
    const after = beside(struct.originClient, struct.originClock);
    // Beside garbage on either side, Yjs makes garbage of it.
    return before?.isRemoved && !after.isRemoved ? { ...after, isRemoved: true } : after;
  }
  if (before) return before;
  const { isKeyed } = struct;
  if (struct.parentClient === NONE) return isKeyed ? KEYED_BY_KNOWN : AMONG_KNOWN;
  const { parentClient, parentClock } = struct;
  const section = sectionOf(arriving, parentClient);
  const parent = section && parentClock >= section.section.from ? section.placeAt(parentClock) : null;
  const isRemoved = (parent?.isRemoved ?? false) || deleted.has(parentClient, parentClock);
  return { depth: parent ? parent.depth + 1 : 0, isKeyed, isRemoved };
}
