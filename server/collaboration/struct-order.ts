/**
 * Plays the arrival of an update's new structs in the order in which Yjs would
 * take them, to see whether there is one, and how deep they nest.
 */
import { MAX_DEPTH } from './bounds.ts';
import { NONE, StructReader, TYPE } from './struct-reader.ts';
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
  /** Flat: the clock after a run of structs, and how many new elements those stand in. */
  readonly #depths: number[] = [];
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

  arrive(depth: number): void {
    this.#ownClock += this.struct.length;
    this.clock = this.#ownClock;
    const depths = this.#depths;
    if (depths[depths.length - 1] === depth) depths[depths.length - 2] = this.clock;
    else depths.push(this.clock, depth);
    if (--this.#left > 0) this.struct.read();
  }

  /** @returns how many new elements the struct at a clock that has arrived stands in */
  depthAt(clock: number): number {
    let low = 0;
    let high = this.#depths.length >> 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#depths[middle * 2] as number) > clock) high = middle;
      else low = middle + 1;
    }
    return this.#depths[low * 2 + 1] as number;
  }
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
 * @param stateOf a client's next clock, as known without the update
 * @returns in how many of its own elements an element of the update stands at most, itself
 *   included; null if the update builds on something that is neither in it nor known
 * @throws MalformedUpdateError for structs that wait for one another, and such as nest too deeply
 */
export function deepestOnArrival(
  bytes: Uint8Array,
  sections: readonly NewSection[],
  stateOf: (client: number) => number,
): number | null {
  const arriving = sections.map((section) => new Arriving(section, bytes));
  const stack: Arriving[] = [];
  let deepest = 0;
  for (const first of arriving) {
    // Each waits for the one above it. As in Yjs, one struct of that arrives at a time.
    while (stack.length > 0 || !first.isWhole) {
      const top = stack.at(-1) ?? first;
      const missing = missingFor(top, arriving, stateOf);
      if (missing === 'nowhere') return null;
      if (missing === null) {
        const depth = depthOf(top, arriving);
        if (top.struct.kind === TYPE) deepest = Math.max(deepest, depth + 1);
        if (deepest > MAX_DEPTH) throw new MalformedUpdateError('elements within too many elements');
        top.arrive(depth);
        top.isAwaited = false;
        stack.pop();
      } else {
        if (missing.isAwaited || missing === first)
          throw new MalformedUpdateError('structs that wait for one another');
        missing.isAwaited = true;
        stack.push(missing);
      }
    }
  }
  return deepest;
}

/** @returns the section that must go on before a section's next struct can arrive; null if nothing is missing */
function missingFor(
  waiting: Arriving,
  arriving: readonly Arriving[],
  stateOf: (client: number) => number,
): Arriving | 'nowhere' | null {
  const { struct } = waiting;
  const missing = (client: number, clock: number): Arriving | 'nowhere' | null => {
    if (client === NONE || client === waiting.client) return null;
    const found = sectionOf(arriving, client);
    if (!found) return clock < stateOf(client) ? null : 'nowhere';
    if (clock < found.clock) return null;
    return clock < found.section.to ? found : 'nowhere';
  };
  return (
    (waiting.isDivided ? null : missing(struct.originClient, struct.originClock)) ??
    missing(struct.rightClient, struct.rightClock) ??
    (waiting.isDivided ? null : missing(struct.parentClient, struct.parentClock))
  );
}

/** @returns how many of the update's own elements the next struct stands in; all that it names has arrived */
function depthOf(top: Arriving, arriving: readonly Arriving[]): number {
  if (top.isDivided) return 0;
  const { struct } = top;
  if (struct.parentClient !== NONE) {
    const parent = sectionOf(arriving, struct.parentClient);
    const isNew = parent !== undefined && struct.parentClock >= parent.section.from;
    return isNew ? parent.depthAt(struct.parentClock) + 1 : 0;
  }
  // Where it stands is copied from the one before it, or else from the one after.
  const hasOrigin = struct.originClient !== NONE;
  const client = hasOrigin ? struct.originClient : struct.rightClient;
  const clock = hasOrigin ? struct.originClock : struct.rightClock;
  const beside = client === NONE ? undefined : sectionOf(arriving, client);
  return beside !== undefined && clock >= beside.section.from ? beside.depthAt(clock) : 0;
}
