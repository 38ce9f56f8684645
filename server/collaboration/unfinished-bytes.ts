import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** A frame with less than 126 bytes from a client: two bytes, and four of the mask. */
const SHORT_HEAD_BYTES = 6;

/**
 * Counts what arrived since the last message came to its end.
 * @param told after each piece, once the frames in it were handled; what follows a message within the same
 *   piece is left out, and is 64 KiB at most
 */
export function countUnfinished(webSocket: WebSocket, socket: Duplex, told: (bytes: number) => void): void {
  let unfinished = 0;
  let isFinished = false;
  const control = (data: Buffer) => {
    unfinished -= data.length + SHORT_HEAD_BYTES;
  };
  webSocket.on('message', () => {
    isFinished = true;
  });
  webSocket.on('ping', control);
  webSocket.on('pong', control);
  socket.on('data', (piece: Buffer) => {
    unfinished = isFinished ? 0 : unfinished + piece.length;
    isFinished = false;
    told(Math.max(0, unfinished));
  });
}
