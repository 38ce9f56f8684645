/** A WebSocket in memory, from handshake to close: every frame waits until it is let through. */
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import type { Collaboration } from '../../server/collaboration/collaboration.ts';
import { TEST_PERSON_HEADER } from '../support/parts.ts';

const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const FINAL = 0x80;
const MASKED = 0x80;
/** How the answer to a handshake ends. */
const HEAD_END = '\r\n\r\n';
const ORIGIN = 'http://127.0.0.1:4400';

type Frame = { readonly opcode: number; readonly payload: Buffer } | 'gone';

/** The server's side of the connection. */
class ServerEnd extends Duplex {
  readonly #heard: (bytes: Buffer) => void;
  constructor(heard: (bytes: Buffer) => void) {
    super({ allowHalfOpen: false });
    this.#heard = heard;
  }
  override _read(): void {}
  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#heard(bytes);
    done();
  }
  override _final(done: () => void): void {
    done();
  }
}

/** The client's side, as `new WebSocket` gives it. */
export class Line {
  binaryType = 'arraybuffer';
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  readonly personId: string;
  /** Frames on their way. */
  readonly up: Frame[] = [];
  readonly down: Frame[] = [];
  readonly #server: ServerEnd;
  #read = Buffer.alloc(0);
  #shaken = false;
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(collaboration: Collaboration, personId: string, path: string, protocols: readonly string[]) {
    this.personId = personId;
    this.#server = new ServerEnd((bytes) => this.#hear(bytes));
    this.#server.on('error', () => {});
    this.#server.on('close', () => {
      if (this.#state !== 'closed') this.down.push('gone');
    });
    const request = {
      method: 'GET',
      url: path,
      headers: {
        host: '127.0.0.1:4400',
        origin: ORIGIN,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'c2ltdWxhdGVkIHNvY2tldA==',
        'sec-websocket-protocol': protocols.join(', '),
        [TEST_PERSON_HEADER]: personId,
      },
    };
    collaboration.handleUpgrade(request as unknown as IncomingMessage, this.#server, Buffer.alloc(0));
  }

  get isOver(): boolean {
    return this.#state === 'closed';
  }

  send(payload: Uint8Array): void {
    if (this.#state === 'open') this.up.push({ opcode: BINARY, payload: Buffer.from(payload) });
  }

  /** What was sent before still arrives. */
  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.up.push('gone');
  }

  /** Lets the oldest frame through to the server. @returns whether there was any */
  stepUp(): boolean {
    const frame = this.up.shift();
    if (!frame) return false;
    if (frame === 'gone') this.#end();
    else this.#server.push(encode(frame.opcode, frame.payload));
    return true;
  }

  /** Lets the oldest frame through to the client. @returns whether there was any */
  stepDown(): boolean {
    const frame = this.down.shift();
    if (!frame) return false;
    if (frame === 'gone') this.#lost(1006, '');
    else if (frame.opcode === BINARY) this.#give(frame.payload);
    else if (frame.opcode === PING) this.up.push({ opcode: PONG, payload: frame.payload });
    else if (frame.opcode === CLOSE) {
      const code = frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 1005;
      this.#lost(code, frame.payload.subarray(2).toString());
    }
    return true;
  }

  /** The oldest message on its way to the client comes again later. */
  repeatDown(): void {
    const frame = this.down[0];
    // What the server counts is counted once on a connection; what it tells of the text may be repeated.
    if (frame && frame !== 'gone' && frame.opcode === BINARY && frame.payload[0] !== 0) this.down.push(frame);
  }

  /** The connection breaks: what is under way in either direction is lost. */
  cut(): void {
    if (this.#state !== 'closed') this.#lost(1006, '');
  }

  #give(payload: Buffer): void {
    if (this.#state === 'open') this.onmessage?.({ data: new Uint8Array(payload).buffer });
  }

  #lost(code: number, reason: string): void {
    const told = this.#state === 'open';
    this.#end();
    if (told) this.onclose?.({ code, reason });
  }

  #end(): void {
    this.#state = 'closed';
    this.up.length = 0;
    this.down.length = 0;
    this.#server.destroy();
  }

  #hear(bytes: Buffer): void {
    if (this.#state === 'closed') return;
    this.#read = Buffer.concat([this.#read, bytes]);
    if (!this.#shaken) {
      const end = this.#read.indexOf(HEAD_END);
      if (end < 0) return;
      const shaken = this.#read.subarray(0, end).toString().startsWith('HTTP/1.1 101');
      this.#read = this.#read.subarray(end + HEAD_END.length);
      this.#shaken = true;
      if (!shaken) {
        this.down.push('gone');
        return;
      }
      queueMicrotask(() => this.onopen?.({ type: 'open' }));
    }
    for (let frame = this.#next(); frame; frame = this.#next()) this.down.push(frame);
  }

  #next(): Frame | null {
    const bytes = this.#read;
    if (bytes.length < 2) return null;
    const opcode = (bytes[0] as number) & 0x0f;
    const short = (bytes[1] as number) & 0x7f;
    const header = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < header) return null;
    const length =
      short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < header + length) return null;
    this.#read = bytes.subarray(header + length);
    return { opcode, payload: Buffer.from(bytes.subarray(header, header + length)) };
  }
}

/** One frame of a client. Its mask is of zeros: nobody is between who could be confused. */
function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 6 : length < 65_536 ? 8 : 14);
  header[0] = FINAL | opcode;
  if (length < 126) {
    header[1] = MASKED | length;
  } else if (length < 65_536) {
    header[1] = MASKED | 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = MASKED | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}
