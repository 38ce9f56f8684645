import { type QuoteTerms, USUAL_TERMS } from '../../shared/quotes/quote-terms.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns what a study set on its questions about quotes, or what is usual */
export async function termsOf(records: Records, studyId: string): Promise<QuoteTerms> {
  const row = await records
    .selectFrom('quote_terms')
    .select('terms')
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  return row ? (JSON.parse(row.terms) as QuoteTerms) : USUAL_TERMS;
}
