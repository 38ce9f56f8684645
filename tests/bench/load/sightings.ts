import * as Y from 'yjs';
import type { Edit } from './typist.ts';

/**
 * Says which edits a server's update brings, whether it passes them on one by one
 * or merged: from how far each writer's clock goes in it, and from what it deletes.
 * Writers' edits come in the order in which they were sent.
 */
export class Sightings<T extends { readonly edit: Edit }> {
  readonly #writers = new Map<number, Writer<T>>();

  /** @param sent - an edit of this client that may be seen from now on */
  expect(clientId: number, sent: T): void {
    let writer = this.#writers.get(clientId);
    if (!writer) {
      writer = { awaited: [], next: 0, clock: 0, deleted: new Set() };
      this.#writers.set(clientId, writer);
    }
    writer.awaited.push(sent);
  }

  /** @returns the expected edits that are seen with this update, by whom each is not told */
  see(update: Uint8Array): T[] {
    const { structs, ds } = Y.decodeUpdate(update);
    const concerned = new Set<Writer<T>>();
    for (const { id, length } of structs) {
      const writer = this.#writers.get(id.client);
      if (!writer) continue;
      writer.clock = Math.max(writer.clock, id.clock + length);
      concerned.add(writer);
    }
    for (const [client, ranges] of ds.clients) {
      const writer = this.#writers.get(client);
      if (!writer) continue;
      for (const { clock, len } of ranges) {
        for (let at = clock; at < clock + len; at++) writer.deleted.add(at);
      }
      concerned.add(writer);
    }
    return [...concerned].flatMap(takeSeen);
  }
}

interface Writer<T> {
  readonly awaited: T[];
  /** Index of the first that was not seen yet. */
  next: number;
  clock: number;
  readonly deleted: Set<number>;
}

function takeSeen<T extends { readonly edit: Edit }>(writer: Writer<T>): T[] {
  const seen: T[] = [];
  for (;;) {
    const sent = writer.awaited[writer.next];
    if (!sent) return seen;
    const { clock, deleted } = sent.edit;
    if (clock !== null && clock > writer.clock) return seen;
    if (deleted !== null && !writer.deleted.delete(deleted)) return seen;
    seen.push(sent);
    writer.next++;
  }
}
