/**
 * Control messages of the many-rooms socket: JSON on channel 0 (see PROTOCOL.md).
 * The server trusts none of what it reads here; see `server/collaboration`.
 */
import type { Access } from '../permissions/access.ts';

/** Counts up with every change that an older page could not follow. */
export const PROTOCOL_VERSION = 1;
export const MANY_ROOMS_SUBPROTOCOL = 'casebook.1';
export const TOKEN_SUBPROTOCOL_PREFIX = 'casebook.token.';
export const SCHEMA_SUBPROTOCOL_PREFIX = 'casebook.schema.';
export const STOCK_SUBPROTOCOL = 'y-websocket';

/** Why a room is not, or no longer, open to this socket. */
export const CLOSE_REASONS = [
  'not-signed-in',
  'not-found',
  'no-access',
  'access-changed',
  'locked',
  'outdated-page',
  'lineage',
  'too-large',
  'not-a-suggestion',
  'too-many',
  'bad-message',
  'load-failed',
  'store-failed',
  'too-slow',
  'stopping',
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Reasons after which trying again cannot help: the replica ends by SAVE-6. */
const PERMANENT: ReadonlySet<CloseReason> = new Set<CloseReason>([
  'not-signed-in',
  'not-found',
  'no-access',
  'access-changed',
  'locked',
  'outdated-page',
  'lineage',
  'too-large',
  'not-a-suggestion',
]);

export function isPermanent(reason: CloseReason): boolean {
  return PERMANENT.has(reason);
}

/** WebSocket close code of a stock client's socket: 44xx stops it for good, 45xx lets it try again. */
export function closeCode(reason: CloseReason): number {
  return isPermanent(reason) ? 4403 : 4503;
}

export type ClientControl =
  /** Ask for a room on a channel of the client's choosing, 1 to 2^31-1, not in use. */
  | { readonly t: 'open'; readonly channel: number; readonly room: string; readonly schema: number }
  | { readonly t: 'close'; readonly channel: number }
  /**
   * Be told when records behind a topic change: `case/<id>`, `study/<id>`, `threads/<case id>` (the
   * team's), `person/<own id>` (what is shared with oneself), `own-threads/<own id>` (at a school,
   * the threads that one reads; for everybody, how far one has read).
   */
  | { readonly t: 'follow'; readonly topic: string }
  | { readonly t: 'unfollow'; readonly topic: string };

export type ServerControl =
  /** First frame after the upgrade. `build` changes with every release of the page. */
  | { readonly t: 'welcome'; readonly protocol: number; readonly schema: number; readonly personId: string }
  | {
      readonly t: 'opened';
      readonly channel: number;
      readonly access: Access;
      /** Changes when the block's past was rewritten (restore, erasure); empty for rooms without a document. */
      readonly lineage: string;
    }
  | { readonly t: 'denied'; readonly channel: number; readonly reason: CloseReason }
  | { readonly t: 'closed'; readonly channel: number; readonly reason: CloseReason }
  /** The first `n` sync writes (SyncStep2 or Update) sent on this channel since it was opened are on disk. */
  | { readonly t: 'saved'; readonly channel: number; readonly n: number }
  /** The n-th sync write was not taken; nothing after it is acknowledged until the replica was renewed. */
  | { readonly t: 'refused'; readonly channel: number; readonly n: number; readonly reason: CloseReason }
  | { readonly t: 'changed'; readonly topic: string }
  /** Sent when nothing else was for some seconds, so that the page can tell a live socket from a dead one. */
  | { readonly t: 'alive' };
