import type { Transaction } from 'kysely';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** @returns ids of the study's blocks, for a statement */
export function blocksOf(records: Records, studyId: string) {
  const cases = records.selectFrom('cases').select('id').where('study_id', '=', studyId);
  return records.selectFrom('blocks').select('id').where('case_id', 'in', cases);
}

/** Also ends what would let them back in, and frees what was theirs to do. */
export async function removeFromStudy(
  records: Transaction<Tables>,
  personId: string,
  studyId: string,
  deed: { readonly by: Actor; readonly at: number },
): Promise<void> {
  const cases = records.selectFrom('cases').select('id').where('study_id', '=', studyId);
  await records
    .deleteFrom('members')
    .where('study_id', '=', studyId)
    .where('user_id', '=', personId)
    .execute();
  await records
    .deleteFrom('case_contacts')
    .where('user_id', '=', personId)
    .where('case_id', 'in', cases)
    .execute();
  await records
    .updateTable('section_status')
    .set({ assignee_id: null })
    .where('assignee_id', '=', personId)
    .where('block_id', 'in', blocksOf(records, studyId))
    .execute();
  // Whoever comes back begins as anybody with their part does.
  await records
    .deleteFrom('block_grants')
    .where('person_id', '=', personId)
    .where('block_id', 'in', blocksOf(records, studyId))
    .execute();
  await dropLetters(records, { studyId, personId }, deed);
  const withdrawn = await records
    .updateTable('links')
    .set({ revoked_at: deed.at })
    .where('study_id', '=', studyId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('user_id', '=', personId),
        eb('email', '=', eb.selectFrom('user').select('user.email').where('user.id', '=', personId)),
      ]),
    )
    .returning(['id', 'kind', 'role', 'case_id'])
    .execute();
  for (const { id, kind, role, case_id: caseId } of withdrawn) {
    // One without a role only leads somebody back to their own page.
    if (role === null || (kind !== 'member' && kind !== 'contact')) continue;
    await recordInStudy(records, studyId, {
      kind: 'invitation-withdrawn',
      ...deed,
      caseId,
      object: { kind: 'invitation', id },
      detail: {},
    });
  }
}
