import type { IncomingMessage } from 'node:http';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { isErased } from './people.ts';

/** Days after which an unused session ends; each use on another day starts them anew. */
export const SESSION_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;

export interface OpenSession {
  readonly sessionId: string;
  readonly personId: string;
}

/** Values of `Set-Cookie`, to be added to the response as they are. */
export type Cookies = readonly string[];

export interface Sessions {
  /**
   * Signs somebody in; whoever calls has made sure who it is.
   * @throws Refusal `not-signed-in` where the account was deleted meanwhile
   * @param label by which the person knows the device
   * @param alongside what is to be kept with it, or not at all
   */
  begin(personId: string, label?: string, alongside?: Alongside): Promise<Cookies>;
  /**
   * Gives a session that goes on a new cookie; the old one opens nothing any more,
   * and sockets that are open stay.
   * @param alongside what is to be kept with it, or not at all
   * @returns null where the session has ended meanwhile, and nothing was kept
   */
  renew(session: OpenSession, alongside?: Alongside): Promise<Cookies | null>;
  /** Who the request's cookie stands for; never prolongs. */
  read(request: IncomingMessage): Promise<OpenSession | null>;
  /** Prolongs the session of the request's cookie where that is due. */
  prolong(request: IncomingMessage): Promise<Cookies>;
  /** @returns what takes the session's cookie from a browser */
  forget(): Cookies;
  /** Ends one session. @returns what takes its cookie from the browser */
  end(session: OpenSession, alongside?: Alongside): Promise<Cookies>;
}

/** Writes records in the transaction of a session's beginning or end. */
export type Alongside = (records: Transaction<Tables>, sessionId: string) => Promise<void>;

type Needs = Pick<Parts, 'records' | 'settings' | 'random' | 'log'>;

/**
 * Sessions by better-auth over the shared connection. Only these functions of it
 * are used; its own web interface is not mounted.
 */
export async function createSessions(parts: Needs, secret: string): Promise<Sessions> {
  const { settings, records, random, log } = parts;
  const auth = betterAuth({
    appName: 'Casebook',
    baseURL: settings.publicUrl,
    secret,
    database: { db: records.read, type: 'sqlite', transaction: false },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: false },
    session: {
      expiresIn: SESSION_DAYS * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: 'casebook',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      database: { generateId: () => random.id() },
      // Where people are is none of our business; limits work on the address in memory.
      ipAddress: { disableIpTracking: true },
    },
    logger: {
      level: 'warn',
      log: (level, message) => (level === 'error' ? log.error(message) : log.warn(message)),
    },
    plugins: [beginning],
  });
  const context = await auth.$context;
  const cookie = context.authCookies.sessionToken;
  /** By the cookies that a request brought; each only while the database is being asked. */
  const looks = new Map<string, Promise<OpenSession | null>>();
  const newToken = () => Buffer.from(random.bytes(24)).toString('base64url');
  const cookiesFor = async (token: string): Promise<Cookies> => {
    const { headers } = await auth.api.beginSession({ body: { token }, returnHeaders: true });
    return headers.getSetCookie();
  };

  const forget = (): Cookies => {
    const { httpOnly, sameSite, secure, path } = cookie.attributes;
    return [
      `${cookie.name}=; Max-Age=0; Path=${path ?? '/'}; SameSite=${sameSite ?? 'Lax'}` +
        `${httpOnly ? '; HttpOnly' : ''}${secure ? '; Secure' : ''}`,
    ];
  };

  return {
    async begin(personId, label = '', alongside) {
      const id = random.id();
      const token = newToken();
      // By the clock that better-auth holds sessions against.
      const now = new Date();
      await records.transaction(async (transaction) => {
        if (await isErased(transaction, personId)) throw new Refusal('not-signed-in', 'Sign in first.');
        await transaction
          .insertInto('session')
          .values({
            id,
            token,
            userId: personId,
            expiresAt: new Date(now.getTime() + SESSION_DAYS * DAY_SECONDS * 1_000).toISOString(),
            createdAt: now.toISOString(),
            updatedAt: now.toISOString(),
            ipAddress: '',
            userAgent: label,
          })
          .execute();
        await alongside?.(transaction, id);
      });
      return cookiesFor(token);
    },
    async renew({ sessionId }, alongside) {
      const token = newToken();
      const renewed = await records.transaction(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('session')
          .set({ token })
          .where('id', '=', sessionId)
          .executeTakeFirst();
        if (numUpdatedRows === 1n) await alongside?.(transaction, sessionId);
        return numUpdatedRows === 1n;
      });
      return renewed ? cookiesFor(token) : null;
    },
    async read(request) {
      const { cookie: brought } = request.headers;
      if (!brought?.includes(cookie.name)) return null;
      // A page that opens asks several things in one moment: they are answered by one look.
      const underWay = looks.get(brought);
      if (underWay) return underWay;
      const look = auth.api
        .getSession({ headers: cookieHeader(request), query: { disableRefresh: true } })
        .then((found) => (found ? { sessionId: found.session.id, personId: found.user.id } : null))
        .finally(() => looks.delete(brought));
      looks.set(brought, look);
      return look;
    },
    async prolong(request) {
      if (!request.headers.cookie?.includes(cookie.name)) return [];
      try {
        const { headers } = await auth.api.getSession({
          headers: cookieHeader(request),
          returnHeaders: true,
        });
        return headers.getSetCookie();
      } catch (cause) {
        // It goes on as it is: a disk that is full keeps nobody from reading.
        log.warn('a session could not be prolonged', {}, cause);
        return [];
      }
    },
    forget,
    async end(session, alongside) {
      await records.transaction(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('session')
          .where('id', '=', session.sessionId)
          .executeTakeFirst();
        if (numDeletedRows > 0n) await alongside?.(transaction, session.sessionId);
      });
      return forget();
    },
  };
}

/** Makes the cookie of a session that was just written; only the server can call it. */
const beginning = {
  id: 'casebook-beginning',
  endpoints: {
    beginSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ token: z.string() }) },
      async (call) => {
        const begun = await call.context.internalAdapter.findSession(call.body.token);
        if (!begun) throw new Error('a session was asked for somebody who does not exist');
        await setSessionCookie(call, begun);
        return { sessionId: begun.session.id };
      },
    ),
  },
};

/** better-auth is told of the cookie and of nothing else that a request brings. */
function cookieHeader(request: IncomingMessage): Headers {
  return new Headers({ cookie: request.headers.cookie ?? '' });
}
