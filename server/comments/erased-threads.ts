import { setImmediate } from 'node:timers/promises';
import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import type { KeptWords } from '../../shared/document/anchors.ts';
import type { ErasedPieces } from '../../shared/protection/erased-words.ts';
import { withoutPieces } from '../../shared/protection/kept-words.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** A thread out of which words went. */
export interface ErasedThread {
  readonly thread: string;
  readonly caseId: string;
  readonly blockId: string;
  readonly audience: ThreadAudience;
}

/** Acts looked through at once: others are served after each. */
const AT_ONCE = 200;

/**
 * Takes words out of the threads of a study that are erased (ERASE-1): every wording of a comment that
 * tells them, and pieces of them from what threads are about, with what stood around it, in texts that
 * were rewritten for it. That something was said there, by whom and when, stays. It can be ended at any
 * point, and done again.
 * @returns the threads that had such words, each once
 */
export async function eraseInThreads(
  store: Pick<RecordStore, 'read' | 'transaction'>,
  { id, study_id: studyId }: Pick<Tables['erasures'], 'id' | 'study_id'>,
  pieces: ErasedPieces,
): Promise<readonly ErasedThread[]> {
  const rewrites = await store.read
    .selectFrom('block_rewrites')
    .select('block_id')
    .where('erasure_id', '=', id)
    .execute();
  const rewritten = new Set(rewrites.map((row) => row.block_id));
  const erased = new Map<string, ErasedThread>();
  let from = { thread: '', seq: 0 };
  for (;;) {
    const page = await actsFrom(store.read, studyId, from);
    const changes = page.flatMap((row) => {
      const isToldIn = row.words !== null && pieces.isToldIn(row.words);
      const kept = row.kept === null || !rewritten.has(row.block_id) ? row.kept : keptOf(row.kept, pieces);
      if (!isToldIn && kept === row.kept) return [];
      return [{ row, set: { kept, ...(isToldIn && { words: null }) } }];
    });
    if (changes.length > 0) {
      await store.transaction(async (records) => {
        for (const { row, set } of changes) {
          await records
            .updateTable('thread_events')
            .set(set)
            .where('thread_id', '=', row.thread_id)
            .where('seq', '=', row.seq)
            .execute();
        }
      });
    }
    for (const { row } of changes) {
      const { thread_id: thread, case_id: caseId, block_id: blockId, audience } = row;
      erased.set(thread, { thread, caseId, blockId, audience: audience === 'school' ? 'school' : 'team' });
    }
    const last = page.at(-1);
    if (!last || page.length < AT_ONCE) return [...erased.values()];
    from = { thread: last.thread_id, seq: last.seq };
    await setImmediate();
  }
}

function actsFrom(records: Records, studyId: string, { thread, seq }: { thread: string; seq: number }) {
  return records
    .selectFrom('thread_events')
    .innerJoin('threads', 'threads.id', 'thread_events.thread_id')
    .select(['thread_events.thread_id', 'thread_events.seq', 'thread_events.words', 'thread_events.kept'])
    .select(['threads.block_id', 'threads.case_id', 'threads.audience'])
    .where('threads.study_id', '=', studyId)
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
}

/** @returns the same where nothing of them is in it */
function keptOf(json: string, pieces: ErasedPieces): string | null {
  const { quote, prefix, suffix } = JSON.parse(json) as KeptWords;
  const kept = { before: prefix, words: quote, after: suffix };
  const left = withoutPieces(kept, pieces);
  if (left === kept) return json;
  return left && JSON.stringify({ quote: left.words, prefix: left.before, suffix: left.after });
}
