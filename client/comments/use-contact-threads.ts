import { useEffect, useMemo } from 'react';
import type { CommenterView, ThreadList } from '../../shared/api/comments.ts';
import { useWatched } from '../case-study/case-page-state.ts';
import { useConnection, useTopic } from '../sync/hooks.ts';
import { Value } from '../sync/watched.ts';
import { Outbox, outcomeOf } from '../ui/outbox.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { useSession } from '../ui/session.tsx';
import type { Draft } from './comments-here.ts';
import { type KnownThreads, knownThreads, type WaitingAct } from './known-threads.ts';
import { NOTHING_WRITTEN, type ThreadWays } from './thread-ways.ts';
import { tellSeen } from './use-team-ways.ts';
import { withActed } from './use-threads.ts';

const ROUTE = 'GET /api/contact/threads';

/** What somebody at a school writes stands on their page alone until it is sent (DEVICE-1). */
class ContactDesk {
  readonly drafts = new Value<ReadonlyMap<string, Draft>>(new Map());
  readonly outbox = new Outbox<WaitingAct>({
    load: async () => [],
    change: async () => {},
    idOf: ({ act }) => act.id,
    send: ({ blockId, act }) =>
      outcomeOf(
        request('POST /api/blocks/:blockId/threads', { params: { blockId }, body: { act } }).then((acted) => {
          queries.setQueryData<ThreadList>(routeKey(ROUTE, {}), (list) => withActed(list, acted));
          // their copy has the mark now
          void queries.invalidateQueries({ queryKey: ['GET /api/contact'] });
        }),
      ),
  });

  keep(thread: string, draft: Draft | null): void {
    const drafts = new Map(this.drafts.get());
    if (draft === null) drafts.delete(thread);
    else drafts.set(thread, draft);
    this.drafts.set(drafts);
  }
}

const desks = new Map<string, ContactDesk>();

function deskOf(personId: string): ContactDesk {
  const desk = desks.get(personId) ?? new ContactDesk();
  // what one person began is nothing for whoever signs in on the same page after them
  desks.clear();
  desks.set(personId, desk);
  return desk;
}

let asked: 'threads' | 'copies' | null = null;

/**
 * Once, however many sections of the page hear of the same.
 * @param copies also for the copies: the words of another's thread are marked there
 */
function askAgain(copies: boolean): void {
  const isAsked = asked !== null;
  asked = copies || asked === 'copies' ? 'copies' : 'threads';
  if (isAsked) return;
  queueMicrotask(() => {
    void queries.invalidateQueries({ queryKey: routeKey(ROUTE, {}) });
    if (asked === 'copies') void queries.invalidateQueries({ queryKey: ['GET /api/contact'] });
    asked = null;
  });
}

export interface ContactThreads {
  readonly known: KnownThreads;
  readonly error: Error | null;
  readonly ways: ThreadWays;
}

/** The threads that are shared with somebody at a school, and what they can do with them. */
export function useContactThreads(mayComment: (blockId: string) => boolean): ContactThreads {
  const { person } = useSession();
  const { data, error } = useRoute(ROUTE, {}, { staleTime: 0 });
  useTopic(`own-threads/${person.id}`, () => askAgain(true));
  useTopic(`person/${person.id}`, () => askAgain(false));
  const desk = deskOf(person.id);
  const waiting = useWatched(desk.outbox.waiting);
  const drafts = useWatched(desk.drafts);
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'offline') void desk.outbox.send();
  }, [desk, connection]);
  const begun = waiting.length > 0 || drafts.size > 0;
  useEffect(() => {
    if (!begun) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [begun]);
  return useMemo(() => {
    const { id, name, colour, initials } = person;
    const me: CommenterView = { id, name, colour, initials, side: 'school' };
    const known = knownThreads(data, waiting, me, '');
    return {
      known,
      error: data ? null : error,
      ways: {
        ...{ me: id, side: 'school', people: known.people, keeps: false, team: null, mayComment },
        send: (blockId, act) => void desk.outbox.add({ blockId, act, at: Date.now(), refused: null }),
        again: () => void desk.outbox.send(),
        forget: (act) => void desk.outbox.forget(act),
        seen: (thread) => void tellSeen(thread),
        draftOf: (thread) => drafts.get(thread) ?? NOTHING_WRITTEN,
        keepDraft: (thread, draft) => desk.keep(thread, draft),
        linkTo: () => null,
        place: null,
      },
    };
  }, [data, error, waiting, drafts, desk, person, mayComment]);
}
