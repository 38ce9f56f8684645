import type { BenchedServer } from '../servers/benched-server.ts';
import { Connection } from './connection.ts';
import { ManyRoomsConnection } from './many-rooms-connection.ts';

/** Somebody who writes in one room: through the page's own socket where there is one. */
export interface Writer {
  /** Whether it is told what was saved. */
  readonly acknowledged: boolean;
  /** Told how many of its updates are on disk. */
  onSaved: ((updates: number) => void) | null;
  send(update: Uint8Array): void;
  close(): Promise<void>;
}

/** @returns somebody who has joined the room */
export async function joinAsWriter(server: BenchedServer, room: string): Promise<Writer> {
  if (!server.manyRooms) {
    const connection = new Connection(server, room);
    await connection.joined();
    return {
      acknowledged: false,
      onSaved: null,
      send: (update) => connection.send(update),
      close: () => connection.close(),
    };
  }
  const connection = new ManyRoomsConnection(server);
  await connection.join([room]);
  const writer: Writer = {
    acknowledged: true,
    onSaved: null,
    send: (update) => connection.send(room, update),
    close: () => connection.close(),
  };
  connection.onSaved = (_room, updates) => writer.onSaved?.(updates);
  return writer;
}
