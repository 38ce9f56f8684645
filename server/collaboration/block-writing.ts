import * as Y from 'yjs';
import type { Randomness } from '../ports/clock.ts';
import { applyParts, keepFormatting } from './block-document.ts';
import type { RoomRegistry } from './room-registry.ts';

export interface BlockWriting {
  /**
   * The server's own edit of a block: goes through its room like everybody's, so
   * that whoever is in it sees it, and resolves once it is on disk.
   * @param onBehalfOf for whom it is made; stands in the log
   * @param change works on a document of its own; what it throws changes nothing. It is told on which lineage
   *   the block goes on: whatever was made on another is of a past that was let go of
   * @param options.authorId whose words they are, where they are somebody's
   * @throws RoomUnavailableError when the block cannot be opened; Error when it could not be saved
   */
  edit(
    blockId: string,
    onBehalfOf: string | null,
    change: (doc: Y.Doc, lineage: string) => void,
    options?: { readonly authorId?: string },
  ): Promise<void>;
}

/** @param random for the client ids under which the server writes: one for each block and author of this process */
export function createBlockWriting(rooms: RoomRegistry, random: Randomness): BlockWriting {
  const reserved = new Map<string, number>();

  return {
    async edit(blockId, onBehalfOf, change, options = {}) {
      const id = options.authorId ?? null;
      const room = await rooms.enter(blockId);
      try {
        await new Promise<void>((resolve, reject) => {
          room.edit(
            { id, onBehalfOf },
            (parts) => {
              const key = `${blockId} ${id ?? ''}`;
              const made = makeUpdate(parts, reserved.get(key), random, (doc) => change(doc, room.lineage));
              reserved.set(key, made.client);
              return made.update;
            },
            (failure) => (failure ? reject(failure) : resolve()),
          );
        });
      } finally {
        rooms.release(room);
      }
    },
  };
}

function makeUpdate(
  parts: readonly Uint8Array[],
  reserved: number | undefined,
  random: Randomness,
  change: (doc: Y.Doc) => void,
): { update: Uint8Array | null; client: number } {
  const doc = new Y.Doc();
  try {
    keepFormatting(doc);
    applyParts(doc, parts);
    const client = reserved ?? freshClient(doc, random);
    doc.clientID = client;
    let update: Uint8Array | null = null;
    doc.on('update', (made: Uint8Array) => {
      update = made;
    });
    doc.transact(() => change(doc));
    return { update, client };
  } finally {
    doc.destroy();
  }
}

/** @returns a client id that the document does not know */
export function freshClient(doc: Y.Doc, random: Randomness): number {
  for (;;) {
    const client = new DataView(random.bytes(4).slice().buffer).getUint32(0);
    if (client !== 0 && Y.getState(doc.store, client) === 0) return client;
  }
}
