import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { answerUnread } from '../../server/http/unread-requests.ts';

let close: (() => void) | null = null;
afterEach(() => close?.());

/** What a server answers to bytes that it cannot read. */
async function answerTo(bytes: string): Promise<string> {
  const server = createServer({ maxHeaderSize: 1_000 }, (_request, response) => response.end());
  server.on('clientError', answerUnread);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  close = () => server.close();
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  let heard = '';
  for await (const chunk of socket) heard += String(chunk);
  return heard;
}

function statusOf(code?: string): string {
  const socket = new PassThrough();
  answerUnread(Object.assign(new Error('unread'), { code }), socket);
  return String(socket.read()).split('\r\n')[0] ?? '';
}

describe('[INPUT-1] bytes that are no whole request', () => {
  it('of a socket that was opened ahead and ran out of time say so, and browsers ask anew', () => {
    expect(statusOf('ERR_HTTP_REQUEST_TIMEOUT')).toBe('HTTP/1.1 408 Request Timeout');
  });

  it('with headers past the bound are told that', async () => {
    const answer = await answerTo(`GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(2_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 .*\r\nConnection: close\r\n/);
  });

  it('of any other kind are a bad request', async () => {
    expect(await answerTo('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*\r\nConnection: close\r\n/);
  });

  it('on a socket that is gone get no answer', () => {
    const socket = new PassThrough();
    socket.end();
    expect(() => answerUnread(new Error('unread'), socket)).not.toThrow();
  });
});
