/** What the acts in a thread come to. Only what was accepted is here (see `acts.ts`). */
import type {
  CommentWords,
  ThreadAudience,
  ThreadEvent,
  ThreadLink,
  ThreadSide,
  ThreadTarget,
} from './thread-event.ts';

export interface Comment extends CommentWords {
  readonly id: string;
  readonly by: string;
  readonly side: ThreadSide;
  readonly at: number;
  readonly editedAt: number | null;
}

export interface Thread {
  readonly id: string;
  readonly target: ThreadTarget;
  readonly audience: ThreadAudience;
  /** In the order in which the server took them; the first opened the thread. */
  readonly comments: readonly Comment[];
  readonly resolved: { readonly by: string; readonly at: number } | null;
  readonly assignee: string | null;
  readonly links: readonly ThreadLink[];
  /** Every act, by its id, to know one that comes again. */
  readonly known: ReadonlyMap<string, ThreadEvent>;
  /** When something last happened in it. */
  readonly lastAt: number;
}

/** @param events of one thread that were accepted, in their order; null without any */
export function threadOf(events: readonly ThreadEvent[]): Thread | null {
  const known = new Map<string, ThreadEvent>();
  let thread: Thread | null = null;
  for (const event of events) {
    if (known.has(event.id)) continue;
    // of a thread that nobody has yet: one for all acts, however many
    known.set(event.id, event);
    thread = withAct(thread, event, known);
  }
  return thread;
}

/** @returns the thread with one more act, which `refusalOf` let through; an act that is known already changes nothing */
export function after(thread: Thread | null, event: ThreadEvent): Thread {
  if (thread?.known.has(event.id)) return thread;
  return withAct(thread, event, new Map([...(thread?.known ?? []), [event.id, event]]));
}

function withAct(thread: Thread | null, event: ThreadEvent, known: Thread['known']): Thread {
  if (event.kind === 'opened') return { ...opened(event), known };
  if (!thread) throw new Error(`a thread that was not opened: ${event.kind}`);
  const next = {
    ...thread,
    known,
    lastAt: Math.max(thread.lastAt, event.at),
  };
  switch (event.kind) {
    case 'replied':
      return { ...next, comments: [...thread.comments, commentOf(event)] };
    case 'edited': {
      const { words, mentions, at: editedAt } = event;
      const comments = thread.comments.map((comment) =>
        comment.id === event.comment ? { ...comment, words, mentions, editedAt } : comment,
      );
      return { ...next, comments };
    }
    case 'resolved':
      return { ...next, resolved: { by: event.by, at: event.at } };
    case 'reopened':
      return { ...next, resolved: null };
    case 'assigned':
      return { ...next, assignee: event.to };
    case 'linked':
      return { ...next, links: [...withoutLink(thread.links, event.link), event.link] };
    case 'unlinked':
      return { ...next, links: withoutLink(thread.links, event.link) };
    case 'placed':
      return { ...next, target: { on: 'range', anchor: event.anchor, kept: event.kept } };
  }
}

function opened(event: Extract<ThreadEvent, { kind: 'opened' }>): Omit<Thread, 'known'> {
  return {
    id: event.thread,
    target: event.target,
    audience: event.audience,
    comments: [commentOf(event)],
    resolved: null,
    assignee: null,
    links: [],
    lastAt: event.at,
  };
}

function commentOf({ id, by, side, at, words, mentions }: Extract<ThreadEvent, CommentWords>): Comment {
  return { id, by, side, at, words, mentions, editedAt: null };
}

function withoutLink(links: readonly ThreadLink[], link: ThreadLink): readonly ThreadLink[] {
  return links.filter((one) => !sameLink(one, link));
}

export function sameLink(one: ThreadLink, other: ThreadLink): boolean {
  return linkKey(one) === linkKey(other);
}

function linkKey(link: ThreadLink): string {
  switch (link.to) {
    case 'thread':
    case 'quote':
      return `${link.to} ${link.id}`;
    case 'section':
      return `section ${link.block}`;
    case 'field':
      return `field ${link.block} ${link.field}`;
  }
}
