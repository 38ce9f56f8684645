import { type LetterMoment, letterMoment } from '../../shared/letters/letter-moment.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { hoursOf } from './study-hours.ts';

/**
 * @param wanted.askedAt milliseconds since 1970
 * @returns when a letter to this address would go
 * @throws Refusal `conflict` where the study's school hours leave no moment for more than a year
 */
export async function momentFor(
  records: Records,
  wanted: {
    readonly studyId: string;
    readonly email: string;
    readonly anyHour: boolean;
    readonly answers?: boolean;
    readonly askedAt: number;
  },
): Promise<LetterMoment> {
  const hours = await hoursOf(records, wanted.studyId);
  const moment = letterMoment({
    askedAt: wanted.askedAt,
    hours: wanted.anyHour ? null : hours,
    lastAt: wanted.answers ? null : await lastLetterAt(records, wanted.studyId, wanted.email),
  });
  if (moment) return moment;
  throw new Refusal(
    'conflict',
    'The holidays of this study leave no school hours for more than a year. Look at them first.',
  );
}

/**
 * Reckons anew when letters of a study go that wait, as its hours were set or one of them
 * ended unsent. One that is tried again keeps its time.
 */
export async function reckonAnew(records: Records, studyId: string, now: number): Promise<void> {
  const hours = await hoursOf(records, studyId);
  const waiting = await records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('state', '=', 'waiting')
    .where('tries', '=', 0)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  for (const row of waiting) {
    const moment = letterMoment({
      askedAt: row.made_at,
      hours: row.any_hour === 1 ? null : hours,
      lastAt:
        row.answers === 1 ? null : await lastLetterAt(records, studyId, row.to_address, { before: row }),
      notBefore: now,
    });
    // Where no hours are left at all, it stays as it is, and is put off when its time comes.
    if (!moment) continue;
    await records
      .updateTable('letters')
      .set({ due_at: moment.at, next_at: moment.at, waits_for: moment.waitsFor })
      .where('id', '=', row.id)
      .execute();
  }
}

/**
 * @param email empty: not known yet
 * @param choice.before a letter that does not count, nor do those that were written after it
 * @param choice.sentBeside a letter that does not count, nor do those that did not go
 * @returns when the last letter of a study to this address went, or will go; null where there is none
 */
export async function lastLetterAt(
  records: Records,
  studyId: string,
  email: string,
  choice: {
    readonly before?: Pick<Tables['letters'], 'id' | 'made_at'>;
    readonly sentBeside?: Pick<Tables['letters'], 'id'>;
  } = {},
): Promise<number | null> {
  const { before, sentBeside } = choice;
  // Letters to people who were forgotten have no address any more, and so has nobody yet who is being asked.
  if (email === '') return null;
  let query = records
    .selectFrom('letters')
    .select((eb) => eb.fn.max(eb.fn.coalesce('sent_at', 'due_at')).as('at'))
    .where('study_id', '=', studyId)
    .where('to_address', '=', email)
    .where('state', 'in', sentBeside ? ['sent', 'by-hand'] : ['waiting', 'sending', 'sent', 'by-hand']);
  if (sentBeside) query = query.where('id', '<>', sentBeside.id);
  if (before) {
    const { made_at: madeAt, id } = before;
    query = query.where((eb) => eb(eb.refTuple('made_at', 'id'), '<', eb.tuple(madeAt, id)));
  }
  const row = await query.executeTakeFirst();
  return row?.at === undefined || row.at === null ? null : Number(row.at);
}
