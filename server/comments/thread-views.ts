import { setImmediate } from 'node:timers/promises';
import type { CommenterView, ThreadView } from '../../shared/api/comments.ts';
import {
  placeOf,
  type ReadMarks,
  type ThreadForReader,
  type ThreadPlace,
  threadsFor,
} from '../../shared/comments/reading.ts';
import type { Thread } from '../../shared/comments/thread.ts';
import type { ThreadSide } from '../../shared/comments/thread-event.ts';
import type { AnchoredText } from '../../shared/document/anchors.ts';
import type { Records } from '../ports/record-store.ts';
import { loadPeople } from '../studies/people.ts';
import { type PresentCommenter, sees } from './commenters.ts';
import type { SchoolSight } from './school-sight.ts';
import type { KeptThread } from './thread-store.ts';

/** What threads of one section are shown with to one person. */
export interface ViewNeeds {
  readonly who: PresentCommenter;
  readonly text: AnchoredText;
  /** Of somebody at a school; null for the team, who read the text itself. */
  readonly sight: SchoolSight | null;
  readonly read: ReadMarks;
  /** Of everybody who is in the case now, the side. */
  readonly present: ReadonlyMap<string, ThreadSide>;
}

/** Threads whose words are looked for before others get their turn: those that are gone, in the whole text. */
const PLACED_AT_ONCE = 50;

/** @returns the threads of one section that they may read, in the order of its text */
export async function threadViews(threads: readonly KeptThread[], needs: ViewNeeds): Promise<ThreadView[]> {
  const { who, text, sight, read, present } = needs;
  const theirs = threads.flatMap((kept) => {
    const one = sees(kept, who, sight);
    return one ? [one] : [];
  });
  const places = new Map<string, ThreadPlace>();
  for (const [at, { thread }] of theirs.entries()) {
    places.set(thread.id, placeOf(thread, text));
    if (at % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) await setImmediate();
  }
  const rows = new Map(theirs.map((kept) => [kept.row.id, kept]));
  return threadsFor(
    who,
    theirs.map(({ thread }) => thread),
    text,
    read,
    (thread) => places.get(thread.id) ?? placeOf(thread, text),
  ).flatMap((one) => {
    const kept = rows.get(one.thread.id);
    if (!kept) return [];
    const view = viewOf(one, kept, sight && isToldWords(kept.thread, who.id, sight), present);
    return [sight ? withoutStrangers(view, who.id, present) : view];
  });
}

/** Whether what a thread is about may be told at a school: they selected it, or it stands in their copy. */
function isToldWords(thread: Thread, personId: string, sight: SchoolSight): boolean {
  if (thread.target.on !== 'range') return true;
  const placed = [...thread.known.values()].findLast(({ kind }) => kind === 'opened' || kind === 'placed');
  return placed?.by === personId || (thread.target.kept !== null && sight.reads(thread.target.kept));
}

/** @param told of somebody at a school, whether they are told the words that it is about; null for the team */
function viewOf(
  { thread, place, unread }: ThreadForReader,
  { row }: KeptThread,
  told: boolean | null,
  present: ReadonlyMap<string, ThreadSide>,
): ThreadView {
  const { id, audience, resolved, assignee, lastAt } = thread;
  return {
    ...{ id, caseId: row.case_id, blockId: row.block_id, audience, lastAt },
    target: told === null ? thread.target : plainTarget(thread.target, told),
    comments: thread.comments.map((comment) => ({ ...comment, mentions: [...comment.mentions] })),
    resolved: resolved && { ...resolved },
    // whoever has left sees to nothing any more (PRIVACY-4)
    assignee: assignee !== null && present.has(assignee) ? assignee : null,
    links: [...thread.links],
    place: told === null ? place : plainPlace(place, told),
    unread: unread.map((comment) => comment.id),
  };
}

function plainTarget(target: Thread['target'], told: boolean): Thread['target'] {
  if (target.on !== 'range' || target.kept === null) return target;
  const kept = told ? { quote: target.kept.quote, prefix: '', suffix: '' } : null;
  return { ...target, kept };
}

/** Where it stands and what it was, and not how far in the whole text, or what stands there for others. */
function plainPlace(place: ThreadForReader['place'], told: boolean): ThreadForReader['place'] {
  if (place.where === 'text') return { ...place, from: 0, to: 0, changes: null };
  return place.where === 'tray' && !told ? { ...place, about: null } : place;
}

/** Who else there is at schools is not told by naming them (ACCESS-5). */
function withoutStrangers(
  view: ThreadView,
  personId: string,
  present: ReadonlyMap<string, ThreadSide>,
): ThreadView {
  const wrote = new Set(view.comments.map(({ by }) => by));
  const isKnown = (id: string) => id === personId || wrote.has(id) || present.get(id) === 'team';
  const comments = view.comments.map((comment) => ({
    ...comment,
    mentions: comment.mentions.filter(isKnown),
  }));
  return { ...view, comments };
}

/** @returns everybody who is in the case: the study's team, and its school contacts */
export async function presentIn(
  records: Records,
  studyId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, ThreadSide>> {
  const contacts =
    caseIds.length === 0
      ? []
      : await records
          .selectFrom('case_contacts')
          .select('user_id')
          .where('case_id', 'in', [...caseIds])
          .where('quotes_alone', '=', 0)
          .execute();
  const members = await records
    .selectFrom('members')
    .select('user_id')
    .where('study_id', '=', studyId)
    .where('role', '<>', 'contact')
    .execute();
  return new Map([
    ...contacts.map((row) => [row.user_id, 'school'] as const),
    ...members.map((row) => [row.user_id, 'team'] as const),
  ]);
}

/** @returns everybody who is told of in views, as the study calls them; without addresses */
export async function peopleIn(
  records: Records,
  studyId: string,
  views: readonly ThreadView[],
  present: ReadonlyMap<string, ThreadSide>,
): Promise<CommenterView[]> {
  const sides = new Map<string, ThreadSide>();
  const note = (id: string | null | undefined, side?: ThreadSide) => {
    if (id) sides.set(id, present.get(id) ?? side ?? sides.get(id) ?? 'team');
  };
  for (const { comments, resolved, assignee } of views) {
    for (const { by, side, mentions } of comments) {
      for (const id of mentions) note(id);
      note(by, side);
    }
    note(resolved?.by);
    note(assignee);
  }
  const people = await loadPeople(records, [...sides.keys()], studyId);
  return [...people.values()].map(({ id, name, colour, initials }) => ({
    ...{ id, name, colour, initials },
    side: sides.get(id) ?? 'team',
  }));
}
