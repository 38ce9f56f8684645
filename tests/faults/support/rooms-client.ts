import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../../shared/document/schema-version.ts';
import {
  type ClientControl,
  MANY_ROOMS_SUBPROTOCOL,
  type ServerControl,
} from '../../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  MESSAGE_SYNC,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../../shared/protocol/frames.ts';
import { syncMessage } from '../../support/wire.ts';

interface OpenRoom {
  readonly doc: Y.Doc;
  readonly onUpdate: (update: Uint8Array, origin: unknown) => void;
  synced: boolean;
  writes: number;
  saved: number;
}

/** The page's protocol on a real socket, with a bare replica for each room. */
export class RoomsClient {
  readonly socket: WebSocket;
  readonly controls: ServerControl[] = [];
  /** Set once the line is down. */
  end: { readonly code: number; readonly reason: string } | null = null;
  onControl: (message: ServerControl) => void = () => {};
  /** Frames that hold no sync message. */
  onOther: (channel: number, payload: Uint8Array) => void = () => {};
  readonly #rooms = new Map<number, OpenRoom>();
  readonly #waiting = new Set<() => void>();

  private constructor(url: string, token: string) {
    const protocols = [MANY_ROOMS_SUBPROTOCOL, `casebook.token.${token}`];
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/collab`, protocols);
    this.socket.binaryType = 'arraybuffer';
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => {
      this.#hear(new Uint8Array(data as ArrayBuffer));
      this.#look();
    });
    this.socket.on('close', (code, reason) => {
      this.end = { code, reason: reason.toString() };
      for (const { doc, onUpdate } of this.#rooms.values()) doc.off('update', onUpdate);
      this.#look();
    });
  }

  /** Resolves once the server has welcomed it, or closed. */
  static async connect(server: { readonly url: string }, token: string): Promise<RoomsClient> {
    const client = new RoomsClient(server.url, token);
    await client.until(() => client.controls.some(({ t }) => t === 'welcome') || client.end !== null);
    return client;
  }

  /** Opens a block and begins to sync. */
  open(channel: number, blockId: string, doc = new Y.Doc()): Y.Doc {
    const onUpdate = (update: Uint8Array, origin: unknown) => {
      if (origin !== this)
        this.write(
          channel,
          syncMessage((encoder) => writeUpdate(encoder, update)),
        );
    };
    this.#rooms.set(channel, { doc, onUpdate, synced: false, writes: 0, saved: 0 });
    this.control({ t: 'open', channel, room: `block/${blockId}`, schema: SCHEMA_VERSION });
    this.say(
      channel,
      syncMessage((encoder) => writeSyncStep1(encoder, doc)),
    );
    doc.on('update', onUpdate);
    return doc;
  }

  control(message: ClientControl): void {
    this.#send(writeControl(message));
  }

  /** Says something that the server does not count. */
  say(channel: number, message: Uint8Array): void {
    this.#send(writeFrame(channel, message));
  }

  /** Says something that the server counts as a write. */
  write(channel: number, message: Uint8Array): void {
    const room = this.#rooms.get(channel);
    if (room) room.writes += 1;
    this.say(channel, message);
  }

  isSynced(channel: number): boolean {
    return this.#rooms.get(channel)?.synced ?? false;
  }

  /** Writes of a channel that are on disk, and that were sent. */
  saved(channel: number): { readonly saved: number; readonly writes: number } {
    const { saved = 0, writes = 0 } = this.#rooms.get(channel) ?? {};
    return { saved, writes };
  }

  isSaved(channel: number): boolean {
    const { saved, writes } = this.saved(channel);
    return saved === writes;
  }

  /** Resolves once it is so, now or after something was heard. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.socket.terminate();
  }

  #send(bytes: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #hear(bytes: Uint8Array): void {
    const { channel, payload } = readFrame(bytes);
    if (channel === CONTROL_CHANNEL) {
      const message = readServerControl(payload);
      this.controls.push(message);
      const room = message.t === 'saved' ? this.#rooms.get(message.channel) : undefined;
      if (room && message.t === 'saved') room.saved = message.n;
      this.onControl(message);
      return;
    }
    const room = this.#rooms.get(channel);
    const decoder = decoding.createDecoder(payload);
    if (!room || decoding.readVarUint(decoder) !== MESSAGE_SYNC) {
      this.onOther(channel, payload);
      return;
    }
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    const kind = readSyncMessage(decoder, encoder, room.doc, this);
    if (kind === 1) room.synced = true;
    if (encoding.length(encoder) > 1) this.write(channel, encoding.toUint8Array(encoder));
  }
}
