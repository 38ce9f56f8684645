import type { Transaction } from 'kysely';
import { refusalOf } from '../../shared/quotes/acts.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import type { Randomness } from '../ports/clock.ts';
import type { Tables } from '../ports/tables.ts';
import { appendStep, loadQuote } from './quote-store.ts';
import { loadSpeakers } from './speakers.ts';

/** Whoever calls a letter back before it goes takes back what it was to ask. */
export async function recallAsksOf(
  records: Transaction<Tables>,
  random: Pick<Randomness, 'bytes'>,
  letterId: string,
  by: { readonly personId: string | null; readonly at: number },
): Promise<void> {
  const asks = await records
    .selectFrom('quote_asks')
    .select(['id', 'quote_id'])
    .where('letter_id', '=', letterId)
    .execute();
  for (const { id, quote_id } of asks) {
    const quote = await loadQuote(records, quote_id);
    if (!quote) continue;
    const { facts } = await loadSpeakers(records, quote.row.study_id);
    const actor = { who: 'member', id: by.personId ?? '' } as const;
    const recalled: QuoteEvent = { kind: 'recalled', at: by.at, by: actor, ask: id };
    // what was answered or replaced meanwhile stays as it is
    if (refusalOf(quote.record, recalled, { ...facts, isCloser: false })) continue;
    await appendStep(records, random, quote, recalled);
  }
}
