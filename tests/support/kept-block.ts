import * as Y from 'yjs';
import { ClockSet } from '../../server/collaboration/clock-set.ts';
import type { ClockId } from '../../server/collaboration/new-structs.ts';
import {
  type Inspection,
  inspectUpdate,
  type KnownBlock,
  type News,
} from '../../server/collaboration/update-inspector.ts';

/** A block as a server has it that keeps no document: what it knows, and what it accepted. */
export class KeptBlock implements KnownBlock {
  readonly states = new Map<number, number>();
  readonly deleted = new ClockSet();
  readonly keyed = new ClockSet();
  readonly lastRights = new Map<number, ClockId | null>();
  readonly accepted: Uint8Array[] = [];

  stateOf(client: number): number {
    return this.states.get(client) ?? 0;
  }

  lastRightOf(client: number): ClockId | null {
    return this.lastRights.get(client) ?? null;
  }

  /** Inspects an update and keeps what is new in it. */
  receive(update: Uint8Array): Inspection {
    const inspection = inspectUpdate(update, this);
    if (inspection.kind === 'news') {
      const { bytes, ranges, lastRights, deletions, keyed } = inspection.news;
      this.accepted.push(bytes);
      for (const [at, { client, to }] of ranges.entries()) {
        this.states.set(client, to);
        this.lastRights.set(client, lastRights[at] ?? null);
      }
      this.deleted.addAll(deletions);
      this.keyed.addAll(keyed);
    }
    return inspection;
  }

  /** All that was accepted, as one update. */
  whole(): Uint8Array {
    // In steps: merging all at once takes time by the square of how many there are.
    while (this.accepted.length > 1) this.accepted.push(Y.mergeUpdates(this.accepted.splice(0, 100)));
    return this.accepted[0] ?? Uint8Array.of(0, 0);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.states);
  }
}

/** What a block holds that never tidies formatting by itself: the exact sum of what it was given. */
export function exactDoc(gc: boolean, ...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc });
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** What is deleted of a document, by its structs. */
export function deletedIn(doc: Y.Doc): ClockSet {
  const deleted = new ClockSet();
  for (const [client, ranges] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    deleted.addRanges(
      client,
      ranges.flatMap(({ clock, len }) => [clock, clock + len]),
    );
  }
  return deleted;
}

export const NOTHING_KNOWN: KnownBlock = {
  stateOf: () => 0,
  lastRightOf: () => null,
  deleted: new ClockSet(),
  keyed: new ClockSet(),
};

/** A block of which a client's next clock is known for each client, and what is deleted. */
export function knownBlock(
  states: Readonly<Record<number, number>>,
  deletions: readonly (readonly [client: number, from: number, to: number])[] = [],
  lastRights: Readonly<Record<number, ClockId>> = {},
): KnownBlock {
  const deleted = new ClockSet();
  for (const [client, from, to] of deletions) deleted.add(client, from, to);
  return {
    stateOf: (client) => states[client] ?? 0,
    lastRightOf: (client) => lastRights[client] ?? null,
    deleted,
    keyed: new ClockSet(),
  };
}

/** @throws where nothing of the update is taken */
export function newsOf(update: Uint8Array, block: KnownBlock = NOTHING_KNOWN): News {
  const inspection = inspectUpdate(update, block);
  if (inspection.kind !== 'news') throw new Error(JSON.stringify(inspection));
  return inspection.news;
}
