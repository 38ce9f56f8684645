/** When letters may go to schools, and how their days are counted: on the clock of one place, without its holidays. */

/** Days of the week by ISO 8601: Monday is 1, Sunday 7. */
export const WEEK_DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type WeekDay = (typeof WEEK_DAYS)[number];

export interface SchoolHours {
  readonly days: readonly WeekDay[];
  /** `HH:MM` on the clock of the place; a letter goes from then on … */
  readonly from: string;
  /** … and before this. */
  readonly to: string;
  /** Of the IANA time zone database, such as `Europe/London`. */
  readonly zone: string;
  /** Days such as `2026-12-21`, the first and the last of each. */
  readonly holidays: readonly { readonly from: string; readonly to: string }[];
}

export const USUAL_HOURS: SchoolHours = {
  days: [1, 2, 3, 4, 5],
  from: '08:00',
  to: '17:00',
  zone: 'Europe/London',
  holidays: [],
};

/** How far ahead an open day is looked for; holidays longer than this are a mistake. */
const DAYS_AHEAD = 400;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @returns whether it is a zone that this machine knows */
export function isTimeZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param at milliseconds since 1970
 * @returns the first moment from `at` on that lies in school hours; null where there is none for more than a year
 */
export function nextSchoolMoment(at: number, hours: SchoolHours): number | null {
  let moment = at;
  for (let day = 0; day < DAYS_AHEAD; day += 1) {
    const date = dateIn(hours.zone, moment);
    if (isSchoolDay(date, hours)) {
      const opens = momentIn(hours.zone, date, hours.from);
      if (moment < opens) return opens;
      if (moment < momentIn(hours.zone, date, hours.to)) return moment;
    }
    moment = Math.max(moment, momentIn(hours.zone, dayAfter(date), '00:00'));
  }
  return null;
}

/**
 * @param at milliseconds since 1970; its own day counts as none
 * @param days how many school days later, from 1 on
 * @returns when school hours begin and end that day; null where there are too few such days ahead
 */
export function schoolDayAfter(
  at: number,
  days: number,
  hours: SchoolHours,
): { readonly from: number; readonly to: number } | null {
  let date = dateIn(hours.zone, at);
  for (let ahead = 0, found = 0; ahead < DAYS_AHEAD; ahead += 1) {
    date = dayAfter(date);
    if (!isSchoolDay(date, hours)) continue;
    found += 1;
    if (found < days) continue;
    return { from: momentIn(hours.zone, date, hours.from), to: momentIn(hours.zone, date, hours.to) };
  }
  return null;
}

/** @param date such as `2026-03-02` */
function isSchoolDay(date: string, { days, holidays }: SchoolHours): boolean {
  if (holidays.some(({ from, to }) => from <= date && date <= to)) return false;
  return (days as readonly number[]).includes(new Date(`${date}T00:00Z`).getUTCDay() || 7);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00Z`) + DAY).toISOString().slice(0, 10);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a thousand times as long as using it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

/** @returns what a clock there shows, as if it were UTC, in milliseconds since 1970 */
function shownIn(zone: string, at: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** @returns the day that it is there, such as `2026-03-02` */
export function dateIn(zone: string, at: number): string {
  return new Date(shownIn(zone, at)).toISOString().slice(0, 10);
}

/**
 * @param time `HH:MM`
 * @returns when a clock there shows it. A time that is skipped when the clock goes forward counts
 *   as the moment after the gap; of one that comes twice, the first is meant.
 */
function momentIn(zone: string, date: string, time: string): number {
  const wanted = Date.parse(`${date}T${time}Z`);
  const offsetAt = (at: number) => shownIn(zone, at) - Math.floor(at / 1000) * 1000;
  // The offset a day before and a day after: the one moment, or both, that can be meant.
  const moments = [wanted - offsetAt(wanted - DAY), wanted - offsetAt(wanted + DAY)];
  const shown = moments.filter((moment) => shownIn(zone, moment) === wanted);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...moments);
}
