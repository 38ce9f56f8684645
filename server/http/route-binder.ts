import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { contract, type RouteKey } from '../../shared/api/contract.ts';
import { actorOf, bringsToken } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import type { Parts } from '../parts.ts';
import { addressOf, limitKey } from './addresses.ts';
import { allowedOrigins, comesFromOwnPage } from './origins.ts';
import { Refusal } from './refusal.ts';
import type { Call, Handler, Routes } from './routes.ts';

/** Bodies in bytes; texts travel over the socket, so what comes here is small, but for an imported framework. */
const BODY_LIMIT = 1024 * 1024;
const ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** @throws when a route of the contract has no handler, or has two: the service must not start half made */
export function mergeRoutes(features: readonly Routes[]): Required<Routes> {
  const merged: Record<string, unknown> = {};
  for (const routes of features) {
    for (const [key, handler] of Object.entries(routes)) {
      if (merged[key]) throw new Error(`two handlers for ${key}`);
      merged[key] = handler;
    }
  }
  const missing = Object.keys(contract).filter((key) => !merged[key]);
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}`);
  return merged as Required<Routes>;
}

/** All routes of the contract below `/api`, and a clear answer for everything else there. */
export function apiRouter(parts: Parts, routes: Required<Routes>): express.Router {
  const router = express.Router({ caseSensitive: true });
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseForeignPages(parts));
  router.use(express.json({ limit: BODY_LIMIT, strict: false, type: 'application/json' }));
  for (const key of Object.keys(contract) as RouteKey[]) {
    const [method, path] = key.split(' ') as [string, string];
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[verb](path.slice('/api'.length), bind(parts, key, routes[key] as Handler<RouteKey>));
  }
  router.use((request) => {
    if (!['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) {
      throw new Refusal('bad-request', 'This method means nothing here.');
    }
    throw new Refusal('not-found', 'There is nothing at this address.');
  });
  return router;
}

/**
 * A page of somebody else must not act with a person's cookie: what changes
 * something has to come from a page of ours, or bring a token of its own.
 */
function refuseForeignPages(parts: Parts): RequestHandler {
  const origins = allowedOrigins(parts.settings.publicUrl);
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD' || bringsToken(request)) return next();
    const site = request.headers['sec-fetch-site'];
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    const { origin, cookie } = request.headers;
    const own = origin === undefined ? cookie === undefined : comesFromOwnPage(request, origins);
    if (foreign || !own) throw new Refusal('no-access', 'This did not come from a page of Casebook.');
    next();
  };
}

function bind<K extends RouteKey>(parts: Parts, key: K, handler: Handler<K>): RequestHandler {
  const route: { readonly body: z.ZodType; readonly bytes?: number; readonly query?: z.ZodType } =
    contract[key];
  // a file is read by the handler, once it is known that its sender may send one
  const takesBody = !key.startsWith('GET ') && !key.startsWith('DELETE ') && route.bytes === undefined;
  return async (request, response) => {
    const params = readParams(request);
    const query = route.query ? readAs(route.query, request.query) : {};
    const body = takesBody ? readBody(request, route.body) : {};
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), key);
    await requireScope(parts.records.read, by, key, params);
    const actor = actorOf(request, by);
    const call = { by, actor, params, query, body, request, response } as unknown as Call<K>;
    response.json(await handler(call));
  };
}

/** What cannot be an id names nothing. */
function readParams(request: Request): Readonly<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params as Readonly<Record<string, unknown>>)) {
    if (typeof value !== 'string' || !ID.test(value)) {
      throw new Refusal('not-found', 'There is nothing at this address.');
    }
    params[name] = value;
  }
  return params;
}

function readBody(request: Request, type: z.ZodType): unknown {
  if (!request.is('application/json')) {
    throw new Refusal('unsupported', 'Send this as application/json.');
  }
  return readAs(type, request.body);
}

/** @throws Refusal `bad-request` naming what is wrong, and where */
export function readAs<T>(type: z.ZodType<T>, sent: unknown): T {
  const read = type.safeParse(sent);
  if (read.success) return read.data;
  const errors = read.error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: faultWords(issue),
  }));
  const first = errors[0];
  throw new Refusal(
    'bad-request',
    first ? `${first.path === '' ? 'The body' : first.path}: ${first.message}.` : 'That could not be read.',
    errors,
  );
}

/** @returns what is wrong with one part, as it may stand beside a field; no full stop */
function faultWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return `at most ${issue.maximum.toLocaleString('en-GB')} characters`;
  }
  if (issue.code === 'too_small' && issue.origin === 'string') {
    return issue.minimum === 1 ? 'must not be empty' : `at least ${issue.minimum} characters`;
  }
  return issue.message;
}
