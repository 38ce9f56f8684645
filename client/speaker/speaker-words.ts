import type { OwnQuote, OwnWords } from '../../shared/api/speaker-quotes.ts';
import { dayWritten } from '../../shared/quotes/quote-terms.ts';
import { lacksPlaces } from '../../shared/quotes/said-places.ts';
import { longDayOf } from '../ui/dates.ts';

const HOUR = 60 * 60_000;

/** How a question about somebody's words stands. */
export type Situation =
  /** To be answered. */
  | 'waiting'
  /** To be answered, but the text has other words by now: nobody says yes to what stands nowhere. */
  | 'changed'
  | 'answered'
  /** Nobody answered in time, which is no yes. */
  | 'lapsed'
  /** The team does not ask any more. */
  | 'recalled'
  | 'withdrawn';

/** @param at the present, milliseconds since 1970 */
export function situationOf({ over, answer, until, now, gone }: OwnQuote, at: number): Situation {
  if (over === 'withdrawn') return 'withdrawn';
  if (answer !== null) return 'answered';
  if (over === 'recalled' || over === 'replaced') return 'recalled';
  if (over === 'lapsed' || until <= at) return 'lapsed';
  return now !== null || gone ? 'changed' : 'waiting';
}

/** @returns whether an answer can still be given, or changed */
export function isOpen({ over, until }: OwnQuote, at: number): boolean {
  return over === null && at < until;
}

export function isWaiting(situation: Situation): boolean {
  return situation === 'waiting' || situation === 'changed';
}

/** @returns how much of what can be said was said: a yes to words that may appear nowhere is half of it */
export function progressOf(
  quotes: readonly OwnQuote[],
  at: number,
): { readonly all: number; readonly done: number; readonly words: string } {
  const said = quotes.map((quote) => ({ situation: situationOf(quote, at), half: lacksPlaces(quote) }));
  const waiting = said.filter(({ situation }) => isWaiting(situation)).length;
  const halves = said.filter(({ half }) => half).length;
  const all =
    waiting + said.filter(({ situation }) => situation === 'answered' || situation === 'withdrawn').length;
  const done = all - waiting - halves;
  if (all === 0) return { all, done, words: '' };
  if (done === all) return { all, done, words: 'All done' };
  const words = `${done} of ${all} done`;
  return { all, done, words: waiting > 0 ? words : `${words}. Say where your words may appear` };
}

/**
 * @returns ids of the other quotes that *the same for everything* means: what they do not want to be
 *   quoted with, did not say or took back is none of it
 */
export function othersOf({ quotes }: Pick<OwnWords, 'quotes'>, { quoteId }: OwnQuote): readonly string[] {
  const used = quotes.filter(
    ({ answer, over }) => over !== 'withdrawn' && answer?.kind !== 'declined' && answer?.kind !== 'disputed',
  );
  return [...new Set(used.map((quote) => quote.quoteId))].filter((id) => id !== quoteId);
}

export function sameForAll(others: number): string {
  return others === 1
    ? 'The same for the other thing that I said here, once I confirm it'
    : `The same for the other ${others} things that I said here, once I confirm them`;
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** @returns what the page is headed with @param withoutPlaces how many were confirmed and may appear nowhere yet */
export function titleOf(situations: readonly Situation[], withoutPlaces = 0): string {
  const waiting = situations.filter(isWaiting).length;
  if (waiting === 1) return 'One thing you said, to check before anyone prints it';
  if (waiting > 1) {
    return `${NUMBERS[waiting] ?? String(waiting)} things you said, to check before anyone prints them`;
  }
  if (withoutPlaces > 0) return 'One thing is left: say where your words may appear';
  return situations.includes('answered')
    ? 'Thank you, that is all for now'
    : 'There is nothing to check just now';
}

/** Seconds that reading one quote and deciding on it takes. */
const SECONDS_EACH = 40;

export function timeNeeded(waiting: number): string {
  const minutes = Math.ceil((waiting * SECONDS_EACH) / 60);
  return minutes <= 1
    ? 'About a minute.'
    : `About ${(NUMBERS[minutes] ?? String(minutes)).toLowerCase()} minutes.`;
}

/** What a question is marked with where it is not to be answered; also by its colour. */
export interface Mark {
  readonly look: 'good' | 'wait' | 'bad' | 'calm';
  readonly words: string;
}

export function markOf(quote: OwnQuote, situation: Situation): Mark {
  if (situation === 'withdrawn') return { look: 'calm', words: 'Taken back' };
  if (situation !== 'answered') return { look: 'calm', words: 'Not used' };
  switch (quote.answer?.kind) {
    case 'correction-proposed':
      return quote.decided === 'accepted'
        ? { look: 'good', words: 'Corrected as you wrote' }
        : { look: 'wait', words: 'Your correction' };
    case 'declined':
      return { look: 'calm', words: 'Don’t use it' };
    case 'disputed':
      return { look: 'bad', words: 'You didn’t say this' };
    default:
      if (lacksPlaces(quote)) return { look: 'wait', words: 'Confirmed. Say where it may be printed' };
      return quote.verified
        ? { look: 'good', words: 'Confirmed' }
        : { look: 'wait', words: 'Confirmed, then changed' };
  }
}

/** @returns whether there is something to take back: who does not want to be quoted gave nothing */
export function canTakeBack({ answer }: OwnQuote): boolean {
  return answer?.kind !== 'declined' && answer?.kind !== 'disputed';
}

/** @returns what they can still do about an answer of theirs @param canChange until the day that the page names */
export function whatIsLeft(quote: OwnQuote, canChange: boolean): string {
  const change = canChange ? `You can change your answer until ${longDayOf(quote.until)}` : '';
  if (!canTakeBack(quote)) return change === '' ? '' : `${change}.`;
  return change === ''
    ? 'You can take your words back whenever you like.'
    : `${change}, and take your words back whenever you like.`;
}

/** @returns what follows from an answer, or from there being none */
export function whatFollows(quote: OwnQuote, situation: Situation): string {
  switch (situation) {
    case 'waiting':
      return '';
    case 'changed':
      return quote.gone
        ? 'These words are not in the text any more. You need not do anything.'
        : 'The text was changed after you were written to. Your yes would not count for other words, so you are asked again before they are used.';
    case 'withdrawn':
      return 'These words were taken back, and are used nowhere from now on.';
    case 'lapsed':
      return 'The time to answer is over. Silence is no yes: these words are not used unless you are asked again.';
    case 'recalled':
      return 'The team does not ask about this any more.';
    case 'answered':
      return afterAnswer(quote);
  }
}

function afterAnswer(quote: OwnQuote): string {
  const { answer, decided, verified, gone, exchange } = quote;
  switch (answer?.kind) {
    case 'correction-proposed':
      if (decided === 'accepted') return 'The team took up what you wrote, letter for letter.';
      if (decided === 'returned') return 'The team goes back to words that you said, and asks you again.';
      return 'The team reads it next. If they take it up as you wrote it, you are not asked again.';
    case 'declined':
      return 'The team takes these words out of the text.';
    case 'disputed':
      return 'The team looks at where these words came from. They are not used like this.';
    default:
      if (lacksPlaces(quote)) {
        return `The words are right as they are. They appear nowhere before you say where they may.${exchange ? ' The others confirm their own part.' : ''}`;
      }
      if (verified) {
        return `These words may stand, exactly as they are.${exchange ? ' The others confirm their own part.' : ''}`;
      }
      return gone
        ? 'They are not in the text any more.'
        : 'The text was changed since. Your yes does not count for other words: you are asked again before they are used.';
  }
}

/**
 * @param printOn the day up to which taking words back still reaches print; null where the team has not said
 * @returns a sentence on it that follows others; empty where there is nothing to say
 */
export function printWords(printOn: string | null, now: number): string {
  if (printOn === null) return '';
  // the day itself is still in time, wherever they read it
  const isOver = Date.parse(printOn) + 36 * HOUR <= now;
  const day = dayWritten(printOn);
  return isOver
    ? ` What went to print after ${day} stays as it is.`
    : ` Until ${day}, taking them back still reaches what is printed.`;
}

/** @returns what a telephone dials: without a nought that is only dialled within the country, or an extension */
export function telephoneLink(telephone: string): string {
  const [number = ''] = telephone.replace(/^(\+.*)\(0\)/, '$1').split(/ ?(?:ext|x)/);
  return `tel:${number.replace(/[^+\d]/g, '')}`;
}
