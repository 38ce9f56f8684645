import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { MANY_ROOMS_SUBPROTOCOL } from '../../../shared/protocol/control.ts';

export const BINARY = 2;
export const CONTINUED = 0;

/** A WebSocket of which every byte is written by hand. */
export class RawSocket {
  readonly socket: Socket;
  /** Resolves when the server has closed the line. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** Comes in as the page does, and reads nothing of what it is sent but that it is in. */
  static async open(server: { readonly url: string }, token: string): Promise<RawSocket> {
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.on('error', () => socket.destroy());
    const raw = new RawSocket(socket);
    socket.write(
      [
        'GET /collab HTTP/1.1',
        `Host: ${hostname}:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        `Sec-WebSocket-Protocol: ${MANY_ROOMS_SUBPROTOCOL}, casebook.token.${token}`,
        '\r\n',
      ].join('\r\n'),
    );
    const answer = await new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => resolve(data.toString('latin1')));
      socket.once('close', () => reject(new Error('it was not let in')));
    });
    if (!answer.startsWith('HTTP/1.1 101')) throw new Error(answer);
    socket.resume();
    return raw;
  }

  /** @returns false where the line is full, or gone */
  write(bytes: Uint8Array): boolean {
    return !this.socket.destroyed && this.socket.write(bytes);
  }

  /** Resolves once more can be written, or nothing ever will be. */
  async drained(): Promise<void> {
    if (this.socket.destroyed || !this.socket.writableNeedDrain) return;
    await Promise.race([
      new Promise<void>((resolve) => this.socket.once('drain', () => resolve())),
      this.closed,
    ]);
  }

  end(): void {
    this.socket.destroy();
  }
}

export interface FrameHead {
  readonly opcode: number;
  readonly length: number | bigint;
  readonly final?: boolean;
  readonly masked?: boolean;
  /** The three bits that no extension has given a meaning. */
  readonly reserved?: number;
}

/** The beginning of a frame, whatever follows; its mask is of zeros. */
export function frameHead({ opcode, length, final = true, masked = true, reserved = 0 }: FrameHead): Buffer {
  const mask = masked ? 0x80 : 0;
  const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const tail = Buffer.alloc(masked ? 4 : 0);
  if (typeof length === 'number' && length < 126)
    return Buffer.concat([Buffer.of(first, mask | length), tail]);
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.of(first, mask | 127), long, tail]);
}

export function frame(payload: Uint8Array): Buffer {
  return Buffer.concat([frameHead({ opcode: BINARY, length: payload.length }), payload]);
}
