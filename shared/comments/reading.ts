/** What one person sees of the threads of a block: which, in which order, and what is new to them. */
import type { AnchoredText, AnchorFate } from '../document/anchors.ts';
import { anchorFate } from '../document/anchors.ts';
import { type WordChange, wordChanges } from '../document/word-changes.ts';
import { type Commenter, mayRead } from './acts.ts';
import type { Comment, Thread } from './thread.ts';

/** How far somebody has read each thread: the id of the last comment that they saw. */
export type ReadMarks = ReadonlyMap<string, string>;

/** Where a thread stands in the margin. */
export type ThreadPlace =
  | { readonly where: 'section' }
  | { readonly where: 'field'; readonly field: string }
  | { readonly where: 'quote'; readonly quote: string }
  | { readonly where: 'suggestion'; readonly author: string; readonly id: string }
  /** Beside its words. `changes`: how they came to be what they are now; null where they are what they were. */
  | {
      readonly where: 'text';
      readonly from: number;
      readonly to: number;
      readonly changes: readonly WordChange[] | null;
      /** Its mark was lost, and is to be set there anew. */
      readonly lost: boolean;
    }
  /** In the tray, with the words that it was about; null once they were erased. */
  | { readonly where: 'tray'; readonly about: string | null };

export interface ThreadForReader {
  readonly thread: Thread;
  readonly place: ThreadPlace;
  /** Comments of others that they have not seen. */
  readonly unread: readonly Comment[];
}

/**
 * REVIEW-4: a contact is told of no thread of the team: not that there is one, not how
 * many, not by a link, and not who of the team sees to one of theirs.
 * @param text of the block as it is now
 * @param place where a thread stands in it, for who knows already
 * @returns the threads that somebody may read, in the order of the text: first those on the
 *   section, then on fields, then beside words, then on quotes and suggestions, last the tray
 */
export function threadsFor(
  who: Commenter,
  threads: readonly Thread[],
  text: AnchoredText,
  read: ReadMarks,
  place: (thread: Thread) => ThreadPlace = (thread) => placeOf(thread, text),
): readonly ThreadForReader[] {
  const audiences = new Map(threads.map(({ id, audience }) => [id, audience]));
  return threads
    .filter(({ audience }) => mayRead(who, audience))
    .map((thread) => ({
      thread: who.side === 'team' ? thread : withoutTeam(thread, who, audiences),
      place: place(thread),
      unread: unreadBy(who.id, thread, read.get(thread.id) ?? null),
    }))
    .sort(inOrder);
}

function withoutTeam(thread: Thread, who: Commenter, audiences: ReadonlyMap<string, string>): Thread {
  const links = thread.links.filter((link) => link.to === 'thread' && audiences.get(link.id) === 'school');
  return {
    ...thread,
    links,
    assignee: thread.assignee === who.id ? who.id : null,
    // acts tell what links and assignments do not, and so does when the last was
    known: new Map(),
    lastAt: Math.max(
      thread.resolved?.at ?? 0,
      ...thread.comments.map((comment) => comment.editedAt ?? comment.at),
    ),
  };
}

/** @param last the id of the last comment that they saw; null: none */
export function unreadBy(id: string, thread: Thread, last: string | null): readonly Comment[] {
  const seen = thread.comments.findIndex((comment) => comment.id === last);
  // whoever answered has read what they answered to
  const own = thread.comments.findLastIndex((comment) => comment.by === id);
  return thread.comments.slice(Math.max(seen, own) + 1);
}

export function placeOf({ target }: Pick<Thread, 'target'>, text: AnchoredText): ThreadPlace {
  switch (target.on) {
    case 'section':
      return { where: 'section' };
    case 'field':
      return { where: 'field', field: target.field };
    case 'quote':
      return { where: 'quote', quote: target.quote };
    case 'suggestion':
      return { where: 'suggestion', author: target.author, id: target.id };
    case 'range': {
      const { anchor, kept } = target;
      // erased words are never looked for again
      if (!kept) {
        const place = text.marks.get(anchor);
        const [first, last] = [place?.[0], place?.at(-1)];
        if (!first || !last) return { where: 'tray', about: null };
        return { where: 'text', from: first.from, to: last.to, changes: null, lost: false };
      }
      return besideWords(anchorFate(text, anchor, kept), kept.quote);
    }
  }
}

function besideWords(fate: AnchorFate, quote: string): ThreadPlace {
  switch (fate.fate) {
    case 'here':
      return { where: 'text', ...fate.place, changes: null, lost: false };
    case 'moved':
      return { where: 'text', ...fate.place, changes: null, lost: true };
    case 'changed':
      return {
        ...{ where: 'text', ...fate.place, lost: fate.lost },
        changes: wordChanges(quote, fate.words),
      };
    case 'orphaned':
      return { where: 'tray', about: quote };
  }
}

const ORDER: readonly ThreadPlace['where'][] = ['section', 'field', 'text', 'quote', 'suggestion', 'tray'];

/** By where they stand; of those that stand together, the oldest first, and then by id, so that all see the same. */
function inOrder(one: ThreadForReader, other: ThreadForReader): number {
  const rank = ORDER.indexOf(one.place.where) - ORDER.indexOf(other.place.where);
  if (rank !== 0) return rank;
  const from = ({ place }: ThreadForReader) => (place.where === 'text' ? place.from : 0);
  const opened = ({ thread }: ThreadForReader) => thread.comments[0]?.at ?? 0;
  return from(one) - from(other) || opened(one) - opened(other) || (one.thread.id < other.thread.id ? -1 : 1);
}
