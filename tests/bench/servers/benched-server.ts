import type { Wire } from '../load/wire.ts';
import type { ServerProcess } from './server-process.ts';

export const SERVERS = ['casebook', 'hocuspocus', 'y-websocket', 'relay'] as const;
export type ServerName = (typeof SERVERS)[number];

/** Rooms on disk, each with one paragraph, before anything is measured. */
export const PLANTED_ROOMS = 10_000;

/** Where a socket is opened. */
export interface Address {
  /** With the slash at its beginning. */
  readonly path: string;
  readonly protocols: readonly string[];
}

/** What the load needs to know of a server; nothing of it is measured here. */
export interface BenchedServer {
  readonly name: ServerName;
  readonly process: ServerProcess;
  /** Whether it keeps what is written, so that a restart can be asked about it. */
  readonly keeps: boolean;
  readonly wire: Wire;
  /** Rooms that may be joined; those of one case stand at the beginning. */
  readonly rooms: readonly string[];
  /** How many rooms a case of one school has. */
  readonly roomsOfCase: number;
  /** Of a stock client's socket on one room. */
  address(room: string): Address;
  /** Of a socket for many rooms that is told what was saved; null where there is none. */
  readonly manyRooms: Address | null;
  /** Where it decides who may do what. */
  readonly access: AccessLever | null;
  /** Ends it, and deletes what it kept. */
  close(): Promise<void>;
}

/** How those who run a study touch who may do what. */
export interface AccessLever {
  /** Has every open room decided anew, for nobody to do anything else than before. */
  reconsider(): Promise<void>;
  /** The same kind of call, after which nothing is decided anew. */
  otherwise(): Promise<void>;
  /** Takes writing in the room's case from everybody; resolves once it is answered. */
  revoke(room: string): Promise<void>;
  giveBack(room: string): Promise<void>;
}

/** Where, and how, an adapter starts its server. */
export interface Place {
  readonly core: number | null;
  readonly profiles?: string | undefined;
}
