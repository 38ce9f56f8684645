import type { IncomingMessage } from 'node:http';
import { TOKEN_SUBPROTOCOL_PREFIX } from '../../shared/protocol/control.ts';
import type { Actor } from '../audit/audit-chain.ts';
import { addressBlock, addressOf } from '../http/addresses.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { tokenHash } from './hashing.ts';
import type { Sessions } from './sessions.ts';
import { readReach } from './tokens.ts';

/** Who a request comes from, as the server knows it. */
export interface SignedIn {
  readonly personId: string;
  /** The session's or the token's id: what `signed-out` on the bus names. */
  readonly credentialId: string;
  readonly via: 'session' | 'token';
  /** Of a token that reaches less far than its person; absent where it is as good as they are. */
  readonly scope?: TokenScope;
  /** Of a token that runs out, milliseconds since 1970. */
  readonly expiresAt?: number;
}

export interface TokenScope {
  readonly writes: boolean;
  /** The one study that it opens; null for all. */
  readonly studyId: string | null;
}

/** @returns who acts by a request, as records tell it */
export function actorOf(request: IncomingMessage, by: SignedIn): Actor & { readonly personId: string };
export function actorOf(request: IncomingMessage, by: SignedIn | null): Actor;
export function actorOf(request: IncomingMessage, by: SignedIn | null): Actor {
  return {
    personId: by?.personId ?? null,
    way: by?.via === 'token' ? 'token' : 'page',
    tokenId: by?.via === 'token' ? by.credentialId : null,
    from: addressBlock(addressOf(request)),
  };
}

export interface Authentication {
  /**
   * Reads the session cookie, `Authorization: Bearer <token>`, or a
   * `casebook.token.<token>` entry of `Sec-WebSocket-Protocol`. A token that is
   * offered and not valid is an answer of its own: the cookie is not tried.
   * @returns null for nobody
   */
  ofRequest(request: IncomingMessage): Promise<SignedIn | null>;
}

/** How long the last use of a token may be out of date, in milliseconds: it spares a write per call. */
const LAST_USE_PRECISION = 60_000;

export function createAuthentication(
  parts: { readonly records: RecordStore; readonly clock: Clock; readonly log: Log },
  sessions: Sessions,
): Authentication {
  // A disk that is full keeps nobody from reading.
  const noteUse = async (id: string, now: number): Promise<void> => {
    try {
      const use = parts.records.read.updateTable('api_tokens').set({ last_used_at: now });
      await use.where('id', '=', id).execute();
    } catch (cause) {
      parts.log.warn('the use of a token could not be noted', { token: id }, cause);
    }
  };
  const ofToken = async (token: string): Promise<SignedIn | null> => {
    const records = parts.records.read;
    const row = await records
      .selectFrom('api_tokens')
      .select(['id', 'user_id', 'last_used_at', 'reach', 'study_id', 'expires_at'])
      .where('token_hash', '=', tokenHash(token))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    const now = parts.clock.now();
    if (!row || (row.expires_at !== null && row.expires_at <= now)) return null;
    if (row.last_used_at === null || now - row.last_used_at >= LAST_USE_PRECISION) {
      await noteUse(row.id, now);
    }
    const writes = readReach(row.reach) === 'writes';
    return {
      personId: row.user_id,
      credentialId: row.id,
      via: 'token',
      ...((!writes || row.study_id !== null) && { scope: { writes, studyId: row.study_id } }),
      ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    };
  };

  return {
    async ofRequest(request) {
      const token = offeredToken(request);
      if (token !== null) return ofToken(token);
      const session = await sessions.read(request);
      return session && { personId: session.personId, credentialId: session.sessionId, via: 'session' };
    },
  };
}

/** @returns whether the request brings a token, so that no cookie speaks for it */
export function bringsToken(request: IncomingMessage): boolean {
  return offeredToken(request) !== null;
}

function offeredToken(request: IncomingMessage): string | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  // A header that only means something on an upgrade; elsewhere it stands for nothing.
  if (request.headers.upgrade === undefined) return null;
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const entry = offered.find((name) => name.startsWith(TOKEN_SUBPROTOCOL_PREFIX));
  return entry === undefined ? null : entry.slice(TOKEN_SUBPROTOCOL_PREFIX.length);
}
