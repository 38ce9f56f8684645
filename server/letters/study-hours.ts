import { type SchoolHours, USUAL_HOURS } from '../../shared/letters/school-hours.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns when letters of a study may go: as its lead said, or the usual school hours */
export async function hoursOf(records: Records, studyId: string): Promise<SchoolHours> {
  const row = await records
    .selectFrom('school_hours')
    .select('hours')
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  return row ? (JSON.parse(row.hours) as SchoolHours) : USUAL_HOURS;
}
