import type { SharingSection } from '../../shared/api/sharing.ts';
import type { UseInText } from '../../shared/document/wording.ts';
import { standingOf } from '../../shared/quotes/standing.ts';
import type { Records } from '../ports/record-store.ts';
import { loadQuotes } from './quote-store.ts';
import { presentOf } from './quote-views.ts';
import { loadSpeakers } from './speakers.ts';

/**
 * @param uses what stands in blocks of one case, by block
 * @returns how many quotes stand there that not all who speak in them have confirmed, and whose they
 *   are: whoever fills the block in sees them (ACCESS-5). Nothing for blocks without any
 */
export async function unconfirmedIn(
  records: Records,
  caseId: string,
  uses: ReadonlyMap<string, readonly UseInText[]>,
): Promise<ReadonlyMap<string, NonNullable<SharingSection['unconfirmed']>>> {
  const found = new Map<string, NonNullable<SharingSection['unconfirmed']>>();
  if (uses.size === 0) return found;
  const quotes = new Map((await loadQuotes(records, { caseId })).map((quote) => [quote.row.id, quote]));
  const [first] = quotes.values();
  if (!first) return found;
  const speakers = await loadSpeakers(records, first.row.study_id);
  const names = new Map(speakers.rows.map(({ id, name }) => [id, name || 'A former speaker']));
  const present = presentOf([], speakers);
  for (const [blockId, here] of uses) {
    const open = new Set<string>();
    const whose = new Set<string>();
    for (const use of here) {
      const record = quotes.get(use.quote)?.record;
      if (!record) continue;
      if (record.speakers.every((id) => standingOf(record, use, id, present) === 'verified')) continue;
      open.add(use.quote);
      for (const id of record.speakers) whose.add(names.get(id) ?? 'Somebody');
    }
    if (open.size > 0) found.set(blockId, { quotes: open.size, speakers: [...whose].sort() });
  }
  return found;
}
