import type { ThreadEvent } from '../../shared/comments/thread-event.ts';
import type { AnchoredText, KeptWords } from '../../shared/document/anchors.ts';
import type { Records } from '../ports/record-store.ts';

/** What is kept of words, and what is known of the text that they were found in. */
export interface KeptFrom {
  readonly kept: KeptWords | null;
  /** Of the text, just before it was read. */
  readonly lineage: string | null;
  /** They do not stand in the text, and are as the page sent them. */
  readonly isAsSent: boolean;
}

/** @returns the lineage that a block goes on with; null where there is none */
export async function lineageOf(records: Records, blockId: string): Promise<string | null> {
  const head = await records
    .selectFrom('block_heads')
    .select('lineage')
    .where('block_id', '=', blockId)
    .executeTakeFirst();
  return head?.lineage ?? null;
}

/** @returns whether words were kept that do not stand in a text */
export function areAsSent(text: Pick<AnchoredText, 'plain'>, kept: KeptWords | null): boolean {
  return kept !== null && !text.plain.includes(kept.quote);
}

/**
 * Of a text that was rewritten since it was read, nothing is kept: the words may be among those that were
 * erased (ERASE-1). Nor is what a page says stood in one that was ever rewritten, and does not: it may have
 * waited there since before. The mark alone tells what such a thread is about.
 * @returns the act as it is kept
 */
export async function withKeptStill(
  records: Records,
  blockId: string,
  event: ThreadEvent,
  { kept, lineage, isAsSent }: KeptFrom,
): Promise<ThreadEvent> {
  if (kept === null) return event;
  let stands = (await lineageOf(records, blockId)) === lineage;
  if (stands && isAsSent) {
    const rewritten = await records
      .selectFrom('block_rewrites')
      .select('block_id')
      .where('block_id', '=', blockId)
      .limit(1)
      .executeTakeFirst();
    stands = rewritten === undefined;
  }
  if (stands) return event;
  if (event.kind === 'placed') return { ...event, kept: null };
  if (event.kind !== 'opened' || event.target.on !== 'range') return event;
  return { ...event, target: { ...event.target, kept: null } };
}
