import type { Records } from '../ports/record-store.ts';

/**
 * Lets go of what was written to somebody with requests of a study, as of letters to them;
 * that they were asked stays, and what they said.
 * @param studyId null for those of every study
 */
export async function forgetRequestNotes(
  records: Records,
  studyId: string | null,
  personId: string,
): Promise<void> {
  let requests = records.updateTable('information_requests').set({ note: '' });
  if (studyId !== null) {
    requests = requests.where('case_id', 'in', (eb) =>
      eb.selectFrom('cases').select('cases.id').where('cases.study_id', '=', studyId),
    );
  }
  await requests
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
