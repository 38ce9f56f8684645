import type { KeptWords } from '../../shared/document/anchors.ts';
import type { Records } from '../ports/record-store.ts';

/** Acts looked through at once. */
const AT_ONCE = 500;

/**
 * Takes words out of the threads of a study that are erased (ERASE-1): what a thread was about, with
 * what stood around it, and every wording of a comment, where they tell them. That something was said
 * there, by whom and when, stays.
 * @param tells whether a comment holds words that are erased
 * @param shares whether words of a text are, or hold, a piece of them
 * @returns how many acts had such words
 */
export async function eraseInThreads(
  records: Records,
  studyId: string,
  tells: (words: string) => boolean,
  shares: (words: string) => boolean = tells,
): Promise<number> {
  let erased = 0;
  let from = { thread: '', seq: 0 };
  for (;;) {
    const { thread, seq } = from;
    const page = await records
      .selectFrom('thread_events')
      .innerJoin('threads', 'threads.id', 'thread_events.thread_id')
      .select(['thread_events.thread_id', 'thread_events.seq', 'thread_events.words', 'thread_events.kept'])
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
    for (const row of page) {
      const keeps = row.kept !== null && tellsKept(JSON.parse(row.kept) as KeptWords, shares);
      const says = row.words !== null && tells(row.words);
      if (!keeps && !says) continue;
      erased += 1;
      await records
        .updateTable('thread_events')
        .set({ ...(keeps && { kept: null }), ...(says && { words: null }) })
        .where('thread_id', '=', row.thread_id)
        .where('seq', '=', row.seq)
        .execute();
    }
    const last = page.at(-1);
    if (!last || page.length < AT_ONCE) return erased;
    from = { thread: last.thread_id, seq: last.seq };
  }
}

function tellsKept({ quote, prefix, suffix }: KeptWords, tells: (words: string) => boolean): boolean {
  return [prefix + quote + suffix, quote, prefix, suffix].some(
    (words) => words.trim() !== '' && tells(words),
  );
}
