import { forgetRequestNotes } from '../information/request-notes.ts';
import { forgetAddressee } from '../letters/letter-ends.ts';
import { forgetSender } from '../letters/letter-senders.ts';
import type { Records } from '../ports/record-store.ts';
import { forgetSpeaker } from './quote-rows.ts';

/**
 * How a study calls those who are in it no longer. What they wrote and did stays,
 * under this name; where none was set, under their own.
 */

/** What a school contact is called from the moment that they are taken out. */
export const FORMER_CONTACT = 'A former contact';

export interface FormerName {
  readonly studyId: string;
  readonly personId: string;
  readonly name: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Calls somebody by another name in a study from now on, and takes their own out of its
 * invitations and letters, and letters to them out of its outbox and requests; to be called in a transaction.
 */
export async function callFormer(records: Records, former: FormerName): Promise<void> {
  const { studyId, personId } = former;
  const said = { called: former.name, set_by: former.by, set_at: former.at };
  await records
    .insertInto('former_people')
    .values({ study_id: studyId, person_id: personId, ...said })
    .onConflict((conflict) => conflict.columns(['study_id', 'person_id']).doUpdateSet(said))
    .execute();
  const email = records.selectFrom('user').select('user.email').where('user.id', '=', personId);
  await records
    .deleteFrom('outbox')
    .where('study_id', '=', studyId)
    .where('to_address', '=', email)
    .execute();
  await forgetAddressee(records, studyId, personId);
  await forgetSender(records, { studyId, personId, called: former.name });
  // Whose they were stays as an id; of one that was never taken up, only the address said so.
  await records
    .updateTable('links')
    .set({ user_id: personId, name: '', email: '' })
    .where('study_id', '=', studyId)
    .where('kind', 'in', ['member', 'contact'])
    .where((eb) => eb.or([eb('used_at', 'is not', null), eb('revoked_at', 'is not', null)]))
    .where((eb) => eb.or([eb('user_id', '=', personId), eb('email', '=', email)]))
    .execute();
  await forgetRequestNotes(records, studyId, personId);
  await forgetSpeaker(records, studyId, personId);
}

/** Calls somebody by their own name again; to be called where they come back as well. */
export async function callByOwnName(records: Records, studyId: string, personId: string): Promise<void> {
  await records
    .deleteFrom('former_people')
    .where('study_id', '=', studyId)
    .where('person_id', '=', personId)
    .execute();
}

/** @returns by id, what a study calls those whom it calls by another name than their own */
export async function formerNames(records: Records, studyId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await records
    .selectFrom('former_people')
    .select(['person_id', 'called'])
    .where('study_id', '=', studyId)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.called]));
}
