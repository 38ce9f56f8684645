import { useMemo } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { useWatched } from '../case-study/case-page-state.ts';
import { request } from '../ui/request.ts';
import { dropThread } from './beginning.ts';
import type { CommentsHere } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import type { TextsHere } from './texts-here.ts';
import { NOTHING_WRITTEN, type ThreadWays } from './thread-ways.ts';
import { type ThreadsOfCase, threadOutbox } from './use-threads.ts';

/** A link that opens the case at a thread. */
export function threadLink(caseId: string, thread: string): string {
  return `${window.location.origin}/cases/${encodeURIComponent(caseId)}?thread=${encodeURIComponent(thread)}`;
}

/** What members of the team do with threads; what they send waits on their device until it arrives. */
export function useTeamWays(parts: {
  readonly detail: CaseDetail;
  readonly known: ThreadsOfCase;
  readonly here: CommentsHere;
  readonly texts: TextsHere;
  readonly mayComment: (blockId: string) => boolean;
  readonly me: string;
}): ThreadWays {
  const { detail, known, here, texts, mayComment, me } = parts;
  const replies = useWatched(here.replies);
  const keeps = useWatched(threadOutbox(detail.id).keeps);
  return useMemo((): ThreadWays => {
    const outbox = threadOutbox(detail.id);
    return {
      ...{ me, side: 'team', people: known.people, keeps, mayComment },
      team: detail.people.map(({ id, name, colour, initials }) => ({
        id,
        name,
        colour,
        initials,
        side: 'team',
      })),
      send: (blockId, act) => void outbox.add({ blockId, act, at: Date.now(), refused: null }),
      again: () => void outbox.send(),
      forget: (id) => {
        const act = outbox.waiting.get().find((one) => one.act.id === id);
        if (act?.act.kind === 'opened')
          dropThread(here, texts, { id: act.act.thread, blockId: act.blockId, target: act.act.target });
        void outbox.forget(id);
      },
      seen: (thread) => void tellSeen(thread),
      draftOf: (thread) => replies.get(thread) ?? NOTHING_WRITTEN,
      keepDraft: (thread, draft) => here.reply(thread, draft),
      linkTo: (thread) => threadLink(detail.id, thread.id),
      place: (thread) => here.placing.set(thread.id),
    };
  }, [detail.id, detail.people, known.people, here, texts, mayComment, me, replies, keeps]);
}

/** Notes how far a thread was read; told again when it is opened again, so an answer that is lost costs nothing. */
export async function tellSeen({ blockId, id, comments, waiting }: ThreadHere): Promise<void> {
  const last = comments.findLast((comment) => !waiting.has(comment.id));
  if (!last) return;
  const body = { seen: [{ thread: id, comment: last.id }] };
  await request('POST /api/blocks/:blockId/threads/seen', { params: { blockId }, body }).catch(() => null);
}
