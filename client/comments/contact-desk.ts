import type { ThreadList } from '../../shared/api/comments.ts';
import { Value } from '../sync/watched.ts';
import { Outbox } from '../ui/outbox.ts';
import { queries, routeKey, routeQuery } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import type { Draft, NewTarget } from './comments-here.ts';
import type { WaitingAct } from './known-threads.ts';
import { outcomeOfAct } from './standing-acts.ts';
import { withActed } from './use-threads.ts';

/** A new thread of somebody at a school: its id, and under which line of the copy it was begun. */
export interface BegunInCopy {
  readonly id: string;
  readonly act: string;
  readonly blockId: string;
  readonly target: NewTarget;
  readonly line: number | null;
}

/** What somebody at a school writes stands on their page alone until it is sent (DEVICE-1). */
export class ContactDesk {
  /** By thread that is answered or begun, or by `editKey` of a comment. */
  readonly drafts = new Value<ReadonlyMap<string, Draft>>(new Map());
  readonly begun = new Value<readonly BegunInCopy[]>([]);
  readonly outbox = new Outbox<WaitingAct>({
    load: async () => [],
    change: async () => {},
    idOf: ({ act }) => act.id,
    send: ({ blockId, act }) =>
      outcomeOfAct(
        act,
        request('POST /api/blocks/:blockId/threads', { params: { blockId }, body: { act } }).then((acted) => {
          queries.setQueryData<ThreadList>(routeKey(CONTACT_THREADS, {}), (list) => withActed(list, acted));
          // their copy has the mark now
          if (marks(act)) void queries.invalidateQueries({ queryKey: ['GET /api/contact'] });
        }),
        () => queries.fetchQuery(routeQuery(CONTACT_THREADS, {}, { staleTime: 0 })),
      ),
  });

  keep(thread: string, draft: Draft | null): void {
    const drafts = new Map(this.drafts.get());
    if (draft === null) drafts.delete(thread);
    else drafts.set(thread, draft);
    this.drafts.set(drafts);
  }

  /**
   * Begins a thread beside those that are begun: whatever has words stays, what stands empty goes.
   * @returns the id of the one that is written in now
   */
  begin(one: BegunInCopy): string {
    const drafts = this.drafts.get();
    const written = this.begun.get().filter(({ id }) => (drafts.get(id)?.words ?? '').trim() !== '');
    const same = written.find(
      ({ blockId, target }) =>
        blockId === one.blockId &&
        target.on !== 'range' &&
        JSON.stringify(target) === JSON.stringify(one.target),
    );
    this.begun.set(same ? written : [...written, one]);
    return same?.id ?? one.id;
  }

  /** Sent, or thrown away. */
  end(id: string): void {
    this.begun.set(this.begun.get().filter((one) => one.id !== id));
    this.keep(id, null);
  }
}

export const CONTACT_THREADS = 'GET /api/contact/threads';

function marks(act: WaitingAct['act']): boolean {
  return act.kind === 'placed' || (act.kind === 'opened' && act.target.on === 'range');
}

/**
 * @param texts words of each line of the copy as it is now
 * @returns under which line a thread that was begun stands; null: at the end, where its words are gone
 */
export function lineOfBegun(texts: readonly string[], { target, line }: BegunInCopy): number | null {
  if (target.on !== 'range' || line === null) return null;
  const quote = target.selected.quote.replace(/\s+/gu, ' ').trim();
  if (texts[line]?.includes(quote)) return line;
  const moved = texts.findIndex((text) => text.includes(quote));
  if (moved !== -1) return moved;
  return (texts[line] ?? '') === '' ? null : line;
}

/** @returns what a copy shows of threads: it is out of date once this is another */
export function anchorsShown(list: ThreadList | undefined): string {
  const anchors = (list?.threads ?? []).flatMap(({ target }) => (target.on === 'range' ? target.anchor : []));
  return anchors.sort().join(' ');
}
