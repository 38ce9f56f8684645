import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import type * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { MANY_ROOMS_SUBPROTOCOL } from '../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  MESSAGE_SYNC,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../shared/protocol/frames.ts';
import { syncMessage } from '../support/wire.ts';

const CHANNEL = 1;

/** One room over the page's own protocol, on a real socket; tells what the server says is saved. */
export class LivePage {
  readonly doc: Y.Doc;
  readonly #socket: WebSocket;
  readonly #onSaved: (n: number) => void;
  #writes = 0;

  /** @param onSaved told how many of this page's writes are on disk */
  constructor(
    server: { readonly url: string },
    blockId: string,
    token: string,
    doc: Y.Doc,
    onSaved: (n: number) => void,
  ) {
    this.doc = doc;
    this.#onSaved = onSaved;
    const url = `${server.url.replace('http', 'ws')}/collab`;
    this.#socket = new WebSocket(url, [MANY_ROOMS_SUBPROTOCOL, `casebook.token.${token}`]);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.on('error', () => {});
    this.#socket.on('open', () => {
      const room = `block/${blockId}`;
      this.#socket.send(writeControl({ t: 'open', channel: CHANNEL, room, schema: SCHEMA_VERSION }));
      this.#say(syncMessage((encoder) => writeSyncStep1(encoder, doc)));
      doc.on('update', this.#onUpdate);
    });
    this.#socket.on('message', (data) => this.#hear(new Uint8Array(data as ArrayBuffer)));
    this.#socket.on('close', () => doc.off('update', this.#onUpdate));
  }

  /** Writes that were sent so far. */
  get writes(): number {
    return this.#writes;
  }

  /** Resolves when the line is down, by whoever's doing. */
  closed(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
    });
  }

  end(): void {
    this.#socket.terminate();
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return;
    this.#writes += 1;
    this.#say(syncMessage((encoder) => writeUpdate(encoder, update)));
  };

  #say(message: Uint8Array): void {
    this.#socket.send(writeFrame(CHANNEL, message));
  }

  #hear(bytes: Uint8Array): void {
    const { channel, payload } = readFrame(bytes);
    if (channel === CONTROL_CHANNEL) {
      const message = readServerControl(payload);
      if (message.t === 'saved') this.#onSaved(message.n);
      return;
    }
    const decoder = decoding.createDecoder(payload);
    if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    readSyncMessage(decoder, encoder, this.doc, this);
    if (encoding.length(encoder) === 1) return;
    this.#writes += 1;
    this.#say(encoding.toUint8Array(encoder));
  }
}
