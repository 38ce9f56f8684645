import type { OwnQuote } from '../api/speaker-quotes.ts';

type Said = Pick<OwnQuote, 'answer' | 'consent' | 'decided' | 'gone' | 'over' | 'verified'>;

/**
 * @returns whether somebody said yes to words that may appear nowhere yet: they did not say where, or
 *   ticked nothing. Of words that have to be confirmed anew first, nothing is missing.
 */
export function lacksPlaces({ answer, consent, decided, gone, over, verified }: Said): boolean {
  if (over === 'withdrawn' || gone) return false;
  const isYes =
    answer?.kind === 'confirmed'
      ? verified
      : answer?.kind === 'correction-proposed' && decided !== 'returned';
  return isYes && (consent === null || consent.channels.length === 0);
}
