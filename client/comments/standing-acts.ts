import type { ThreadAct, ThreadList } from '../../shared/api/comments.ts';
import { sameLink, type Thread } from '../../shared/comments/thread.ts';
import { outcomeOf, type Sent } from '../ui/outbox.ts';

/** @returns whether a thread is as an act would have it: of two who do the same at once, neither failed */
export function standsAlready(
  thread: Pick<Thread, 'resolved' | 'assignee' | 'links'>,
  act: ThreadAct,
): boolean {
  switch (act.kind) {
    case 'resolved':
      return thread.resolved !== null;
    case 'reopened':
      return thread.resolved === null;
    case 'assigned':
      return thread.assignee === act.to;
    case 'unlinked':
      return !thread.links.some((link) => sameLink(link, act.link));
    default:
      return false;
  }
}

/**
 * @param reply of the server to an act
 * @param ask fetches the threads as they are, where the act was refused
 */
export async function outcomeOfAct(
  act: ThreadAct,
  reply: Promise<unknown>,
  ask: () => Promise<ThreadList>,
): Promise<Sent> {
  const sent = await outcomeOf(reply);
  if (typeof sent === 'string' || !SETTLES.has(act.kind)) return sent;
  // without the list the refusal stands, and it is tried again with the next
  const list = await ask().catch(() => null);
  const thread = list?.threads.find(({ id }) => id === act.thread);
  return thread && standsAlready(thread, act) ? 'sent' : sent;
}

const SETTLES: ReadonlySet<ThreadAct['kind']> = new Set<ThreadAct['kind']>([
  'resolved',
  'reopened',
  'assigned',
  'unlinked',
]);
