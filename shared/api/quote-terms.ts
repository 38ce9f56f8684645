/** What a study sets on its questions about quotes, as the HTTP interface takes and tells it. */
import { z } from 'zod';
import { LEAST_LAPSE, MOST_LAPSE, MOST_REMINDERS } from '../quotes/quote-terms.ts';

/** `QuoteTerms` */
export const quoteTerms = z.object({
  reminders: z
    .array(z.number().int().min(1, 'are counted from the first school day after'))
    .max(MOST_REMINDERS, `are ${MOST_REMINDERS} at most`)
    .overwrite((days) => [...new Set(days)].sort((one, other) => one - other)),
  lapse: z
    .number()
    .int('is a number of school days')
    .min(LEAST_LAPSE, `is ${LEAST_LAPSE} school days at least`)
    .max(MOST_LAPSE, `is ${MOST_LAPSE} school days at most`),
  printOn: z.iso.date('choose a day').nullable(),
});

/** The same, where nobody is reminded of what is over. */
export const newQuoteTerms = quoteTerms.refine(
  ({ reminders, lapse }) => reminders.every((day) => day < lapse),
  { path: ['reminders'], message: 'must all come before the day on which the question lapses' },
);

/** A member's own number, for those whom they quote; empty for none. */
export const telephone = z.object({
  telephone: z
    .string()
    .trim()
    .max(40, 'is too long for a number')
    .regex(/^(|[+(]?\d[\d ()./-]*\d( ?(ext|x)\.? ?\d+)?)$/u, 'must be a number, such as +44 20 7946 0000'),
});
