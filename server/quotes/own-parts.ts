import type { OwnQuote } from '../../shared/api/speaker-quotes.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import type { Ask } from '../../shared/quotes/quote-record.ts';
import { HOW_SAID } from '../../shared/quotes/source.ts';
import type { KeptQuote } from './quote-store.ts';
import { stepCode } from './quote-views.ts';

/** What pages of speakers and of parents show alike. */

/** @returns by which a step can be checked, whatever came after it (QUOTE-6) */
export function codeOf(quote: KeptQuote, event: QuoteEvent): string {
  return stepCode(quote.row.id, quote.steps[quote.events.indexOf(event)]);
}

export function sourceShown({ row, record }: KeptQuote): OwnQuote['source'] {
  const { said_on: saidOn, original, language, translated } = row;
  return {
    how: HOW_SAID.find((how) => how === row.how) ?? 'interview',
    saidOn,
    // of an exchange it holds the words of others as well (ACCESS-5)
    original: record.speakers.length > 1 ? '' : original,
    language,
    translated: translated === 1,
  };
}

export function wordsShown(
  wording: string,
  context: Ask['shown']['context'],
  turns?: Ask['shown']['turns'],
): OwnQuote['shown'] {
  const { before, between, after } = context ?? { before: '', between: [], after: '' };
  return { wording, before, between: [...between], after, ...(turns && { turns: [...turns] }) };
}
