import type { Transaction } from 'kysely';
import type { ReadMarks } from '../../shared/comments/reading.ts';
import { type Thread, threadOf } from '../../shared/comments/thread.ts';
import type {
  CommentWords,
  ThreadEvent,
  ThreadEventKind,
  ThreadSide,
  ThreadTarget,
} from '../../shared/comments/thread-event.ts';
import type { KeptWords } from '../../shared/document/anchors.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** A thread as it is kept, with what its acts come to. */
export interface KeptThread {
  readonly row: Tables['threads'];
  readonly thread: Thread;
  /** By the id of an act of somebody at a school: of which. */
  readonly schools: ReadonlyMap<string, string>;
}

export type ThreadChoice =
  | { readonly id: string }
  | { readonly caseId: string }
  | { readonly blockIds: readonly string[] };

/** @returns threads in no order that means anything, in two statements for however many */
export async function loadThreads(records: Records, choice: ThreadChoice): Promise<KeptThread[]> {
  const rows = await chosen(records, choice).selectAll('threads').orderBy('threads.id').execute();
  if (rows.length === 0) return [];
  const events = await records
    .selectFrom('thread_events')
    .selectAll()
    .where('thread_id', 'in', chosen(records, choice).select('threads.id'))
    .orderBy('thread_id')
    .orderBy('seq')
    .execute();
  const ofThread = new Map<string, Tables['thread_events'][]>();
  for (const event of events) {
    const known = ofThread.get(event.thread_id);
    if (known) known.push(event);
    else ofThread.set(event.thread_id, [event]);
  }
  return rows.map((row) => {
    const theirs = ofThread.get(row.id) ?? [];
    const thread = threadOf(theirs.map(eventOf));
    if (!thread) throw new Error(`a thread without any act: ${row.id}`);
    const schools = theirs.flatMap((event) =>
      event.school_id ? [[event.id, event.school_id] as const] : [],
    );
    return { row, thread, schools: new Map(schools) };
  });
}

function chosen(records: Records, choice: ThreadChoice) {
  const threads = records.selectFrom('threads');
  if ('id' in choice) return threads.where('threads.id', '=', choice.id);
  if ('caseId' in choice) return threads.where('case_id', '=', choice.caseId);
  return threads.where('block_id', 'in', [...choice.blockIds]);
}

/** @returns null where there is no such thread */
export async function loadThread(records: Records, id: string): Promise<KeptThread | null> {
  return (await loadThreads(records, { id }))[0] ?? null;
}

/** Where a thread is opened. */
export interface ThreadPlaceRow {
  readonly studyId: string;
  readonly caseId: string;
  readonly blockId: string;
}

/**
 * Appends an act that `judge` took, in the transaction in which the thread was read.
 * @param known the thread before it; null where this opens it
 * @param schoolId of somebody at a school: which; else null
 */
export async function appendAct(
  records: Transaction<Tables>,
  place: ThreadPlaceRow,
  known: KeptThread | null,
  event: ThreadEvent,
  schoolId: string | null,
): Promise<void> {
  const anchor = anchorOf(event);
  if (event.kind === 'opened') {
    await records
      .insertInto('threads')
      .values({
        id: event.thread,
        study_id: place.studyId,
        case_id: place.caseId,
        block_id: place.blockId,
        audience: event.audience,
        school_id: schoolId,
        anchor,
      })
      .execute();
  } else if (anchor !== null) {
    await records.updateTable('threads').set({ anchor }).where('id', '=', event.thread).execute();
  }
  await records
    .insertInto('thread_events')
    .values(rowOf(event, (known?.thread.known.size ?? 0) + 1, schoolId))
    .execute();
}

/** @returns the anchor that an act puts its thread at; null where it does not */
export function anchorOf(event: ThreadEvent): string | null {
  if (event.kind === 'placed') return event.anchor;
  return event.kind === 'opened' && event.target.on === 'range' ? event.target.anchor : null;
}

/** What of an act can be erased stands in columns of its own. */
function rowOf(event: ThreadEvent, seq: number, schoolId: string | null): Tables['thread_events'] {
  const { id, thread, by, side, at, kind, ...rest } = event;
  const {
    words = null,
    kept,
    target,
    ...detail
  } = rest as Partial<CommentWords> & {
    readonly kept?: KeptWords | null;
    readonly target?: ThreadTarget;
  };
  const about = target?.on === 'range' ? target.kept : (kept ?? null);
  const plainTarget = target?.on === 'range' ? { on: target.on, anchor: target.anchor } : target;
  return {
    thread_id: thread,
    seq,
    id,
    kind,
    person_id: by,
    side,
    school_id: schoolId,
    at,
    detail: JSON.stringify({ ...detail, ...(plainTarget && { target: plainTarget }) }),
    words,
    kept: about && JSON.stringify(about),
  };
}

/** @throws Error for what is no act of this version */
export function eventOf(row: Tables['thread_events']): ThreadEvent {
  const head = {
    id: row.id,
    thread: row.thread_id,
    by: row.person_id,
    side: row.side as ThreadSide,
    at: Number(row.at),
  };
  const kind = row.kind as ThreadEventKind;
  const detail = JSON.parse(row.detail) as { readonly target?: ThreadTarget };
  const kept = row.kept === null ? null : (JSON.parse(row.kept) as KeptWords);
  switch (kind) {
    case 'opened': {
      const target = detail.target?.on === 'range' ? { ...detail.target, kept } : detail.target;
      return { ...head, ...detail, target, kind, words: row.words } as ThreadEvent;
    }
    case 'replied':
    case 'edited':
      return { ...head, ...detail, kind, words: row.words } as ThreadEvent;
    case 'placed':
      return { ...head, ...detail, kind, kept } as ThreadEvent;
    case 'resolved':
    case 'reopened':
    case 'assigned':
    case 'linked':
    case 'unlinked':
      return { ...head, ...detail, kind } as ThreadEvent;
    default:
      throw new Error(`an act of a later version: ${kind satisfies never}`);
  }
}

/** @returns how far somebody has read threads of a case, or of all cases */
export async function loadReadMarks(
  records: Records,
  personId: string,
  caseIds: readonly string[],
): Promise<ReadMarks> {
  if (caseIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('thread_reads')
    .innerJoin('threads', 'threads.id', 'thread_reads.thread_id')
    .select(['thread_reads.thread_id', 'thread_reads.comment_id'])
    .where('thread_reads.person_id', '=', personId)
    .where('threads.case_id', 'in', [...caseIds])
    .execute();
  return new Map(rows.map((row) => [row.thread_id, row.comment_id]));
}

/** Notes how far somebody has read; never back to what they had read before. */
export async function markSeen(
  records: Transaction<Tables>,
  personId: string,
  { thread }: KeptThread,
  comment: string,
  at: number,
): Promise<void> {
  const place = (id: string | undefined) => thread.comments.findIndex((one) => one.id === id);
  const before = await records
    .selectFrom('thread_reads')
    .select('comment_id')
    .where('person_id', '=', personId)
    .where('thread_id', '=', thread.id)
    .executeTakeFirst();
  if (place(comment) <= place(before?.comment_id)) return;
  await records
    .insertInto('thread_reads')
    .values({ person_id: personId, thread_id: thread.id, comment_id: comment, at })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'thread_id']).doUpdateSet({ comment_id: comment, at }),
    )
    .execute();
}
