import type { Records } from '../ports/record-store.ts';

/** Numbers that members give so that those whom they quote can ring them. */

/** @returns empty where they gave none */
export async function telephoneOf(records: Records, personId: string): Promise<string> {
  const row = await records
    .selectFrom('people')
    .select('telephone')
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return row?.telephone ?? '';
}

/** @returns of somebody who is in the study still; empty where they gave none */
export async function telephoneIn(records: Records, personId: string, studyId: string): Promise<string> {
  const row = await records
    .selectFrom('people')
    .innerJoin('members', 'members.user_id', 'people.user_id')
    .select('people.telephone')
    .where('people.user_id', '=', personId)
    .where('study_id', '=', studyId)
    .where('role', '<>', 'contact')
    .executeTakeFirst();
  return row?.telephone ?? '';
}

/** @param telephone empty for none @returns whether it was another before */
export async function setTelephone(records: Records, personId: string, telephone: string): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('people')
    .set({ telephone })
    .where('user_id', '=', personId)
    .where('telephone', '!=', telephone)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
