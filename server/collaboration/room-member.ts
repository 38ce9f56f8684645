import type { CloseReason } from '../../shared/protocol/control.ts';
import type { PresenceMember } from './room-presence.ts';

/** A socket in a block's room, as the room sees it. */
export interface RoomMember extends PresenceMember {
  /** Access is write or suggest, and the page knows the present schema (ACCESS-2). */
  readonly writes: boolean;
  /** Access is suggest: what it sends is looked at before it is taken. */
  readonly suggestsOnly: boolean;
  /** The n-th write of this member is on disk, or held nothing new. @param whole it was all that the replica had */
  stored(n: number, whole: boolean): void;
  /** To be called after `stored` was called for all of a batch. */
  tellSaved(): void;
  /** The n-th write builds on what never arrived. @returns whether the member may be asked for all it has */
  gap(n: number): boolean;
  /** The n-th write is not taken, now or later. */
  refuse(n: number, reason: CloseReason): void;
  /** Something new came from a member who may not write; it was dropped. */
  attempted(): void;
  /** The room has ended for this member, who has left it already. */
  end(reason: CloseReason): void;
}
