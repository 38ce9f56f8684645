/** What a server says in a room, as far as the load needs it. Bytes are views into the frame. */
export type Heard =
  /** May be written to and asked from now on; only where a server says so. */
  | { readonly kind: 'admitted' }
  /** SyncStep1. */
  | { readonly kind: 'question' }
  /** SyncStep2. */
  | { readonly kind: 'answer'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Presence, acknowledgements and what else is of no matter here. */
  | { readonly kind: 'other' };

/** How messages of a room look on a socket: pure, from values to bytes and back. */
export interface Wire {
  /** What is sent as soon as the socket is open. */
  greeting(room: string): Uint8Array;
  /** SyncStep1 of somebody who has nothing, where the greeting was not that already. */
  question(room: string): Uint8Array;
  /** SyncStep2. */
  answer(room: string, update: Uint8Array): Uint8Array;
  update(room: string, update: Uint8Array): Uint8Array;
  /** @throws RangeError on what is no message */
  read(bytes: Uint8Array): Heard[];
}

/** State vector of somebody who has nothing. */
export const NO_STATE = Uint8Array.of(0);
/** An update that holds nothing. */
export const NO_UPDATE = Uint8Array.of(0, 0);
