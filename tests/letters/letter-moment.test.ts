import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_BACK_FOR, LETTER_EVERY, letterMoment } from '../../shared/letters/letter-moment.ts';
import {
  isTimeZone,
  nextSchoolMoment,
  type SchoolHours,
  USUAL_HOURS,
} from '../../shared/letters/school-hours.ts';

const at = (text: string): number => Date.parse(text);
const told = (moment: number | null | undefined) => (moment == null ? null : new Date(moment).toISOString());

/** @returns when a letter goes that is asked for then, and what it waits for */
function goes(asked: string, more: { hours?: SchoolHours | null; last?: string; notBefore?: string } = {}) {
  const { hours = USUAL_HOURS, last, notBefore } = more;
  const moment = letterMoment({
    askedAt: at(asked),
    hours,
    lastAt: last === undefined ? null : at(last),
    ...(notBefore !== undefined && { notBefore: at(notBefore) }),
  });
  return moment && `${told(moment.at)} ${moment.waitsFor}`;
}

describe('when a letter may go', () => {
  it('[LETTER-1] ten minutes after Send, in school hours', () => {
    expect(goes('2026-01-13T10:00:00Z')).toBe('2026-01-13T10:10:00.000Z call-back');
  });

  it('[LETTER-1] not before school opens, and not at the minute when it closes', () => {
    expect(goes('2026-01-13T05:00:00Z')).toBe('2026-01-13T08:00:00.000Z school-hours');
    expect(goes('2026-01-13T07:49:59Z')).toBe('2026-01-13T08:00:00.000Z school-hours');
    expect(goes('2026-01-13T16:49:59Z')).toBe('2026-01-13T16:59:59.000Z call-back');
    expect(goes('2026-01-13T16:50:00Z')).toBe('2026-01-14T08:00:00.000Z school-hours');
  });

  it('[LETTER-1] not on the weekend', () => {
    expect(goes('2026-01-16T16:55:00Z')).toBe('2026-01-19T08:00:00.000Z school-hours');
    expect(goes('2026-01-18T12:00:00Z')).toBe('2026-01-19T08:00:00.000Z school-hours');
  });

  it('[LETTER-1] not in the holidays, the first and the last day included', () => {
    const hours = { ...USUAL_HOURS, holidays: [{ from: '2026-02-16', to: '2026-02-20' }] };
    expect(goes('2026-02-16T10:00:00Z', { hours })).toBe('2026-02-23T08:00:00.000Z school-hours');
    expect(goes('2026-02-13T10:00:00Z', { hours })).toBe('2026-02-13T10:10:00.000Z call-back');
    const two = { ...hours, holidays: [...hours.holidays, { from: '2026-02-23', to: '2026-02-23' }] };
    expect(goes('2026-02-20T10:00:00Z', { hours: two })).toBe('2026-02-24T08:00:00.000Z school-hours');
  });

  it('[LETTER-1] by the clock of the place, in summer as in winter, and on the day between', () => {
    expect(goes('2026-07-14T05:00:00Z')).toBe('2026-07-14T07:00:00.000Z school-hours');
    expect(goes('2026-07-14T15:55:00Z')).toBe('2026-07-15T07:00:00.000Z school-hours');
    // The clocks of London go forward on 29 March 2026, and back on 25 October.
    expect(goes('2026-03-27T17:00:00Z')).toBe('2026-03-30T07:00:00.000Z school-hours');
    expect(goes('2026-10-23T17:00:00Z')).toBe('2026-10-26T08:00:00.000Z school-hours');
    const sundays = { ...USUAL_HOURS, days: [7] as const, from: '01:30', to: '03:00' };
    // 01:30 is skipped; of the two in autumn the first is meant.
    expect(goes('2026-03-28T12:00:00Z', { hours: sundays })).toBe('2026-03-29T01:30:00.000Z school-hours');
    expect(goes('2026-10-24T12:00:00Z', { hours: sundays })).toBe('2026-10-25T00:30:00.000Z school-hours');
  });

  it('[LETTER-1] far from London as well, where the day is another', () => {
    const hours = { ...USUAL_HOURS, zone: 'Pacific/Auckland' };
    // Monday morning there is Sunday evening in UTC.
    expect(goes('2026-01-18T18:00:00Z', { hours })).toBe('2026-01-18T19:00:00.000Z school-hours');
    const west = { ...USUAL_HOURS, zone: 'America/Los_Angeles' };
    expect(goes('2026-01-17T01:30:00Z', { hours: west })).toBe('2026-01-19T16:00:00.000Z school-hours');
  });

  it('[LETTER-1] at any hour where its sender said so, but not before its ten minutes', () => {
    expect(goes('2026-01-17T23:00:00Z', { hours: null })).toBe('2026-01-17T23:10:00.000Z call-back');
  });

  it('[LETTER-1] a week after the last one to the same person', () => {
    const last = '2026-01-12T09:00:00Z';
    expect(goes('2026-01-13T10:00:00Z', { last })).toBe('2026-01-19T09:00:00.000Z week');
    expect(goes('2026-01-13T10:00:00Z', { last, hours: null })).toBe('2026-01-19T09:00:00.000Z week');
    expect(goes('2026-01-13T10:00:00Z', { last: '2026-01-09T18:00:00Z' })).toBe(
      '2026-01-19T08:00:00.000Z week',
    );
    expect(goes('2026-01-20T10:00:00Z', { last })).toBe('2026-01-20T10:10:00.000Z call-back');
  });

  it('[LETTER-1] not in what is past by now', () => {
    const asked = '2026-01-13T10:00:00Z';
    expect(goes(asked, { notBefore: '2026-01-13T12:00:00Z' })).toBe('2026-01-13T12:00:00.000Z call-back');
    expect(goes(asked, { notBefore: '2026-01-13T20:00:00Z' })).toBe('2026-01-14T08:00:00.000Z school-hours');
  });

  it('[LETTER-1] never, where holidays leave nothing', () => {
    const hours = { ...USUAL_HOURS, holidays: [{ from: '2026-01-01', to: '2099-01-01' }] };
    expect(goes('2026-01-13T10:00:00Z', { hours })).toBe(null);
    expect(goes('2026-01-13T10:00:00Z', { hours: { ...USUAL_HOURS, days: [] } })).toBe(null);
  });

  it('[LETTER-1] whatever the hours: late enough, in hours, and no moment before would do', () => {
    const SEED = 20261127;
    const time = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const hours = fc
      .record({
        days: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }),
        span: fc
          .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }))
          .filter(([one, other]) => one !== other),
        zone: fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
      })
      .map(({ days, span, zone }) => ({
        days: days as SchoolHours['days'],
        from: time(Math.min(...span)),
        to: time(Math.max(...span)),
        zone,
        holidays: [],
      }));
    const asked = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
    fc.assert(
      fc.property(
        hours,
        asked,
        fc.option(fc.integer({ min: 0, max: 20 * 86_400_000 })),
        (usual, now, ago) => {
          const lastAt = ago === null ? null : now - ago;
          const moment = letterMoment({ askedAt: now, hours: usual, lastAt })?.at as number;
          expect(moment).toBeGreaterThanOrEqual(now + CALL_BACK_FOR);
          if (lastAt !== null) expect(moment).toBeGreaterThanOrEqual(lastAt + LETTER_EVERY);
          // It lies in school hours, and whatever is asked for then goes then.
          expect(nextSchoolMoment(moment, usual)).toBe(moment);
          const ready = Math.max(now + CALL_BACK_FOR, lastAt === null ? 0 : lastAt + LETTER_EVERY);
          if (moment > ready) expect(nextSchoolMoment(moment - 1000, usual)).toBe(moment);
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('a time zone', () => {
  it('is one that is known', () => {
    expect(['Europe/London', 'UTC', 'Asia/Kolkata'].map(isTimeZone)).toEqual([true, true, true]);
    expect(['', 'London', 'Europe/Nowhere'].map(isTimeZone)).toEqual([false, false, false]);
  });
});
