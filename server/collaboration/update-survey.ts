/**
 * Reads what a block's stored bytes hold, without making a document of them: what
 * has to be known of it before an update can be inspected.
 */
import { MAX_CLOCK } from './bounds.ts';
import { ClockSet } from './clock-set.ts';
import { readDeletions } from './deletion-reading.ts';
import type { ClockId } from './new-structs.ts';
import { arrive, type NewSection } from './struct-arrival.ts';
import { DELETED, GC, NONE, SKIP, StructReader, TEXT, TYPE } from './struct-reader.ts';
import { MalformedUpdateError, UpdateCursor } from './update-cursor.ts';

export interface Survey {
  /** The next clock of every client. */
  readonly states: ReadonlyMap<number, number>;
  /**
   * What is deleted by name, by nature or with what it stands in. Only where several values were set under
   * one key at once, the document alone knows which of them were replaced.
   */
  readonly deleted: ClockSet;
  /** Structs that stand under a key. */
  readonly keyed: ClockSet;
  /** Elements and texts of elements, those that were deleted and not thrown away yet among them. */
  readonly elements: ClockSet;
  /** Structs that stand in something removed, and are garbage in a document. */
  readonly removed: ClockSet;
  /** Characters of the text that stands, with a little for every element and value; as in `News`. */
  readonly weight: number;
  /** How many structs. */
  readonly structs: number;
  /** By client, what its last struct was written before, where it was before anything. */
  readonly lastRights: ReadonlyMap<number, ClockId>;
}

/**
 * @param update all of a block in one update (encoding 1), as Yjs merges or writes it; older than the
 *   rules of today it may be, and then holds what would not be taken any more
 * @throws MalformedUpdateError where it is not all of a block: it has a hole, or cannot be read
 */
export function surveyUpdate(update: Uint8Array): Survey {
  const cursor = new UpdateCursor(update);
  const sections = readSections(cursor);
  const deleted = readDeletions(cursor);
  if (!cursor.atEnd) throw new MalformedUpdateError('bytes after its end');
  const states = new Map(sections.map(({ client, to }) => [client, to]));
  const keyed = new ClockSet();
  const garbage = new ClockSet();
  const removed = new ClockSet();
  const elements = new ClockSet();
  let weight = 0;
  let structs = 0;
  const lastRights = new Map<number, ClockId>();
  const isWhole = arrive(
    update,
    sections,
    { stateOf: () => 0, keyed },
    deleted,
    (struct, client, from, to, place) => {
      structs++;
      if (to === states.get(client) && struct.kind !== GC && struct.rightClient !== NONE) {
        lastRights.set(client, { client: struct.rightClient, clock: struct.rightClock });
      }
      if (place.isRemoved) removed.add(client, from, to);
      else if (struct.kind === TEXT) weight += to - from - deleted.count(client, from, to);
      else if (!deleted.covers(client, from, to)) weight += struct.weight;
      if (struct.kind === DELETED) garbage.add(client, from, to);
      if (struct.kind === TYPE) elements.add(client, from, to);
      if (place.isKeyed) keyed.add(client, from, to);
    },
  );
  if (!isWhole) throw new MalformedUpdateError('builds on what is not there');
  deleted.addAll(garbage);
  deleted.addAll(removed);
  return {
    states,
    deleted,
    keyed,
    elements,
    removed,
    weight,
    structs,
    lastRights,
  };
}

function readSections(cursor: UpdateCursor): NewSection[] {
  const struct = new StructReader(cursor);
  const sections: NewSection[] = [];
  let last = Number.POSITIVE_INFINITY;
  for (let left = cursor.varUint(); left > 0; left--) {
    const count = cursor.varUint();
    const client = cursor.varUint();
    if (client >= last || count === 0) throw new MalformedUpdateError('clients out of order');
    last = client;
    if (cursor.clock() !== 0) throw new MalformedUpdateError('builds on what is not there');
    const at = cursor.at;
    let to = 0;
    for (let structs = count; structs > 0; structs--) {
      struct.read();
      to += struct.length;
      if (struct.kind === SKIP) throw new MalformedUpdateError('has a hole');
      if (to > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
    }
    sections.push({ client, from: 0, to, count, at, clock: 0, end: cursor.at, divided: null });
  }
  return sections;
}
