const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const LONG = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const WITH_TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** @param time milliseconds since 1970; @returns `3 Nov`, in the reader's own time zone */
export function shortDay(time: number): string {
  return SHORT.format(time);
}

/** @param time milliseconds since 1970; @returns `3 Nov, 14:05` */
export function dayAndTime(time: number): string {
  return WITH_TIME.format(time);
}

/** @param date ISO `2026-12-03`; @returns `3 December`, or the text itself where it is no date */
export function dueDay(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  const time = new Date(year ?? Number.NaN, (month ?? Number.NaN) - 1, day ?? Number.NaN).getTime();
  return Number.isNaN(time) ? date : LONG.format(time);
}
