import { createContext, useContext } from 'react';
import type { CommenterView, ThreadAct } from '../../shared/api/comments.ts';
import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import { useRoute } from '../ui/query.ts';
import type { Draft } from './comments-here.ts';
import type { KnownThreads, ThreadHere } from './known-threads.ts';

/** What a page can do with threads; the team's and a contact's differ in it. */
export interface ThreadWays {
  readonly me: string;
  readonly side: 'team' | 'school';
  readonly people: KnownThreads['people'];
  /** Whether the device keeps what could not be sent, or the page alone. */
  readonly keeps: boolean;
  /** People who may be named offline too; null: none are known here. */
  readonly team: readonly CommenterView[] | null;
  mayComment(blockId: string): boolean;
  send(blockId: string, act: ThreadAct): void;
  /** Sends again what the server did not take. */
  again(): void;
  forget(act: string): void;
  seen(thread: ThreadHere): void;
  draftOf(thread: string): Draft;
  /** Also of a change of a comment, under its `editKey`. */
  keepDraft(thread: string, draft: Draft | null): void;
  /** A link that opens the page at the thread; null where there is none. */
  linkTo(thread: ThreadHere): string | null;
  /** Asks for words to put a thread at, whose own are gone; null where this page can't. */
  readonly place: ((thread: ThreadHere) => void) | null;
}

export const ThreadWaysContext = createContext<ThreadWays | null>(null);

/** @throws Error outside of a page with threads */
export function useWays(): ThreadWays {
  const ways = useContext(ThreadWaysContext);
  if (!ways) throw new Error('threads are shown outside of a page that has them');
  return ways;
}

const NOBODY: readonly CommenterView[] = [];

/** Who can be named in a thread of a section, or see to it: whoever can read it. */
export function useReaders(
  blockId: string,
  audience: ThreadAudience,
  wanted: boolean,
): readonly CommenterView[] {
  const { team, keeps, me } = useWays();
  const { data } = useRoute(
    'GET /api/blocks/:blockId/thread-people',
    { blockId },
    { enabled: wanted, keep: keeps, staleTime: 60_000 },
  );
  if (data) return data.people.filter(({ reads, id }) => reads.includes(audience) && id !== me);
  return team?.filter(({ id }) => id !== me) ?? NOBODY;
}

export const NOTHING_WRITTEN: Draft = { words: '', mentions: [] };
