import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { MESSAGE_SYNC } from '../../shared/protocol/frames.ts';
import { syncMessage } from '../support/wire.ts';
import type { Line } from './line.ts';

/** Somebody else's editor on the protocol of y-websocket, with one replica for all its connections. */
export class Stranger {
  readonly personId: string;
  readonly doc = new Y.Doc();
  readonly #connect: (protocols: readonly string[]) => Line;
  #line: Line | null = null;
  /** Why it does not come back. */
  refusal: string | null = null;

  constructor(personId: string, connect: (protocols: readonly string[]) => Line) {
    this.personId = personId;
    this.#connect = connect;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#line?.send(syncMessage((encoder) => writeUpdate(encoder, update)));
    });
  }

  /** Comes, or comes back, unless it was turned away for good. */
  come(): void {
    if (this.#line || this.refusal) return;
    const line = this.#connect(['y-websocket', `casebook.schema.${SCHEMA_VERSION}`]);
    this.#line = line;
    line.onopen = () => line.send(syncMessage((encoder) => writeSyncStep1(encoder, this.doc)));
    line.onmessage = ({ data }) => this.#hear(line, new Uint8Array(data));
    line.onclose = ({ code, reason }) => {
      this.#line = null;
      if (code >= 4400 && code < 4500) this.refusal = reason;
    };
  }

  /** Says again what it said last; a network of its own making. */
  repeat(): void {
    const last = this.#line?.up.at(-1);
    if (last && last !== 'gone') this.#line?.send(last.payload);
  }

  go(): void {
    this.#line?.close();
    this.#line = null;
  }

  #hear(line: Line, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    readSyncMessage(decoder, encoder, this.doc, this);
    if (encoding.length(encoder) > 1) line.send(encoding.toUint8Array(encoder));
  }
}
