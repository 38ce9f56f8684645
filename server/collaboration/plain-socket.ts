import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { ClientSocket } from './socket-session.ts';

/** The last of its message, binary: RFC 6455, section 5.2. */
const WHOLE_BINARY = 0x82;
/** In place of a length: one of two bytes follows, or one of eight. */
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/**
 * Makes frames of messages. A message that goes to many sockets one after another
 * is made into a frame once: what a server sends is not masked, and so is the same for all.
 */
export class ServerFrames {
  #message: Uint8Array | null = null;
  #frame: Buffer = Buffer.alloc(0);

  /** @param message not to be changed afterwards @returns its one frame, not to be changed either */
  of(message: Uint8Array): Buffer {
    if (message === this.#message) return this.#frame;
    this.#message = message;
    this.#frame = frameOf(message);
    return this.#frame;
  }
}

/** @returns the message as one unmasked frame, in bytes of its own */
export function frameOf(message: Uint8Array): Buffer {
  const { byteLength } = message;
  const headLength = byteLength < TWO_BYTES_FOLLOW ? 2 : byteLength < 2 ** 16 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + byteLength);
  frame[0] = WHOLE_BINARY;
  if (headLength === 2) {
    frame[1] = byteLength;
  } else if (headLength === 4) {
    frame[1] = TWO_BYTES_FOLLOW;
    frame.writeUInt16BE(byteLength, 2);
  } else {
    frame[1] = EIGHT_BYTES_FOLLOW;
    frame.writeBigUInt64BE(BigInt(byteLength), 2);
  }
  frame.set(message, headLength);
  return frame;
}

/**
 * A WebSocket of `ws` that sends a message as one piece, in one call of the system
 * instead of two buffers gathered. Nothing is compressed, so that `ws` holds nothing
 * back, and what it writes by itself (pings, pongs, its closing) stays in order.
 */
export class PlainSocket implements ClientSocket {
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;
  readonly #frames: ServerFrames;

  /** @param socket the one under it */
  constructor(webSocket: WebSocket, socket: Duplex, frames: ServerFrames) {
    if (webSocket.extensions !== '') throw new Error('a socket with extensions holds messages back');
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#frames = frames;
  }

  get bufferedAmount(): number {
    return this.#webSocket.bufferedAmount;
  }

  send(message: Uint8Array): void {
    // After its closing nothing more may be said; the session hears of that soon.
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#socket.write(this.#frames.of(message));
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  ping(): void {
    this.#webSocket.ping();
  }
}
