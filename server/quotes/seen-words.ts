import type { SeenWords } from '../../shared/api/quotes.ts';
import { contextKey } from '../../shared/document/quote-context.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import type { Shown } from '../../shared/quotes/quote-event.ts';
import { Refusal } from '../http/refusal.ts';

/**
 * Nothing is decided of words that whoever decides has not seen (QUOTE-1).
 * @param seen by them; undefined where they do not say
 * @throws Refusal conflict where other words stand there, or the same among others
 */
export function requireSeen(shown: Shown, seen: SeenWords | undefined): void {
  if (!seen) return;
  requireSeenWords(shown.wording, seen.wording);
  if (shown.context === null || contextKey(shown.context) !== contextKey(seen.context)) throw changed();
}

/** @throws Refusal conflict where these are other words than whoever decides has seen */
export function requireSeenWords(present: string | null, seen: string | undefined): void {
  if (seen !== undefined && (present === null || wordingKey(present) !== wordingKey(seen))) throw changed();
}

function changed(): Refusal {
  return new Refusal('conflict', 'This has been changed meanwhile. Look at what stands there now.');
}
