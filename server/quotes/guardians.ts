import type { Transaction } from 'kysely';
import type { RouteInput, RouteReply } from '../../shared/api/contract.ts';
import { needsGuardian } from '../../shared/quotes/consent.ts';
import { lapseMoment } from '../../shared/quotes/reminders.ts';
import { Refusal } from '../http/refusal.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { refused } from './quote-acts.ts';
import { termsOf } from './quote-terms.ts';
import { speakerRow } from './speaker-keeping.ts';
import { ageOf } from './speaker-parts.ts';

type Wanted = RouteInput<'POST /api/cases/:caseId/guardian-asks'>['guardian'];

/** @returns who is asked for a child; null where nobody is known */
export async function guardianOf(records: Records, speakerId: string): Promise<Tables['guardians'] | null> {
  const row = await records
    .selectFrom('guardians')
    .selectAll()
    .where('speaker_id', '=', speakerId)
    .executeTakeFirst();
  return row ?? null;
}

/** @throws Refusal not-found */
export async function guardianView(
  { records, clock }: Pick<Parts, 'records' | 'clock'>,
  studyId: string,
  speakerId: string,
): Promise<RouteReply<'GET /api/cases/:caseId/speakers/:speakerId/guardian'>> {
  const speaker = await speakerRow(records.read, speakerId);
  if (speaker?.study_id !== studyId) throw nothingThere();
  const row = await guardianOf(records.read, speakerId);
  const hours = await hoursOf(records.read, studyId);
  const lapsesAt = lapseMoment(clock.now(), hours, await termsOf(records.read, studyId));
  return { name: row?.name ?? '', email: row?.email ?? '', isIn: row?.person_id != null, lapsesAt };
}

/**
 * Notes who is asked for a child.
 * @returns who it is, and whether it was somebody of another address until now
 * @throws Refusal conflict where somebody else came in for the child, from 16, and for an address that
 *   is the child's own or that others read as well (LINK-1)
 */
export async function noteGuardian(
  records: Transaction<Tables>,
  speaker: Tables['speakers'],
  wanted: Wanted,
  by: { readonly personId: string; readonly at: number },
): Promise<{ readonly guardian: Tables['guardians']; readonly isAnother: boolean }> {
  if (!needsGuardian(ageOf(speaker))) throw refused('no-guardian');
  const known = await guardianOf(records, speaker.id);
  if (known?.person_id != null && known.email !== wanted.email) {
    throw new Refusal(
      'conflict',
      'A parent or carer has come in for them. Ask another by phone or on paper.',
    );
  }
  const childs = await records
    .selectFrom('speakers')
    .select('id')
    .where('study_id', '=', speaker.study_id)
    .where('email', '=', wanted.email)
    .where((eb) => eb.or([eb('id', '=', speaker.id), eb('age', '<>', 'sixteen-or-over')]))
    .executeTakeFirst();
  if (childs) {
    throw new Refusal(
      'conflict',
      'This is the address of a pupil. A parent or carer needs one of their own.',
    );
  }
  const others = await records
    .selectFrom('guardians')
    .select('speaker_id')
    .where('study_id', '=', speaker.study_id)
    .where('speaker_id', '<>', speaker.id)
    .where('email', '=', wanted.email)
    .where('name', '<>', wanted.name)
    .executeTakeFirst();
  if (others) {
    throw new Refusal('conflict', 'This address stands with a parent or carer of another name already.');
  }
  const row: Tables['guardians'] = {
    ...{ speaker_id: speaker.id, study_id: speaker.study_id, ...wanted },
    ...{ person_id: known?.person_id ?? null, made_by: by.personId, made_at: by.at },
  };
  const isAnother = known !== null && known.email !== wanted.email;
  await records
    .insertInto('guardians')
    .values(row)
    .onConflict((conflict) => conflict.column('speaker_id').doUpdateSet(isAnother ? row : wanted))
    .execute();
  return { guardian: row, isAnother };
}
