/**
 * What the rest of the page sees of the sync engine: replicas of blocks, their
 * saved state, and who is where.
 */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Person } from '../../shared/api/people.ts';
import type { Access } from '../../shared/permissions/access.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';

/** This device's copy of a block. A permanent refusal ends it; the next one is another object. */
export interface Replica {
  readonly blockId: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Undoes this person's own edits alone; lives as long as the replica, not as long as an editor. */
  readonly undo: Y.UndoManager;
}

/** SAVE-2: what may be said about a block's text, and nothing warmer. */
export type SaveState =
  /** Nothing loaded yet, neither from the device nor from the server. */
  | { readonly kind: 'opening' }
  /** The server has acknowledged all that was typed here. */
  | { readonly kind: 'saved' }
  /** Sent, or about to be; `waiting` changes are not acknowledged yet. */
  | { readonly kind: 'saving'; readonly waiting: number }
  /** No server; `waiting` changes stand on this device. */
  | { readonly kind: 'on-device'; readonly waiting: number }
  /** No server, and this device could not keep them either: only this open page has them. */
  | { readonly kind: 'only-here'; readonly waiting: number };

export interface BlockView {
  /** Null until the device's or the server's copy is there; absent for good without read access. */
  readonly replica: Replica | null;
  readonly access: Access;
  readonly save: SaveState;
  /** The server is connected and this room is open. */
  readonly live: boolean;
  /** Why this room cannot be opened, where that will not change by itself. */
  readonly refusal: CloseReason | null;
}

/** Words of a replica that ended before the server had them (SAVE-6); kept apart on the device. */
export interface KeptWords {
  readonly id: string;
  readonly blockId: string;
  readonly words: string;
  readonly reason: CloseReason;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface PersonHere {
  readonly person: Pick<Person, 'id' | 'name' | 'colour' | 'initials'>;
  /** The block they are in, or null. */
  readonly blockId: string | null;
  /** The text or value key of the field that they are in, or null. */
  readonly field: string | null;
}

/** The socket as a whole. */
export type Connection = 'connecting' | 'live' | 'offline';
