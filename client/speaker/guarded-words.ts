import type { GuardedQuote, GuardedWords } from '../../shared/api/guardian-quotes.ts';
import type { Mark } from './speaker-words.ts';

/** How a child's words stand for a parent or carer. */
export type GuardedSituation = 'asked' | 'child-next' | 'agreed' | 'lapsed' | 'recalled' | 'withdrawn';

/** @param at the present, milliseconds since 1970 */
export function guardedSituation(
  { over, consent, assent, until }: GuardedQuote,
  at: number,
): GuardedSituation {
  if (over === 'withdrawn') return 'withdrawn';
  if (consent) return assent ? 'agreed' : 'child-next';
  if (over === 'recalled') return 'recalled';
  return over === 'lapsed' || until <= at ? 'lapsed' : 'asked';
}

export function guardedMark(situation: GuardedSituation, child: string): Mark | null {
  switch (situation) {
    case 'asked':
      return null;
    case 'child-next':
      return { look: 'wait', words: `You agreed. Ask ${child} as well` };
    case 'agreed':
      return { look: 'good', words: `You and ${child} agreed` };
    case 'withdrawn':
      return { look: 'calm', words: 'Not used' };
    default:
      return { look: 'calm', words: 'Not used' };
  }
}

/** @returns what follows from how it stands */
export function guardedFollows(quote: GuardedQuote, situation: GuardedSituation, child: string): string {
  switch (situation) {
    case 'asked':
      return quote.gone ? 'These words are not in the text any more. You need not do anything.' : '';
    case 'child-next':
      return `Read these words to ${child}, and ask whether they may be published so. Nothing is published without ${child}’s own yes.`;
    case 'agreed':
      return quote.assent?.told === false
        ? `${child} said so to the team. Whether the words are right, ${child} is asked by the team.`
        : `The team asks ${child} whether the words are right, before they are used.`;
    case 'withdrawn':
      return 'These words are used nowhere from now on.';
    case 'lapsed':
      return 'The time to answer is over. Silence is no yes: these words are not used unless you are asked again.';
    case 'recalled':
      return 'The team does not ask about this any more.';
  }
}

/** @returns what the page is headed with for whoever is asked for children alone */
export function guardedTitle(guarded: readonly GuardedWords[], at: number): string {
  const situations = guarded.flatMap(({ quotes }) => quotes.map((quote) => guardedSituation(quote, at)));
  const name = guarded.length === 1 ? (guarded[0]?.name ?? '') : '';
  const who = name === '' ? 'Your children' : name;
  if (situations.includes('asked')) return `May we quote ${who === name ? name : 'your children'}?`;
  if (situations.includes('child-next')) return `One thing is left: ask ${who === name ? name : 'them'}`;
  return situations.includes('agreed')
    ? 'Thank you, that is all for now'
    : 'There is nothing to say just now';
}

/** @returns ids of the child's other quotes that *the same for everything* means */
export function guardedOthers({ quotes }: GuardedWords, { quoteId }: GuardedQuote, at: number): string[] {
  const open = quotes.filter((one) => ['asked', 'child-next', 'agreed'].includes(guardedSituation(one, at)));
  return [...new Set(open.map((one) => one.quoteId))].filter((id) => id !== quoteId);
}
