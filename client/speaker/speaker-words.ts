import type { OwnQuote } from '../../shared/api/speaker-quotes.ts';
import type { Channel } from '../../shared/quotes/consent.ts';

/** Where words may appear, as they read in a sentence. */
export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  print: 'the printed booklet',
  web: 'the web',
  talks: 'talks and training',
};

/** How somebody's words stand with them. */
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

/** @param now milliseconds since 1970 */
export function situationOf(quote: OwnQuote, now: number): Situation {
  if (quote.withdrawnAt !== null) return 'withdrawn';
  if (quote.answer !== null) return 'answered';
  if (quote.over === 'recalled' || quote.over === 'replaced') return 'recalled';
  if (quote.over === 'lapsed' || quote.lapsesAt <= now) return 'lapsed';
  return quote.now === null ? 'waiting' : 'changed';
}

/** @returns whether an answer can still be given, or changed */
export function isOpen(quote: OwnQuote, now: number): boolean {
  return quote.withdrawnAt === null && quote.over === null && now < quote.lapsesAt;
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** @returns what the page is headed with */
export function titleOf(situations: readonly Situation[]): string {
  const waiting = situations.filter((one) => one === 'waiting' || one === 'changed').length;
  if (waiting > 0) {
    const number = NUMBERS[waiting] ?? String(waiting);
    return `${number} ${waiting === 1 ? 'thing' : 'things'} you said, to check before anyone prints ${waiting === 1 ? 'it' : 'them'}`;
  }
  return situations.includes('answered') ? 'Thank you. That is all for now' : 'There is nothing to check just now';
}

/** @returns how long it takes to answer so many, at forty seconds each */
export function timeNeeded(waiting: number): string {
  const minutes = Math.max(1, Math.ceil((waiting * 40) / 60));
  return `About ${minutes === 1 ? 'a minute' : `${(NUMBERS[minutes] ?? String(minutes)).toLowerCase()} minutes`}.`;
}

/** @returns such as `a, b and c` */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** How an answer is called where it stands. */
export function answerChip(quote: OwnQuote): { readonly look: 'good' | 'wait' | 'bad'; readonly words: string } {
  switch (quote.answer?.kind) {
    case 'confirmed':
      return { look: 'good', words: 'Confirmed' };
    case 'correction-proposed':
      return quote.answer.decided === 'accepted'
        ? { look: 'good', words: 'Corrected as you wrote' }
        : { look: 'wait', words: 'Your correction was sent' };
    case 'declined':
      return { look: 'bad', words: 'Not to be used' };
    case 'disputed':
      return { look: 'bad', words: 'Not your words' };
    default:
      return { look: 'wait', words: 'Not answered' };
  }
}

/** @returns what follows from an answer, or from there being none */
export function whatFollows(quote: OwnQuote, situation: Situation): string {
  switch (situation) {
    case 'withdrawn':
      return 'You took these words back. They are used nowhere from now on.';
    case 'lapsed':
      return 'The time to answer is over. Silence is no yes: these words are not used unless you are asked again.';
    case 'recalled':
      return 'The team does not ask about these words any more.';
    case 'waiting':
      return '';
    case 'changed':
      return 'The text has been changed since you were written to. You are asked again before these words are used.';
    case 'answered':
      return afterAnswer(quote);
  }
}

function afterAnswer({ answer, now }: OwnQuote): string {
  switch (answer?.kind) {
    case 'confirmed':
      return now === null
        ? 'These words may stand, exactly as they are.'
        : 'The text has been changed since. Your yes does not count for other words: you are asked again before they are used.';
    case 'correction-proposed':
      if (answer.decided === 'accepted') return 'The team has taken up what you wrote, letter for letter.';
      if (answer.decided === 'returned') return 'The team goes back to your words as you said them, and asks you again.';
      return 'The team reads it next. If they take it up as you wrote it, you are not asked again.';
    case 'declined':
      return 'The team takes these words out of the text.';
    case 'disputed':
      return 'The team looks at where these words came from. They are not used like this.';
    default:
      return '';
  }
}
