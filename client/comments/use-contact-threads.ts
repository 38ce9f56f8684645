import { useEffect, useMemo } from 'react';
import type { CommenterView, ThreadList } from '../../shared/api/comments.ts';
import { useWatched } from '../case-study/case-page-state.ts';
import { useConnection, useTopic } from '../sync/hooks.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { anchorsShown, type BegunInCopy, CONTACT_THREADS, ContactDesk } from './contact-desk.ts';
import { type KnownThreads, knownThreads } from './known-threads.ts';
import { NOTHING_WRITTEN, type ThreadWays } from './thread-ways.ts';
import { tellSeen } from './use-team-ways.ts';

const desks = new Map<string, ContactDesk>();

function deskOf(personId: string): ContactDesk {
  const desk = desks.get(personId) ?? new ContactDesk();
  // what one person began is nothing for whoever signs in on the same page after them
  desks.clear();
  desks.set(personId, desk);
  return desk;
}

let isAsked = false;

/**
 * Once, however many sections of the page hear of the same. The copies are asked for again only
 * where other words are marked in them: that somebody read or answered something changes none.
 */
function askAgain(): void {
  if (isAsked) return;
  isAsked = true;
  queueMicrotask(() => {
    isAsked = false;
    const key = routeKey(CONTACT_THREADS, {});
    const before = anchorsShown(queries.getQueryData<ThreadList>(key));
    void queries.invalidateQueries({ queryKey: key }).then(() => {
      if (anchorsShown(queries.getQueryData<ThreadList>(key)) === before) return;
      void queries.invalidateQueries({ queryKey: ['GET /api/contact'] });
    });
  });
}

export interface ContactThreads {
  readonly known: KnownThreads;
  readonly error: Error | null;
  readonly ways: ThreadWays;
  readonly desk: ContactDesk;
  /** Threads that are begun and not sent. */
  readonly begun: readonly BegunInCopy[];
}

/** The threads that are shared with somebody at a school, and what they can do with them. */
export function useContactThreads(mayComment: (blockId: string) => boolean): ContactThreads {
  const { person } = useSession();
  const { data, error } = useRoute(CONTACT_THREADS, {}, { staleTime: 0 });
  useTopic(`own-threads/${person.id}`, askAgain);
  useTopic(`person/${person.id}`, askAgain);
  const desk = deskOf(person.id);
  const waiting = useWatched(desk.outbox.waiting);
  const drafts = useWatched(desk.drafts);
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'offline') void desk.outbox.send();
  }, [desk, connection]);
  const begun = useWatched(desk.begun);
  const unsent = waiting.length > 0 || drafts.size > 0;
  useEffect(() => {
    if (!unsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsent]);
  return useMemo(() => {
    const { id, name, colour, initials } = person;
    const me: CommenterView = { id, name, colour, initials, side: 'school' };
    const known = knownThreads(data, waiting, me, '');
    return {
      ...{ known, desk, begun },
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
  }, [data, error, waiting, drafts, begun, desk, person, mayComment]);
}
