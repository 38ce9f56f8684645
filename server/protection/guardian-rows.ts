import type { ExpressionBuilder } from 'kysely';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import type { Tables } from '../ports/tables.ts';
import { instant, type PersonReach } from './person-reach.ts';

/** Whoever came in as a parent or carer, and those who were written to and have not come yet. */
function isThem({ personId, email }: PersonReach) {
  return (eb: ExpressionBuilder<Tables, 'guardians'>) =>
    eb.or([
      eb('guardians.person_id', '=', personId),
      eb.and([
        eb('guardians.person_id', 'is', null),
        eb('guardians.email', '<>', ''),
        eb('guardians.email', '=', email),
      ]),
    ]);
}

/** @returns as whose parent or carer somebody is asked; the children are not named in it */
export async function guardianRows(reach: PersonReach): Promise<PersonFileRow<'guardianOf'>[]> {
  const { records, studyId } = reach;
  const rows = await records
    .selectFrom('guardians')
    .innerJoin('speakers', 'speakers.id', 'guardians.speaker_id')
    .innerJoin('studies', 'studies.id', 'guardians.study_id')
    .innerJoin('schools', 'schools.id', 'speakers.school_id')
    .selectAll('guardians')
    .select(['studies.title as study', 'schools.name as school'])
    .where(isThem(reach))
    .$if(studyId !== null, (query) => query.where('guardians.study_id', '=', studyId ?? ''))
    .orderBy('guardians.made_at')
    .execute();
  return rows.map((row) => ({
    ...{ studyId: row.study_id, study: row.study, school: row.school },
    ...{ name: row.name, email: row.email, since: instant(row.made_at) },
  }));
}

/** Lets go of who somebody is as a parent or carer; that one agreed stays with the child's words. */
export async function forgetGuardian(reach: PersonReach): Promise<void> {
  const { records, studyId } = reach;
  await records
    .deleteFrom('guardians')
    .where(isThem(reach))
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
}
