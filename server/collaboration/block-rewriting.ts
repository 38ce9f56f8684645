import * as Y from 'yjs';
import type { Alongside, BlockStore, ClientRange } from '../ports/block-store.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import type { Folder } from '../ports/folder.ts';
import type { Records } from '../ports/record-store.ts';
import { applyParts, keepFormatting, partsOf } from './block-document.ts';
import { freshClient } from './block-writing.ts';
import type { RoomRegistry } from './room-registry.ts';

/** Where a block begins anew. */
export interface Begun {
  readonly lineage: string;
  readonly seq: number;
}

export interface BlockRewriting {
  /**
   * Has a block go on with what stands in it after `change`, and with nothing that ever stood there
   * before: on a lineage of its own, so that whoever has an older copy begins anew (ERASE-1). Of its
   * past stays who wrote when and how much. Whoever is in it is turned out, and may come back at once.
   * @param onBehalfOf for whom it is done
   * @param change works on a document of its own; what it throws changes nothing
   * @param alongside records that stand or fall with it, told the new lineage and the number of the change
   *   that it begins with; it awaits nothing but them
   * @param gone words that must not stand in it afterwards
   * @throws RoomUnavailableError, DamagedBlockError, UnfoldableError, FolderFailedError, StoreWriteError; Error where any of `gone` still
   *   stands in it: it is not rewritten then
   */
  rewrite(
    blockId: string,
    onBehalfOf: string,
    change: (doc: Y.Doc) => void,
    alongside: (records: Records, begun: Begun) => Promise<void>,
    gone?: readonly string[],
  ): Promise<void>;
}

interface Needs {
  readonly blocks: Pick<BlockStore, 'load' | 'rewrite'>;
  readonly folder: Pick<Folder, 'fold'>;
  readonly clock: Clock;
  readonly random: Randomness;
}

/** Nobody can write meanwhile; what was on its way to the disk may still come there once. */
const TRIES = 3;

export function createBlockRewriting(
  rooms: Pick<RoomRegistry, 'replace'>,
  { blocks, folder, clock, random }: Needs,
): BlockRewriting {
  const attempt = async (
    blockId: string,
    onBehalfOf: string,
    change: (doc: Y.Doc) => void,
    alongside: (records: Records, begun: Begun) => Promise<void>,
    gone: readonly string[],
  ): Promise<boolean> => {
    const stored = await blocks.load(blockId);
    if (!stored) return true;
    const changed = changedState(partsOf(stored), random, change);
    // Once more, where that holds nobody up: what is deleted leaves no trace, and it is known without reading it.
    const { state, survey } = await folder.fold([changed.state]);
    const bytes = Buffer.from(state.buffer, state.byteOffset, state.byteLength);
    if (piecesOf(gone).some((piece) => bytes.includes(piece))) {
      throw new Error(`block ${blockId} still holds what was to be taken out of it`);
    }
    const lineage = random.id();
    const seq = stored.tail.at(-1)?.seq ?? stored.snapshot?.seq ?? 0;
    const kept: Alongside = (records) => alongside(records, { lineage, seq: seq + 1 });
    const anew = { lineage, onBehalfOf, serverTime: clock.now(), clients: changed.clients };
    const from = { lineage: stored.lineage, seq };
    return blocks.rewrite(blockId, from, { ...anew, bytes: state, survey }, kept);
  };

  return {
    rewrite: (blockId, onBehalfOf, change, alongside, gone = []) =>
      rooms.replace(blockId, async () => {
        for (let tries = 1; !(await attempt(blockId, onBehalfOf, change, alongside, gone)); tries++) {
          if (tries === TRIES) throw new Error(`block ${blockId} goes on while it is rewritten`);
        }
      }),
  };
}

/** @returns the bytes of words as they stand in texts, and as they stand in what marks say */
export function piecesOf(words: readonly string[]): readonly Buffer[] {
  const spelt = words.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]);
  return [...new Set(spelt)].map((one) => Buffer.from(one));
}

function changedState(
  parts: readonly Uint8Array[],
  random: Randomness,
  change: (doc: Y.Doc) => void,
): { readonly state: Uint8Array; readonly clients: readonly ClientRange[] } {
  const doc = new Y.Doc();
  try {
    keepFormatting(doc);
    applyParts(doc, parts);
    const client = freshClient(doc, random);
    doc.clientID = client;
    doc.transact(() => change(doc));
    const to = Y.getState(doc.store, client);
    return { state: Y.encodeStateAsUpdate(doc), clients: to > 0 ? [{ client, from: 0, to }] : [] };
  } finally {
    doc.destroy();
  }
}
