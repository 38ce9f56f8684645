import {
  notifyManager,
  QueryClient,
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { RouteBody, RouteKey, RouteParams, RouteReply } from '../../shared/api/contract.ts';
import { dropKept, loadKept, markKept, saveKept } from './kept-replies.ts';
import { isTakenAway, ProblemError, request, UnreachableError } from './request.ts';

export type ReadRoute = Extract<RouteKey, `GET ${string}`>;
export type ActRoute = Exclude<RouteKey, ReadRoute>;

/** Milliseconds after which a reply kept on the device is shown while the server is still silent. */
const PATIENCE = 1_500;

// Not by a timer, as it is by default: each reply would wait for one before it is drawn.
notifyManager.setScheduler(queueMicrotask);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      gcTime: 30 * 60_000,
      retry: (failures, error) => error instanceof UnreachableError && failures < 1,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

export function routeKey<K extends ReadRoute>(route: K, params: RouteParams<K>) {
  return [route, params] as const;
}

export interface RouteOptions<K extends ReadRoute> {
  readonly enabled?: boolean;
  /**
   * Keep the reply on this device, so that the page opens offline. Off by default:
   * contact pages keep nothing (DEVICE-1).
   */
  readonly keep?: boolean | ((reply: RouteReply<K>) => boolean);
  /** Milliseconds for which a reply is not asked for again. */
  readonly staleTime?: number;
}

/**
 * How one GET route is asked: from the server, else from what the device kept of
 * it. Access taken away also takes the kept copy away.
 */
export function routeQuery<K extends ReadRoute>(
  route: K,
  params: RouteParams<K>,
  options: RouteOptions<K> = {},
) {
  const keep = options.keep ?? false;
  const key = routeKey(route, params);
  const name = `${route} ${JSON.stringify(params)}`;
  return queryOptions<RouteReply<K>, Error>({
    queryKey: key,
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    queryFn: async ({ signal, client }) => {
      let answered = false;
      const showKept = async () => {
        const kept = await loadKept<RouteReply<K>>(name);
        if (kept !== undefined && !answered && client.getQueryData(key) === undefined) {
          client.setQueryData(key, markKept(kept), { updatedAt: 0 });
        }
      };
      const patience = keep ? setTimeout(showKept, PATIENCE) : undefined;
      try {
        const reply = await request(route, callOf<K>({ params, signal }));
        answered = true;
        if (typeof keep === 'function' ? keep(reply) : keep) void saveKept(name, reply);
        return reply;
      } catch (error) {
        if (error instanceof ProblemError) {
          answered = true;
          if (error.problem.code === 'not-signed-in') {
            void client.invalidateQueries({ queryKey: ['GET /api/session'] });
          } else if (isTakenAway(error)) {
            void dropKept(name);
          }
        } else if (keep && error instanceof UnreachableError) {
          const kept = await loadKept<RouteReply<K>>(name);
          if (kept !== undefined) return markKept(kept);
        }
        throw error;
      } finally {
        clearTimeout(patience);
      }
    },
  });
}

/** How it is asked who is signed in. */
export const sessionQuery = routeQuery('GET /api/session', {}, { staleTime: 60_000 });

/** Asks who is signed in, before anything is drawn that needs to know. */
export function preloadSession(): Promise<void> {
  return queries.prefetchQuery(sessionQuery);
}

/** Reads one GET route of the contract; its reply's type comes from there. */
export function useRoute<K extends ReadRoute>(
  route: K,
  params: RouteParams<K>,
  options: RouteOptions<K> = {},
): UseQueryResult<RouteReply<K>, Error> {
  return useQuery(routeQuery(route, params, options));
}

export interface Act<K extends ActRoute> {
  /**
   * Makes the call. @returns the reply, or null where the server refused or did
   * not answer; `problem` and `errorOf` then say what to show.
   */
  send(params: RouteParams<K>, body: RouteBody<K>): Promise<RouteReply<K> | null>;
  readonly pending: boolean;
  /** In plain words, what went wrong with the form as a whole; null while nothing did. */
  readonly problem: string | null;
  /** What is wrong with one part of the body, to stand beside its field. */
  errorOf(path: string): string | undefined;
  clear(): void;
}

/**
 * Makes calls of one route that changes something, and refetches what it changes.
 * @param changes - GET routes whose replies are out of date afterwards
 */
export function useAct<K extends ActRoute>(route: K, changes: readonly ReadRoute[] = []): Act<K> {
  const client = useQueryClient();
  const mutation = useMutation<RouteReply<K>, Error, { params: RouteParams<K>; body: RouteBody<K> }>({
    mutationFn: (call) => request(route, callOf<K>(call)),
    onSuccess: async () => {
      await Promise.all(changes.map((read) => client.invalidateQueries({ queryKey: [read] })));
    },
    onError: (error) => {
      // What this page shows is not how things stand any more: without the newer, trying again could never succeed.
      if (!(error instanceof ProblemError) || error.problem.code !== 'conflict') return;
      for (const read of changes) void client.invalidateQueries({ queryKey: [read] });
    },
  });
  const errors = partErrors(mutation.error);
  return {
    send: (params, body) => mutation.mutateAsync({ params, body }).catch(() => null),
    pending: mutation.isPending,
    problem: mutation.error ? wordsFor(mutation.error) : null,
    errorOf: (path) => errors.get(path),
    clear: mutation.reset,
  };
}

/** The contract's conditional types cannot see that params are complete for a route that is itself a parameter. */
function callOf<K extends RouteKey>(call: {
  params: RouteParams<K>;
  body?: RouteBody<K>;
  signal?: AbortSignal;
}): Parameters<typeof request<K>>[1] {
  return call as unknown as Parameters<typeof request<K>>[1];
}

function partErrors(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ProblemError)) return new Map();
  return new Map(
    (error.problem.errors ?? []).map((part) => [
      part.path.replace(/^[/.]*(body[/.])?/, '').replaceAll('/', '.'),
      part.message.charAt(0).toUpperCase() + part.message.slice(1),
    ]),
  );
}

/** @returns what to tell a person about an error of `request` */
export function wordsFor(error: Error): string {
  if (error instanceof ProblemError) {
    const { detail, errors } = error.problem;
    // Such a detail only repeats what stands beside the fields, in the words of the interface.
    const repeats = errors?.some(({ path }) => detail.startsWith(`${path}:`));
    return repeats ? 'Look again at what is marked, please.' : detail;
  }
  if (error instanceof UnreachableError) {
    return 'Casebook can’t be reached just now. Try again when you are connected.';
  }
  return 'Something went wrong on this page. Try again, or load the page anew.';
}
