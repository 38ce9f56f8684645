import type { Connection } from './connection.ts';
import { Sightings } from './sightings.ts';
import type { Edit } from './typist.ts';

/** An edit on its way. */
export interface Sent {
  readonly edit: Edit;
  readonly writer: number;
  /** Milliseconds of this process's clock. */
  readonly at: number;
}

interface Update {
  readonly bytes: Uint8Array;
  readonly brought: readonly Sent[];
}

/**
 * The readers of one room, who integrate nothing. All are sent the same updates,
 * so each is decoded once, for whoever gets it first, and compared for the others.
 */
export class Audience {
  readonly #sightings = new Sightings<Sent>();
  readonly #updates: Update[] = [];
  readonly #readers: readonly Connection[];
  /** How often readers were sent something else than the first of them. */
  #astray = 0;

  /**
   * @param onDelivered - called for every reader and update with what it brought
   * @param onSeen - called when the first reader was brought something
   */
  constructor(
    readers: readonly Connection[],
    onDelivered: (brought: readonly Sent[]) => void,
    onSeen: (brought: readonly Sent[]) => void = () => {},
  ) {
    this.#readers = readers;
    for (const reader of readers) {
      let position = 0;
      reader.onUpdate = (bytes) => {
        const at = position++;
        let update = this.#updates[at];
        if (!update) {
          update = { bytes, brought: this.#sightings.see(bytes) };
          this.#updates.push(update);
          onSeen(update.brought);
        } else if (Buffer.compare(update.bytes, bytes) !== 0) {
          this.#astray++;
          return;
        }
        onDelivered(update.brought);
      };
    }
  }

  expect(clientId: number, sent: Sent): void {
    this.#sightings.expect(clientId, sent);
  }

  /** @throws Error where readers were not all sent the same: what was counted is then worth nothing */
  close(): void {
    for (const reader of this.#readers) reader.onUpdate = null;
    if (this.#astray > 0) throw new Error(`${this.#astray} updates differed between readers of one room`);
  }
}
