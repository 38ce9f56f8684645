/** What is decided about a WebSocket before it is one. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../../shared/api/problem.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import {
  MANY_ROOMS_SUBPROTOCOL,
  SCHEMA_SUBPROTOCOL_PREFIX,
  STOCK_SUBPROTOCOL,
} from '../../shared/protocol/control.ts';
import { parseRoomName, type Room } from '../../shared/protocol/rooms.ts';

export type Wanted =
  | { readonly kind: 'many-rooms' }
  | {
      readonly kind: 'stock';
      readonly room: Exclude<Room, { kind: 'notes' }>;
      /** The client offers the present schema; without it, it reads. */
      readonly knowsSchema: boolean;
    };

/** @returns what the request asks for, or why there is nothing of the kind */
export function readWanted(request: IncomingMessage): Wanted | ProblemCode {
  const offered = offeredProtocols(request);
  const path = (request.url ?? '').split('?', 1)[0] as string;
  if (path === '/collab' || path === '/collab/') {
    return offered.includes(MANY_ROOMS_SUBPROTOCOL) ? { kind: 'many-rooms' } : 'bad-request';
  }
  if (!path.startsWith('/collab/')) return 'not-found';
  const room = parseRoomName(path.slice('/collab/'.length));
  if (!room || room.kind === 'notes') return 'not-found';
  const knowsSchema = offered.includes(`${SCHEMA_SUBPROTOCOL_PREFIX}${SCHEMA_VERSION}`);
  return { kind: 'stock', room: { kind: room.kind, id: room.id }, knowsSchema };
}

/** @returns the one to answer with: never one that carries a token; false for none */
export function chooseProtocol(offered: ReadonlySet<string>, path: string): string | false {
  const stock = path.startsWith('/collab/') && path !== '/collab/';
  if (!stock) return offered.has(MANY_ROOMS_SUBPROTOCOL) && MANY_ROOMS_SUBPROTOCOL;
  if (offered.has(STOCK_SUBPROTOCOL)) return STOCK_SUBPROTOCOL;
  return [...offered].find((name) => name.startsWith(SCHEMA_SUBPROTOCOL_PREFIX)) ?? false;
}

/**
 * A browser names the page that opens a socket, and sends cookies along whichever
 * page that is. So a cookie counts only for our own pages; programs, which name
 * none, bring a token.
 */
export function originOf(request: IncomingMessage, publicUrl: string): 'own' | 'foreign' | 'missing' {
  const { origin, host } = request.headers;
  if (origin === undefined) return 'missing';
  if (!URL.canParse(origin)) return 'foreign';
  const parsed = new URL(origin);
  if (parsed.origin === new URL(publicUrl).origin) return 'own';
  // Reached under another name than PUBLIC_URL's, as on the machine itself.
  return parsed.host === host && /^https?:$/.test(parsed.protocol) ? 'own' : 'foreign';
}

function offeredProtocols(request: IncomingMessage): string[] {
  const header = request.headers['sec-websocket-protocol'] ?? '';
  return header.split(',').map((name) => name.trim());
}

const TITLES: Partial<Record<ProblemCode, readonly [title: string, detail: string]>> = {
  'bad-request': ['Bad request', 'This address is for the page of this service.'],
  'no-access': ['Forbidden', 'This address may be used by the pages of this service alone.'],
  'not-found': ['Not found', 'There is nothing at this address.'],
  unavailable: ['Unavailable', 'Too much is going on; try again a little later.'],
  internal: ['Internal error', 'Something went wrong here; try again a little later.'],
};

/** Answers an upgrade with a problem, and closes. */
export function refuseUpgrade(socket: Duplex, code: ProblemCode): void {
  const status = PROBLEM_STATUS[code];
  const [title, detail] = TITLES[code] ?? [code, ''];
  const problem: Problem = { type: 'about:blank', title, status, code, detail };
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${title}`,
      'Connection: close',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
