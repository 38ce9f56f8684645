import type { RouteBody, RouteKey, RouteParams, RouteQuery, RouteReply } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { earlyReply } from './head-start.ts';

/** The server answered, and said no. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** @returns whether the server says that this person has nothing (or nothing more) to see here */
export function isTakenAway(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    ['not-found', 'no-access', 'gone', 'passkey-needed'].includes(error.problem.code)
  );
}

/** @returns whether the server says that a passkey has to be shown first (PASSKEY-2) */
export function needsPasskey(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'passkey-needed';
}

/** @returns whether the server says that there is nothing, as it does of what this person may not know of */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'not-found';
}

/** No answer came: the network is gone, or the server is. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

type Call<K extends RouteKey> = (keyof RouteParams<K> extends never
  ? { params?: undefined }
  : { params: RouteParams<K> }) & {
  body?: RouteBody<K>;
  query?: RouteQuery<K>;
  signal?: AbortSignal;
};

/** @returns what stands behind a path, with its `?`; empty where nothing is said */
export function queryText(query: object): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * Calls one route of the contract with the person's own session.
 * @throws ProblemError when the server refuses
 * @throws UnreachableError when no answer comes
 */
export async function request<K extends RouteKey>(route: K, call: Call<K>): Promise<RouteReply<K>> {
  const [method, pattern] = route.split(' ') as [string, string];
  const params: Readonly<Record<string, string>> = call.params ?? {};
  const path =
    pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? '')) +
    (call.query ? queryText(call.query) : '');
  const withBody = method !== 'GET' && method !== 'DELETE';
  let response: Response;
  try {
    const early = method === 'GET' ? earlyReply(path) : null;
    response =
      (await early) ??
      (await fetch(path, {
        method,
        credentials: 'same-origin',
        headers: withBody ? { 'content-type': 'application/json' } : {},
        ...(withBody ? { body: JSON.stringify(call.body ?? {}) } : {}),
        ...(call.signal ? { signal: call.signal } : {}),
      }));
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw new UnreachableError('The server does not answer.', { cause });
  }
  if (response.ok) return (await response.json()) as RouteReply<K>;
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    throw new ProblemError((await response.json()) as Problem);
  }
  throw new UnreachableError(`The server answered ${response.status}.`);
}
