import type { Records } from '../ports/record-store.ts';
import { schoolsOf } from './commenters.ts';

/**
 * @param blockIds of blocks that somebody at a school reads
 * @returns by block, the anchors of threads that they read; of all others nothing is told (REVIEW-4)
 */
export async function schoolAnchors(
  records: Records,
  personId: string,
  blockIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (blockIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('threads')
    .select((eb) => [
      ...(['block_id', 'case_id', 'school_id', 'anchor'] as const),
      eb
        .exists(
          eb
            .selectFrom('thread_events')
            .select('thread_events.id')
            .whereRef('thread_events.thread_id', '=', 'threads.id')
            .where('thread_events.person_id', '=', personId)
            .where('thread_events.kind', 'in', ['opened', 'replied']),
        )
        .as('wrote'),
    ])
    .where('block_id', 'in', [...blockIds])
    .where('audience', '=', 'school')
    .where('anchor', 'is not', null)
    .execute();
  const schools = new Map<string, readonly string[]>();
  const anchors = new Map<string, Set<string>>();
  for (const { block_id, case_id, school_id, anchor, wrote } of rows) {
    const theirs = schools.get(case_id) ?? (await schoolsOf(records, personId, case_id));
    schools.set(case_id, theirs);
    if (anchor === null || (!wrote && school_id !== null && !theirs.includes(school_id))) continue;
    anchors.set(block_id, (anchors.get(block_id) ?? new Set()).add(anchor));
  }
  return anchors;
}
