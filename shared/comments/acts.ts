/**
 * Who may do what in a thread, and who learns of it. One function for the server, which
 * enforces it, and for pages, which show what it refuses.
 */
import { isOpaqueId } from '../document/anchor-key.ts';
import { type Access, includesAccess } from '../permissions/access.ts';
import { sameLink, type Thread } from './thread.ts';
import {
  type CommentWords,
  MOST_COMMENT,
  MOST_COMMENTS,
  MOST_LINKS,
  MOST_MENTIONS,
  type ThreadAudience,
  type ThreadEvent,
  type ThreadSide,
} from './thread-event.ts';

/** Somebody at a block, as the server knows them. */
export interface Commenter {
  readonly id: string;
  readonly side: ThreadSide;
  /** What they may do with the block (`decideBlockAccess`); `none` for who is not there. */
  readonly access: Access;
}

/** The people of the study, to see whom a comment may name. */
export type People = (id: string) => Commenter;

/** Why an act is refused, as pages say it. */
export const REFUSALS = {
  'not-there': 'There is no such thread.',
  'opened-already': 'This thread has been opened already.',
  'id-taken': 'Something else was sent under the same name.',
  'may-not-comment': 'You can read this section, and not comment on it.',
  'team-only': 'The school’s threads are the ones shared with it.',
  empty: 'Write something first.',
  'too-long': `A comment has ${MOST_COMMENT} characters at most.`,
  'too-many': `A thread has ${MOST_COMMENTS} comments at most. Open another.`,
  'not-yours': 'Only whoever wrote it can change it.',
  'no-comment': 'There is no such comment.',
  resolved: 'It is resolved already.',
  'not-resolved': 'It is open already.',
  'not-yours-to-resolve': 'The team, or whoever opened it, can say that it is done.',
  'not-a-member': 'Only the team can do this.',
  'cannot-see': 'They cannot read this thread.',
  'too-many-named': `At most ${MOST_MENTIONS} people can be named in one comment.`,
  'assigned-already': 'They see to it already.',
  'too-many-links': `A thread has ${MOST_LINKS} links at most.`,
  'no-link': 'There is no such link.',
  'no-place': 'Select some words first.',
  'not-a-range': 'This thread is not about words of the text.',
  'other-audience': 'A thread that the school reads cannot lead to one of the team.',
} as const;
export type ThreadRefusal = keyof typeof REFUSALS;

/** @returns whether somebody may read a thread at all; of any other, nothing is told (REVIEW-4) */
export function mayRead(who: Commenter, audience: ThreadAudience): boolean {
  return includesAccess(who.access, 'read') && (who.side === 'team' || audience === 'school');
}

export type Verdict =
  | { readonly taken: true }
  /** It came before, and counts once. */
  | { readonly taken: false; readonly refusal: null }
  | { readonly taken: false; readonly refusal: ThreadRefusal };

/**
 * @param thread as it is; null where there is none of this id
 * @param others the audience of a thread that a link leads to; null: there is none
 */
export function judge(
  thread: Thread | null,
  event: ThreadEvent,
  who: Commenter,
  people: People,
  others: (thread: string) => ThreadAudience | null,
): Verdict {
  const known = thread?.known.get(event.id);
  if (thread && !mayRead(who, thread.audience)) return { taken: false, refusal: 'not-there' };
  if (known) return { taken: false, refusal: isSame(known, event) ? null : 'id-taken' };
  const refusal = refusalOf(thread, event, who, people, others);
  return refusal === null ? { taken: true } : { taken: false, refusal };
}

/** @returns why an act is refused; null where it is taken. Of a thread that one may not read: there is none. */
function refusalOf(
  thread: Thread | null,
  event: ThreadEvent,
  who: Commenter,
  people: People,
  others: (thread: string) => ThreadAudience | null,
): ThreadRefusal | null {
  if (who.id !== event.by) throw new Error('whoever acts is whom the server knows');
  if (!includesAccess(who.access, 'comment')) return who.access === 'none' ? 'not-there' : 'may-not-comment';
  if (event.kind === 'opened') {
    if (thread) return 'opened-already';
    if (who.side === 'school' && event.audience !== 'school') return 'team-only';
    return wordsRefusal(event, event.audience, people) ?? targetRefusal(event.target);
  }
  if (!thread) return 'not-there';
  switch (event.kind) {
    case 'replied':
      if (thread.comments.length >= MOST_COMMENTS) return 'too-many';
      return wordsRefusal(event, thread.audience, people);
    case 'edited': {
      const comment = thread.comments.find(({ id }) => id === event.comment);
      if (!comment) return 'no-comment';
      if (comment.by !== who.id) return 'not-yours';
      // whoever was named before may have left meanwhile
      const named = event.mentions.filter((id) => !comment.mentions.includes(id));
      return (
        (event.mentions.length > MOST_MENTIONS ? 'too-many-named' : null) ??
        wordsRefusal({ words: event.words, mentions: named }, thread.audience, people)
      );
    }
    case 'resolved':
      return thread.resolved ? 'resolved' : endingRefusal(thread, who);
    case 'reopened':
      return thread.resolved ? endingRefusal(thread, who) : 'not-resolved';
    case 'assigned':
      return assigningRefusal(thread, event.to, who, people);
    case 'linked':
    case 'unlinked':
      return linkRefusal(thread, event, who, others);
    case 'placed':
      if (thread.target.on !== 'range') return 'not-a-range';
      return endingRefusal(thread, who) ?? (isOpaqueId(event.anchor) && event.kept ? null : 'no-place');
  }
}

function wordsRefusal(
  { words, mentions }: CommentWords,
  audience: ThreadAudience,
  people: People,
): ThreadRefusal | null {
  if (words === null || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(words)) return 'empty';
  if ([...words].length > MOST_COMMENT) return 'too-long';
  if (mentions.length > MOST_MENTIONS) return 'too-many-named';
  return mentions.every((id) => mayRead(people(id), audience)) ? null : 'cannot-see';
}

function targetRefusal(target: Extract<ThreadEvent, { kind: 'opened' }>['target']): ThreadRefusal | null {
  if (target.on !== 'range') return null;
  return isOpaqueId(target.anchor) && target.kept ? null : 'no-place';
}

function endingRefusal(thread: Thread, who: Commenter): ThreadRefusal | null {
  return who.side === 'team' || thread.comments[0]?.by === who.id ? null : 'not-yours-to-resolve';
}

function assigningRefusal(
  thread: Thread,
  to: string | null,
  who: Commenter,
  people: People,
): ThreadRefusal | null {
  if (who.side !== 'team') return 'not-a-member';
  if (to === thread.assignee) return 'assigned-already';
  return to === null || mayRead(people(to), thread.audience) ? null : 'cannot-see';
}

function linkRefusal(
  thread: Thread,
  { kind, link }: Extract<ThreadEvent, { kind: 'linked' | 'unlinked' }>,
  who: Commenter,
  others: (thread: string) => ThreadAudience | null,
): ThreadRefusal | null {
  if (who.side !== 'team') return 'not-a-member';
  if (kind === 'unlinked') return thread.links.some((one) => sameLink(one, link)) ? null : 'no-link';
  if (thread.links.length >= MOST_LINKS) return 'too-many-links';
  if (link.to !== 'thread') return null;
  const audience = others(link.id);
  if (audience === null) return 'not-there';
  return thread.audience === 'school' && audience === 'team' ? 'other-audience' : null;
}

/**
 * The same act sent again. When the server took it, on which side its author was, and what
 * stood around its words may be others by then.
 */
function isSame(one: ThreadEvent, other: ThreadEvent): boolean {
  const content = (event: ThreadEvent) =>
    JSON.stringify(inOrder({ ...event, at: 0, side: null }), (key, value: unknown) =>
      key === 'kept' ? null : value,
    );
  return content(one) === content(other);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, inOrder(part)]),
  );
}
