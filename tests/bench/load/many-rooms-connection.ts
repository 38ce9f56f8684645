import { WebSocket } from 'ws';
import { SCHEMA_VERSION } from '../../../shared/document/schema-version.ts';
import type { ServerControl } from '../../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../../shared/protocol/frames.ts';
import { within } from '../deadline.ts';
import type { BenchedServer } from '../servers/benched-server.ts';
import { stockWire } from './stock-wire.ts';
import { NO_UPDATE } from './wire.ts';

const JOIN_WITHIN_MS = 60_000;

interface Joining {
  readonly room: string;
  readonly resolve: () => void;
  readonly reject: (cause: Error) => void;
}

/** The page's own socket, on many rooms of ours, keeping no document either. */
export class ManyRoomsConnection {
  /** Told how many of the updates sent to a room are on disk. */
  onSaved: ((room: string, updates: number) => void) | null = null;
  readonly #socket: WebSocket;
  readonly #opened: Promise<void>;
  readonly #channels = new Map<string, number>();
  readonly #joinings = new Map<number, Joining>();
  /** Writes of each channel that are no updates: answers to the server's SyncStep1, sent before any update. */
  readonly #answers = new Map<number, number>();

  /** @param port - another than the server's, where the way leads through a slow link */
  constructor(server: BenchedServer, port = server.process.port) {
    if (!server.manyRooms) throw new Error(`${server.name} has no socket for many rooms`);
    const { path, protocols } = server.manyRooms;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
      perMessageDeflate: false,
    });
    this.#opened = new Promise((resolve, reject) => {
      this.#socket.on('open', () => resolve());
      this.#socket.on('error', reject);
    });
    this.#socket.on('close', (code, reason) => this.#fail(new Error(`closed ${code} ${reason}`)));
    this.#socket.on('message', (bytes: Buffer) => {
      const { channel, payload } = readFrame(bytes);
      if (channel === CONTROL_CHANNEL) this.#hear(readServerControl(payload));
      else this.#read(channel, payload);
    });
  }

  /** Opens rooms, all at once, and resolves when all have been answered. */
  async join(rooms: readonly string[]): Promise<void> {
    await this.#opened;
    const joined = rooms.map(
      (room) =>
        new Promise<void>((resolve, reject) => {
          const channel = this.#channels.size + 1;
          this.#channels.set(room, channel);
          this.#joinings.set(channel, { room, resolve, reject });
          this.#socket.send(writeControl({ t: 'open', channel, room, schema: SCHEMA_VERSION }));
          this.#socket.send(writeFrame(channel, stockWire.greeting(room)));
        }),
    );
    await within(JOIN_WITHIN_MS, `to join ${rooms.length} rooms`, Promise.all(joined));
  }

  send(room: string, update: Uint8Array): void {
    this.#socket.send(writeFrame(this.#channels.get(room) as number, stockWire.update(room, update)));
  }

  close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.terminate();
    return closed;
  }

  #read(channel: number, payload: Uint8Array): void {
    for (const heard of stockWire.read(payload)) {
      if (heard.kind === 'question') {
        this.#answers.set(channel, (this.#answers.get(channel) ?? 0) + 1);
        this.#socket.send(writeFrame(channel, stockWire.answer('', NO_UPDATE)));
      } else if (heard.kind === 'answer') {
        this.#joinings.get(channel)?.resolve();
      }
    }
  }

  #hear(control: ServerControl): void {
    switch (control.t) {
      case 'saved': {
        const room = this.#joinings.get(control.channel)?.room ?? '';
        this.onSaved?.(room, control.n - (this.#answers.get(control.channel) ?? 0));
        break;
      }
      case 'denied':
      case 'closed':
      case 'refused':
        this.#fail(new Error(`channel ${control.channel}: ${control.t}, ${control.reason}`));
        break;
      case 'welcome':
      case 'opened':
      case 'changed':
      case 'alive':
        break;
    }
  }

  #fail(cause: Error): void {
    for (const { reject } of this.#joinings.values()) reject(cause);
  }
}
