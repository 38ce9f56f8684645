import type { KeptWords } from '../../shared/document/anchors.ts';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import type { Records } from '../ports/record-store.ts';
import { instant, type PersonReach } from './person-reach.ts';

/** What is held on somebody in threads. */

/** Acts read at once: what waits in memory, and how long others wait for the database. */
const AT_ONCE = 500;

/**
 * What they said and did in threads, and where others named them, thread by thread.
 */
export async function* commentRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'comments'>> {
  const { records, personId, studyId } = reach;
  let from = { thread: '', seq: 0 };
  for (;;) {
    const { thread, seq } = from;
    const page = await records
      .selectFrom('thread_events')
      .innerJoin('threads', 'threads.id', 'thread_events.thread_id')
      .innerJoin('studies', 'studies.id', 'threads.study_id')
      .select(['thread_events.thread_id', 'thread_events.seq', 'thread_events.kind', 'thread_events.at'])
      .select(['thread_events.person_id', 'thread_events.words', 'thread_events.kept'])
      .select(['thread_events.detail', 'threads.audience', 'threads.case_id'])
      .select(['studies.id as studyId', 'studies.title as study'])
      .where((eb) =>
        eb.or([
          eb('thread_events.person_id', '=', personId),
          eb('thread_events.detail', 'like', `%"${personId}"%`),
        ]),
      )
      .$if(studyId !== null, (query) => query.where('threads.study_id', '=', studyId ?? ''))
      .where((eb) =>
        eb.or([
          eb('thread_events.thread_id', '>', thread),
          eb.and([eb('thread_events.thread_id', '=', thread), eb('thread_events.seq', '>', seq)]),
        ]),
      )
      .orderBy('thread_events.thread_id')
      .orderBy('thread_events.seq')
      .limit(AT_ONCE)
      .execute();
    for (const row of page) {
      const isTheirs = row.person_id === personId;
      // in the search above, `_` of an id stands for any sign
      if (!isTheirs && !names(row.detail, personId)) continue;
      yield {
        studyId: row.studyId,
        study: row.study,
        caseId: row.case_id,
        threadId: row.thread_id,
        at: instant(row.at),
        part: isTheirs ? 'did' : 'named',
        kind: row.kind,
        audience: row.audience,
        words: isTheirs ? row.words : null,
        concerning: isTheirs && row.kept !== null ? (JSON.parse(row.kept) as KeptWords).quote : null,
      };
    }
    const last = page.at(-1);
    if (!last || page.length < AT_ONCE) return;
    from = { thread: last.thread_id, seq: last.seq };
  }
}

function names(detail: string, personId: string): boolean {
  const { mentions = [], to } = JSON.parse(detail) as { readonly mentions?: string[]; readonly to?: string };
  return mentions.includes(personId) || to === personId;
}

/** @returns how far they have read threads, oldest first */
export async function readThreadRows(reach: PersonReach): Promise<PersonFileRow<'readThreads'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('thread_reads')
    .innerJoin('threads', 'threads.id', 'thread_reads.thread_id')
    .innerJoin('studies', 'studies.id', 'threads.study_id')
    .select(['thread_reads.thread_id', 'thread_reads.comment_id', 'thread_reads.at', 'threads.case_id'])
    .select(['studies.id as studyId', 'studies.title as study'])
    .where('thread_reads.person_id', '=', personId)
    .$if(studyId !== null, (query) => query.where('threads.study_id', '=', studyId ?? ''))
    .orderBy('thread_reads.at')
    .execute();
  return rows.map((row) => ({
    studyId: row.studyId,
    study: row.study,
    caseId: row.case_id,
    threadId: row.thread_id,
    upTo: row.comment_id,
    at: instant(row.at),
  }));
}

/** What somebody had read says nothing to anybody once they are gone. */
export async function forgetReading(records: Records, personId: string): Promise<void> {
  await records.deleteFrom('thread_reads').where('person_id', '=', personId).execute();
}
