import type { Duplex } from 'node:stream';

/**
 * Answers bytes that were no request, or not all of one, and closes. Browsers open
 * sockets ahead of need: the first call on one that has just run out of time would be
 * shown whatever stands here, so that says what happened; browsers ask anew after a 408.
 * @param error as the HTTP server's `clientError` has it
 */
export function answerUnread(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable) return;
  socket.end(`HTTP/1.1 ${statusFor(error.code)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Codes are Node's own. */
function statusFor(code: string | undefined): string {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return '408 Request Timeout';
    case 'HPE_HEADER_OVERFLOW':
      return '431 Request Header Fields Too Large';
    default:
      return '400 Bad Request';
  }
}
