import type { RouteInput } from '../../shared/api/contract.ts';
import { refusalOf } from '../../shared/quotes/acts.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { changedParts, HOW_SAID, type QuoteSource } from '../../shared/quotes/source.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { type QuoteParts, type QuoteScene, refused } from './quote-acts.ts';
import { appendStep, loadQuote } from './quote-store.ts';
import { loadSpeakers } from './speakers.ts';

export function sourceOf(row: Tables['quotes']): QuoteSource {
  return {
    how: HOW_SAID.find((how) => how === row.how) ?? 'interview',
    saidOn: row.said_on,
    ...{ source: row.source, original: row.original, language: row.language },
    translated: row.translated === 1,
  };
}

/**
 * Changes what is noted of where words come from, and never the words. From when somebody was asked
 * about them it is a step of the quote (QUOTE-6): they were shown what was noted before.
 * @throws Refusal not-found; conflict for words that were taken back
 */
export async function changeSource(
  { records, clock, random, bus }: QuoteParts,
  { row, study }: QuoteScene,
  actor: Actor,
  wanted: RouteInput<'PATCH /api/quotes/:quoteId'>,
): Promise<void> {
  const changed = await records.transaction(async (transaction) => {
    const quote = await loadQuote(transaction, row.id);
    if (!quote) throw nothingThere();
    const before = sourceOf(quote.row);
    const said = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const after: QuoteSource = { ...before, ...Object.fromEntries(said) };
    const parts = changedParts(before, after);
    if (parts.length === 0) return false;
    const at = clock.now();
    const by = { who: 'member', id: actor.personId ?? '' } as const;
    const event: QuoteEvent = { kind: 'source-changed', at, by, parts, before, after };
    const { facts } = await loadSpeakers(transaction, study.id);
    const refusal = refusalOf(quote.record, event, { ...facts, isCloser: false });
    if (refusal) throw refused(refusal);
    const { asks, guardianAsks } = quote.record;
    if (asks.length + guardianAsks.length > 0) await appendStep(transaction, random, quote, event);
    const { saidOn: said_on, translated, ...rest } = after;
    await transaction
      .updateTable('quotes')
      .set({ ...rest, said_on, translated: translated ? 1 : 0 })
      .where('id', '=', row.id)
      .execute();
    await recordInStudy(transaction, study.id, {
      kind: 'quote-source-changed',
      by: actor,
      at,
      caseId: row.case_id,
      detail: { quote: row.id, parts: parts.join(',') },
    });
    return true;
  });
  if (changed) caseChanged(bus, study.id, row.case_id);
}
