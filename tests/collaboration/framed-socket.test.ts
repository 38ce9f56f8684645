import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { FramedSocket } from '../../server/collaboration/framed-socket.ts';

/** Where the length of a payload is written in another way, and where it is not framed here any more. */
const LENGTHS = [0, 1, 125, 126, 127, 65_535, 16 * 1024, 16 * 1024 + 1, 70_000, 126, 0];

test('[INPUT-1] what is framed once for many arrives whole and in order, among what `ws` itself sends', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const come = async () => {
    const client = new WebSocket(url, { perMessageDeflate: false });
    const heard: Buffer[] = [];
    client.on('message', (bytes: Buffer) => heard.push(bytes));
    const [request, line, head] = (await once(server, 'upgrade')) as [IncomingMessage, Duplex, Buffer];
    const socket = await new Promise<WebSocket>((resolve) =>
      sockets.handleUpgrade(request, line, head, resolve),
    );
    return { client, heard, socket, framed: new FramedSocket(socket, line) };
  };
  const all = [await come(), await come()];
  const messages = LENGTHS.map((length, at) => new Uint8Array(length).fill(at));
  for (const [at, message] of messages.entries()) {
    for (const { framed } of all) {
      framed.send(message);
      if (at % 3 === 0) framed.ping();
    }
  }
  for (const { client, heard, socket, framed } of all) {
    framed.close(4403, 'no-access');
    // After its goodbye nothing may follow.
    framed.send(Uint8Array.of(1));
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(4403);
    expect(heard.map((bytes) => bytes.length)).toEqual(LENGTHS);
    expect(heard.every((bytes, at) => bytes.every((byte) => byte === at))).toBe(true);
    expect(socket.readyState).not.toBe(WebSocket.OPEN);
    framed.send(Uint8Array.of(1));
  }
  server.close();
});
