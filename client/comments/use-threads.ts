import { useEffect, useMemo } from 'react';
import type { CommenterView, ThreadList } from '../../shared/api/comments.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { useWatched } from '../case-study/case-page-state.ts';
import { useConnection, useTopic } from '../sync/hooks.ts';
import { WAITING_ANSWERS } from '../sync/waiting-answers.ts';
import { isKept, keptFor } from '../ui/kept-replies.ts';
import { keptShelf, Outbox } from '../ui/outbox.ts';
import { queries, routeKey, routeQuery, useRoute } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { type KnownThreads, knownThreads, type WaitingAct } from './known-threads.ts';
import { outcomeOfAct } from './standing-acts.ts';

const ROUTE = 'GET /api/cases/:caseId/threads';

/** Milliseconds after which what got no answer is sent again, while there is a connection. */
const AGAIN = 15_000;

/** One outbox for each case, however many of its pages are opened one after the other. */
const outboxes = new Map<string, Outbox<WaitingAct>>();
let outboxesOf: string | null = null;

export function threadOutbox(caseId: string): Outbox<WaitingAct> {
  // what somebody wrote here is never sent by whoever signs in on the same page after them
  if (outboxesOf !== keptFor()) outboxes.clear();
  outboxesOf = keptFor();
  const known = outboxes.get(caseId);
  if (known) return known;
  const made = new Outbox<WaitingAct>({
    ...keptShelf<WaitingAct>(`${WAITING_ANSWERS}comments ${caseId}`),
    idOf: ({ act }) => act.id,
    send: ({ blockId, act }) =>
      outcomeOfAct(
        act,
        request('POST /api/blocks/:blockId/threads', { params: { blockId }, body: { act } }).then((acted) =>
          // known from the server before it is let go here: it would be gone in between
          queries.setQueryData<ThreadList>(routeKey(ROUTE, { caseId }), (list) => withActed(list, acted)),
        ),
        () => queries.fetchQuery(routeQuery(ROUTE, { caseId }, { keep: true, staleTime: 0 })),
      ),
  });
  outboxes.set(caseId, made);
  return made;
}

/** @returns the list with a thread as it is now, where it stood, or at the end */
export function withActed(
  list: ThreadList | undefined,
  { thread, people }: RouteReply<'POST /api/blocks/:blockId/threads'>,
): ThreadList {
  const before = list ?? { threads: [], people: [] };
  const known = before.threads.some(({ id }) => id === thread.id);
  const told = new Set(people.map(({ id }) => id));
  return {
    threads: known
      ? before.threads.map((one) => (one.id === thread.id ? thread : one))
      : [...before.threads, thread],
    people: [...before.people.filter(({ id }) => !told.has(id)), ...people],
  };
}

export interface ThreadsOfCase extends KnownThreads {
  /** Null while they are there, or may come. */
  readonly error: Error | null;
  retry(): void;
  /** Whether nothing is known to have happened since the server told them. */
  readonly areLatest: boolean;
  /** Whether they are as the server told them, and not as this device kept them. */
  readonly areTold: boolean;
  /** What of this device the server does not have. */
  readonly waiting: readonly WaitingAct[];
}

/** The threads of a case that this person may read, followed while the page is open; what waits here counts. */
export function useThreads(caseId: string, me: CommenterView): ThreadsOfCase {
  const params = { caseId };
  const { data, error, refetch, isFetching } = useRoute(ROUTE, params, { keep: true, staleTime: 0 });
  const askAgain = () => void queries.invalidateQueries({ queryKey: routeKey(ROUTE, params) });
  useTopic(`threads/${caseId}`, askAgain);
  // read elsewhere
  useTopic(`own-threads/${me.id}`, askAgain);
  const outbox = threadOutbox(caseId);
  const waiting = useWatched(outbox.waiting);
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'offline') void outbox.send();
  }, [outbox, connection]);
  const waits = connection !== 'offline' && waiting.some(({ refused }) => refused === null);
  useEffect(() => {
    if (!waits) return;
    const again = setInterval(() => void outbox.send(), AGAIN);
    return () => clearInterval(again);
  }, [outbox, waits]);
  const areTold = data !== undefined && !isKept(data);
  const areLatest = connection === 'live' && !isFetching && areTold;
  const { id, name, colour, initials } = me;
  return useMemo(
    () => ({
      ...knownThreads(data, waiting, { id, name, colour, initials, side: 'team' }, caseId),
      error: data ? null : error,
      retry: () => void refetch(),
      ...{ areLatest, areTold, waiting },
    }),
    [data, waiting, id, name, colour, initials, caseId, error, refetch, areLatest, areTold],
  );
}
