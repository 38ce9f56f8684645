import type { Access } from '../../shared/permissions/access.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';
import type { Actor } from '../audit/audit-chain.ts';
import type { RefusedInRoom } from '../audit/refused-rooms.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RoomAccess } from '../studies/room-access.ts';
import type { CaseRooms } from './case-rooms.ts';
import type { Compaction } from './compaction.ts';
import type { Openings } from './openings.ts';
import type { PersonAllowances } from './person-allowances.ts';
import type { Identity } from './room-presence.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { Turn } from './turn.ts';
import type { WriteBatch } from './write-batch.ts';

/** What every socket of the process shares. */
export interface Desk {
  readonly access: RoomAccess;
  readonly rooms: RoomRegistry;
  readonly caseRooms: CaseRooms;
  readonly batch: WriteBatch;
  readonly compaction: Compaction;
  readonly people: PersonAllowances;
  readonly openings: Openings;
  readonly turn: Turn;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of what is refused, for the records of who did what. */
  readonly refused: (refused: RefusedInRoom) => void;
  /** Told of a block that closes to somebody who had it open, because they may do something else there now. */
  readonly takenAway: (personId: string, blockId: string) => void;
}

/** Where a channel tells its socket what happened in the room. */
export interface ChannelSink {
  /** @param lineage empty for rooms without a document */
  opened(access: Access, lineage: string): void;
  /** @param message one y-websocket message */
  send(message: Uint8Array): void;
  saved(n: number): void;
  refused(n: number, reason: CloseReason): void;
  /** The channel is over. @param opened whether it had been open before */
  ended(reason: CloseReason, opened: boolean): void;
}

/** Bytes that one socket may leave waiting, over all of its channels. */
export class WaitingBytes {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns false when there is no room for them */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.#limit) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}

/** One room on one socket. */
export interface Channel {
  open(): void;
  /** @param payload y-websocket messages, one or several @returns how many they were */
  receive(payload: Uint8Array): number;
  /** Access may have changed: decided anew before anything else passes. */
  reconsider(): void;
  /** The socket has closed, or asked to leave the room. */
  leave(): void;
}

/** Who is at the other end. */
export interface Visitor {
  readonly identity: Identity;
  /** What may be done on this socket: less than its person's, where a token says so. */
  readonly access: RoomAccess;
  readonly actor: Actor & { readonly personId: string };
  readonly waiting: WaitingBytes;
  /** A room was opened, or something else asked for that is looked up. */
  opened(): void;
}
