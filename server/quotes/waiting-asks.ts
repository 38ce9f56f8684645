import type { Records } from '../ports/record-store.ts';

/**
 * @returns by question that is open, when the letter goes that asks it and still waits, in
 *   milliseconds since 1970; of a reminder that waits, nothing: they were asked before
 */
export async function loadWaitingAsks(
  records: Records,
  studyId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await records
    .selectFrom('quote_asks')
    .innerJoin('letters', 'letters.id', 'quote_asks.letter_id')
    .select(['quote_asks.id', 'letters.due_at'])
    .where('letters.study_id', '=', studyId)
    .where('letters.state', '=', 'waiting')
    .where('letters.answers', '=', 0)
    .where('quote_asks.next_at', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, due_at }) => [id, Number(due_at)]));
}
