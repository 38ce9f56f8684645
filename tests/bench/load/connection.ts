import { WebSocket } from 'ws';
import { within } from '../deadline.ts';
import type { BenchedServer } from '../servers/benched-server.ts';
import { NO_UPDATE } from './wire.ts';

const JOIN_WITHIN_MS = 60_000;

/** A stock client's socket on one room, as thin as it can be: it keeps no document. */
export class Connection {
  /** Told of every update once the room was joined; bytes are views into the frame. */
  onUpdate: ((update: Uint8Array) => void) | null = null;
  readonly room: string;
  readonly #server: BenchedServer;
  readonly #socket: WebSocket;
  readonly #joined: Promise<void>;

  /**
   * Opens the socket; `joined` tells when the room was answered.
   * @param port - another than the server's, where the way leads through a slow link
   * @param onUpdate - told of the answer to SyncStep1, too
   */
  constructor(
    server: BenchedServer,
    room: string,
    { port = server.process.port, onUpdate = null as ((update: Uint8Array) => void) | null } = {},
  ) {
    this.#server = server;
    this.room = room;
    const { path, protocols } = server.address(room);
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
      perMessageDeflate: false,
    });
    this.#joined = new Promise((resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.on('close', (code, reason) => reject(new Error(`${room}: closed ${code} ${reason}`)));
      this.#socket.on('open', () => this.#socket.send(server.wire.greeting(room)));
      this.#socket.on('message', (bytes: Buffer) => {
        for (const heard of server.wire.read(bytes)) {
          switch (heard.kind) {
            case 'admitted':
              this.#socket.send(server.wire.question(room));
              break;
            case 'question':
              this.#socket.send(server.wire.answer(room, NO_UPDATE));
              break;
            case 'answer':
              onUpdate?.(heard.update);
              resolve();
              break;
            case 'update':
              onUpdate?.(heard.update);
              this.onUpdate?.(heard.update);
              break;
            case 'refused':
              reject(new Error(`${room}: refused, ${heard.reason}`));
              break;
            case 'other':
              break;
          }
        }
      });
    });
    // Whoever waits for it is told; an end that nobody waits for is one's own.
    this.#joined.catch(() => {});
  }

  /** Resolves when SyncStep1 was answered. */
  joined(): Promise<void> {
    return within(JOIN_WITHIN_MS, `to join ${this.room}`, this.#joined);
  }

  send(update: Uint8Array): void {
    this.#socket.send(this.#server.wire.update(this.room, update));
  }

  /** Resolves when the server has closed it. */
  ended(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  /** Resolves when the socket is closed. */
  close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.terminate();
    return closed;
  }
}

/** Joins rooms, some at a time, so that the queue of the listening socket does not overflow. */
export async function joinAll(server: BenchedServer, rooms: readonly string[]): Promise<Connection[]> {
  const AT_ONCE = 50;
  const connections: Connection[] = [];
  for (let at = 0; at < rooms.length; at += AT_ONCE) {
    const some = rooms.slice(at, at + AT_ONCE).map((room) => new Connection(server, room));
    await Promise.all(some.map((connection) => connection.joined()));
    connections.push(...some);
  }
  return connections;
}

export async function closeAll(connections: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.close()));
}
