/** What a study sets on its questions about quotes. */

export interface QuoteTerms {
  /** School days after a question on which its speaker is reminded (QUOTE-5); ascending, each before `lapse`. */
  readonly reminders: readonly number[];
  /** The school day with whose end a question lapses. */
  readonly lapse: number;
  /** The day up to which taking words back still reaches print, such as `2027-03-01`; null: not known yet. */
  readonly printOn: string | null;
}

export const USUAL_TERMS: QuoteTerms = { reminders: [3, 7, 12], lapse: 14, printOn: null };

/** Nobody is written to more often about one question. */
export const MOST_REMINDERS = 5;
/** School days that a question can wait: a term is some sixty days long. */
export const LEAST_LAPSE = 2;
export const MOST_LAPSE = 60;

/** @returns what was typed as days, such as `3, 7 and 12`; null where something else stands there */
export function daysTyped(text: string): number[] | null {
  const words = text.split(/[\s,;.]+|\band\b/u).filter((word) => word !== '');
  return words.every((word) => /^\d{1,3}$/.test(word)) ? words.map(Number) : null;
}

/** @returns such as `1 March 2027` */
export function dayWritten(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));
}
