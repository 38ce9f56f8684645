import { lateFormat } from '../ui/late-format.ts';

const inEnglish = (options: Intl.DateTimeFormatOptions) =>
  lateFormat(() => new Intl.DateTimeFormat('en-GB', options));
const short = inEnglish({ day: 'numeric', month: 'short' });
const long = inEnglish({ day: 'numeric', month: 'long' });
const withTime = inEnglish({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** @param time milliseconds since 1970; @returns `3 Nov`, in the reader's own time zone */
export function shortDay(time: number): string {
  return short().format(time);
}

/** @param time milliseconds since 1970; @returns `3 Nov, 14:05` */
export function dayAndTime(time: number): string {
  return withTime().format(time);
}

/** @param date ISO `2026-12-03`; @returns `3 December`, or the text itself where it is no date */
export function dueDay(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  const time = new Date(year ?? Number.NaN, (month ?? Number.NaN) - 1, day ?? Number.NaN).getTime();
  return Number.isNaN(time) ? date : long().format(time);
}
