import { lateFormat } from './late-format.ts';

const inEnglish = (options: Intl.DateTimeFormatOptions) =>
  lateFormat(() => new Intl.DateTimeFormat('en-GB', options));
const day = inEnglish({ day: 'numeric', month: 'long', year: 'numeric' });
const dayThisYear = inEnglish({ day: 'numeric', month: 'long' });
const clockTime = inEnglish({ hour: '2-digit', minute: '2-digit' });
const longDay = inEnglish({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

function short(date: Date): string {
  return (date.getFullYear() === new Date().getFullYear() ? dayThisYear() : day()).format(date);
}

/** @param iso - `2026-06-30`, a day without a time zone */
export function dayOf(iso: string): string {
  const [year, month, date] = iso.split('-').map(Number);
  return short(new Date(year ?? 0, (month ?? 1) - 1, date ?? 1));
}

/** @param at - milliseconds since 1970; today's say their time */
export function momentOf(at: number): string {
  const date = new Date(at);
  return date.toDateString() === new Date().toDateString()
    ? `today, ${clockTime().format(date)}`
    : short(date);
}

/** @returns whether that day has passed, where the reader is */
export function isPast(iso: string): boolean {
  const [year, month, date] = iso.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + 1).getTime() <= Date.now();
}

/** @param at - milliseconds since 1970; @returns such as `Friday 30 June 2026` */
export function longDayOf(at: number): string {
  return longDay().format(at).replace(',', '');
}

/** @param at - milliseconds since 1970; @returns such as `14:05` */
export function clockTimeOf(at: number): string {
  return clockTime().format(at);
}
