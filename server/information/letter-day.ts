import type { RouteInput } from '../../shared/api/contract.ts';
import type { LetterPlan } from '../../shared/api/information.ts';
import { dayWords } from '../../shared/letters/letter-text.ts';
import { dateIn } from '../../shared/letters/school-hours.ts';
import { Refusal } from '../http/refusal.ts';
import { momentFor } from '../letters/letter-moments.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { nothingThere } from '../studies/study-gate.ts';

/** Nobody is asked for something by a day that is over before their letter goes (ASK-1). */

/**
 * @param place.caseId a case of the study, in which the asker may change sharing
 * @returns when a letter that asks would go if it were sent now
 * @throws Refusal not-found for somebody who does not speak for the school in the case;
 *   conflict where the study's hours leave no moment for more than a year
 */
export async function letterPlanOf(
  parts: Pick<Parts, 'records' | 'clock' | 'settings'>,
  place: { readonly studyId: string; readonly caseId: string },
  asked: RouteInput<'POST /api/cases/:caseId/information/when'>,
): Promise<LetterPlan> {
  const { records, clock, settings } = parts;
  const email =
    asked.personId === null
      ? asked.email
      : await addressOf(records.read, place.caseId, asked.schoolId, asked.personId);
  if (settings.smtpUrl === null) return { dueAt: null, dueDay: null, waitsFor: 'call-back' };
  const { studyId } = place;
  const { anyHour } = asked;
  const { at, waitsFor } = await momentFor(records.read, { studyId, email, anyHour, askedAt: clock.now() });
  const { zone } = await hoursOf(records.read, studyId);
  return { dueAt: at, dueDay: dateIn(zone, at), waitsFor };
}

async function addressOf(
  records: Records,
  caseId: string,
  schoolId: string,
  personId: string,
): Promise<string> {
  const contact = await records
    .selectFrom('case_contacts')
    .innerJoin('user', 'user.id', 'case_contacts.user_id')
    .select('user.email')
    .where('case_contacts.case_id', '=', caseId)
    .where('case_contacts.school_id', '=', schoolId)
    .where('user.id', '=', personId)
    .executeTakeFirst();
  if (!contact) throw nothingThere();
  return contact.email;
}

/** @throws Refusal bad-request where the letter goes only after the day by which it asks */
export async function refuseDayBeforeLetter(
  records: Records,
  letter: Pick<Tables['letters'], 'study_id' | 'state' | 'due_at'>,
  dueOn: string,
): Promise<void> {
  if (letter.state !== 'waiting') return;
  const { zone } = await hoursOf(records, letter.study_id);
  if (dueOn >= dateIn(zone, letter.due_at)) return;
  const day = dayWords(letter.due_at, zone);
  throw new Refusal('bad-request', `The letter goes only on ${day}, after the day that you ask for.`, [
    { path: 'dueOn', message: `choose a later day: the letter goes only on ${day}` },
  ]);
}
