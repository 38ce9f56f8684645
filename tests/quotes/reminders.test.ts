import { expect, it } from 'vitest';
import { schoolDayAfter, USUAL_HOURS } from '../../shared/letters/school-hours.ts';
import { daysTyped, USUAL_TERMS } from '../../shared/quotes/quote-terms.ts';
import { dueAct, lapseMoment } from '../../shared/quotes/reminders.ts';
import { DAY, QuoteScene, type Step, speaker, wordsInText } from './quote-scene.ts';

/** Thursday 17 December 2026; three weeks of holidays begin on the Saturday after. */
const SENT = Date.UTC(2026, 11, 17, 10, 30);
const HOURS = { ...USUAL_HOURS, holidays: [{ from: '2026-12-19', to: '2027-01-03' }] };

function asked() {
  const lapsesAt = lapseMoment(SENT, HOURS, USUAL_TERMS) as number;
  const words = wordsInText('It worked.');
  const scene = new QuoteScene('s1').must({ kind: 'checked', wording: words.wording });
  scene.at = SENT;
  scene.must({ ...scene.sending('a1', words), lapsesAt } as Step);
  return { scene, due: (at: number) => dueAct(scene.record.asks[0] as never, at, HOURS, USUAL_TERMS) };
}

it('[QUOTE-5] reminds on school days 3, 7 and 12, and lapses with the hours of day 14; holidays do not count', () => {
  const dates = [...USUAL_TERMS.reminders, USUAL_TERMS.lapse].map((day) => {
    const moment = schoolDayAfter(SENT, day, HOURS);
    return new Date(moment?.from ?? 0).toISOString().slice(0, 16);
  });
  expect(dates).toEqual(['2027-01-05T08:00', '2027-01-11T08:00', '2027-01-18T08:00', '2027-01-20T08:00']);
  expect(new Date(lapseMoment(SENT, HOURS, USUAL_TERMS) ?? 0).toISOString()).toBe('2027-01-20T17:00:00.000Z');
  expect(lapseMoment(SENT, { ...HOURS, days: [] }, USUAL_TERMS)).toBeNull();
});

it('[QUOTE-5] each reminder goes once; after a long rest one goes, not all; an answer ends them', () => {
  const { scene, due } = asked();
  const { from } = schoolDayAfter(SENT, 3, HOURS) as { from: number };
  expect(due(from - 1)).toBeNull();
  expect(due(from)).toEqual({ kind: 'remind', day: 3 });
  scene.must({ kind: 'reminded', ask: 'a1', day: 3, by: { who: 'server' } });
  expect(due(from + DAY)).toBeNull();
  const late = (schoolDayAfter(SENT, 12, HOURS) as { from: number }).from;
  expect(due(late)).toEqual({ kind: 'remind', day: 12 });
  scene.must({ kind: 'reminded', ask: 'a1', day: 12, by: { who: 'server' } });
  expect(scene.do({ kind: 'reminded', ask: 'a1', day: 12, by: { who: 'server' } })).toBe('reminded-already');
  expect(due(late + 1)).toBeNull();
  expect(due(late + 3 * DAY)).toEqual({ kind: 'lapse' });
  scene.answer('confirmed', 'a1');
  expect(due(late + 3 * DAY)).toBeNull();
});

it('counts the days of a place whose clock goes forward meanwhile', () => {
  // Friday 26 March 2027; summer time begins on the Sunday
  const sent = Date.UTC(2027, 2, 26, 23, 30);
  expect(new Date(schoolDayAfter(sent, 1, USUAL_HOURS)?.from ?? 0).toISOString()).toBe(
    '2027-03-29T07:00:00.000Z',
  );
  // there it is Saturday already
  const east = { ...USUAL_HOURS, zone: 'Asia/Tokyo' };
  expect(new Date(schoolDayAfter(sent, 1, east)?.from ?? 0).toISOString()).toBe('2027-03-28T23:00:00.000Z');
});

it('asks nothing of a speaker who has opened it but whether they answered', () => {
  const { scene, due } = asked();
  scene.must({ kind: 'opened', ask: 'a1', by: speaker() });
  expect(due((schoolDayAfter(SENT, 3, HOURS) as { from: number }).from)).toEqual({ kind: 'remind', day: 3 });
});

it('reads days as people write them', () => {
  expect(daysTyped('3, 7 and 12')).toEqual([3, 7, 12]);
  expect(daysTyped(' ')).toEqual([]);
  expect(daysTyped('soon')).toBeNull();
});
