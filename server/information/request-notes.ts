import type { Records } from '../ports/record-store.ts';

/**
 * Lets go of what was written to somebody with requests of a study, as of letters to them;
 * that they were asked stays, and what they said.
 */
export async function forgetRequestNotes(records: Records, studyId: string, personId: string): Promise<void> {
  await records
    .updateTable('information_requests')
    .set({ note: '' })
    .where('case_id', 'in', (eb) =>
      eb.selectFrom('cases').select('cases.id').where('cases.study_id', '=', studyId),
    )
    .where((eb) =>
      eb.or([
        eb('person_id', '=', personId),
        eb('link_id', 'in', (inner) =>
          inner.selectFrom('links').select('links.id').where('links.user_id', '=', personId),
        ),
      ]),
    )
    .execute();
}
