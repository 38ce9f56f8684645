import type { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import { frameOf, ServerFrames } from '../../server/collaboration/plain-socket.ts';

/** Its types leave this one out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { isServer: boolean; maxPayload: number }) => Writable;
};

/** What a receiver of `ws` makes of bytes. */
function received(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: false, maxPayload: 2 ** 24 });
    receiver.on('message', (data: Buffer) => resolve(data));
    receiver.on('error', reject);
    receiver.write(bytes);
  });
}

it('[SAVE-4] a message is one frame of whatever length, as a WebSocket reads it', async () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 4 * 2 ** 20]) {
    const message = new Uint8Array(length).map((_, at) => at);
    const read = await received(frameOf(message));
    expect(read.byteLength).toBe(length);
    expect(read.equals(message)).toBe(true);
  }
});

it('makes the frame of a message once, and another of another', () => {
  const frames = new ServerFrames();
  const message = Uint8Array.of(1, 2);
  const frame = frames.of(message);
  expect(frames.of(message)).toBe(frame);
  expect(frames.of(Uint8Array.of(3))).toEqual(Buffer.of(0x82, 1, 3));
  expect(frames.of(message)).toEqual(frame);
});
