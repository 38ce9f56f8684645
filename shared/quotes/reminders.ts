import { type SchoolHours, schoolDayAfter } from '../letters/school-hours.ts';
import type { Ask } from './quote-record.ts';
import type { QuoteTerms } from './quote-terms.ts';

/**
 * @param sentAt milliseconds since 1970
 * @returns when an ask lapses if nobody answers: with the school hours of its last day, holidays not
 *   counted; null where there are too few such days within a year
 */
export function lapseMoment(
  sentAt: number,
  hours: SchoolHours,
  { lapse }: Pick<QuoteTerms, 'lapse'>,
): number | null {
  return schoolDayAfter(sentAt, lapse, hours)?.to ?? null;
}

const DAY = 24 * 60 * 60_000;

/**
 * @param days for which a link works as a rule @param sentAt milliseconds since 1970, as `lapsesAt`
 * @returns for how many days the link of a question works: until the last moment to answer, at least
 */
export function linkDaysUntil(days: number, sentAt: number, lapsesAt: number): number {
  return Math.max(days, Math.ceil((lapsesAt - sentAt) / DAY));
}

export type SilenceAct = { readonly kind: 'remind'; readonly day: number } | { readonly kind: 'lapse' };

/**
 * What an ask is due (QUOTE-5). A server that was down makes up for one reminder, not for all.
 * An ask lapses when its speaker was told it would, whatever holidays or
 * days were set since.
 * @param at the present, milliseconds since 1970
 */
export function dueAct(
  ask: Ask,
  at: number,
  hours: SchoolHours,
  { reminders }: Pick<QuoteTerms, 'reminders'>,
): SilenceAct | null {
  if (ask.answer !== null || ask.over !== null) return null;
  if (at >= ask.lapsesAt) return { kind: 'lapse' };
  // whoever is asked by phone or on paper is not written to
  if (ask.way !== 'link') return null;
  const due = reminders.filter((day) => {
    const moment = schoolDayAfter(ask.sentAt, day, hours);
    return moment !== null && moment.from <= at;
  });
  const day = due.at(-1);
  return day === undefined || ask.reminded.some((known) => known >= day) ? null : { kind: 'remind', day };
}

/** @returns when an ask is next due anything, milliseconds since 1970; null for never */
export function nextSilenceMoment(
  ask: Ask,
  hours: SchoolHours,
  { reminders }: Pick<QuoteTerms, 'reminders'>,
): number | null {
  if (ask.answer !== null || ask.over !== null) return null;
  const reminded = Math.max(0, ...ask.reminded);
  const days = ask.way === 'link' ? reminders.filter((day) => day > reminded) : [];
  const moments = days.flatMap((day) => schoolDayAfter(ask.sentAt, day, hours)?.from ?? []);
  return Math.min(ask.lapsesAt, ...moments);
}
