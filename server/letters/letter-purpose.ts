import type { Transaction } from 'kysely';
import { tokenHash } from '../accounts/hashing.ts';
import type { Actor } from '../audit/audit-chain.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { pageLink } from './letter-addressee.ts';
import { letterToken } from './letter-token.ts';

/** Whether there is still something that a letter is to do, when its time has come (LETTER-1). */

type LetterRow = Tables['letters'];
type Needs = Pick<Parts, 'clock' | 'random' | 'settings'>;

/** What is done without anybody asking. */
export const THE_SERVER: Actor = { personId: null, way: 'server', tokenId: null, from: '' };

/** @returns whether its very link was used: the mail server took it then, whatever it said */
export async function hasArrived(
  secret: string,
  records: Transaction<Tables>,
  { id, link_id: linkId, seed }: LetterRow,
): Promise<boolean> {
  if (seed === null) return false;
  const used = await records
    .selectFrom('links')
    .select('id')
    .where('id', '=', linkId)
    .where('token_hash', '=', tokenHash(letterToken(secret, id, seed)))
    .where('used_at', 'is not', null)
    .executeTakeFirst();
  return used !== undefined;
}

/**
 * @returns the letter while there is somebody and something that it is for, with a link that can be
 *   used, and its sender is in the study; null otherwise
 */
export async function stillFor(
  parts: Needs,
  records: Transaction<Tables>,
  row: LetterRow,
): Promise<LetterRow | null> {
  const place = await records
    .selectFrom('cases')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .innerJoin('case_schools', 'case_schools.case_id', 'cases.id')
    .select('cases.id')
    .where('cases.id', '=', row.case_id)
    .where('case_schools.school_id', '=', row.school_id)
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .executeTakeFirst();
  const link = await records
    .selectFrom('links')
    .select(['used_at', 'revoked_at', 'user_id'])
    .where('id', '=', row.link_id)
    .executeTakeFirst();
  if (!place || !link || link.revoked_at !== null || row.to_address === '') return null;
  // Somebody may have been quicker than the outbox in passing it on.
  if (row.state === 'by-hand') return row;
  const sender = await records
    .selectFrom('members')
    .select('user_id')
    .where('study_id', '=', row.study_id)
    .where('user_id', '=', row.made_by)
    .executeTakeFirst();
  if (!sender || (await isAnswered(records, row))) return null;
  if (link.used_at === null) {
    return row.person_id === null || (await isContact(records, row, row.person_id)) ? row : null;
  }
  // They came in while it waited: what it asks for still counts, the link of their invitation does not.
  const personId = row.person_id ?? link.user_id;
  if (row.kind === 'invitation' || personId === null || !(await isContact(records, row, personId)))
    return null;
  const linkId = await pageLink(
    parts,
    records,
    {
      studyId: row.study_id,
      caseId: row.case_id,
      days: row.days,
      by: { ...THE_SERVER, personId: row.made_by },
    },
    { personId, schoolId: row.school_id, name: row.to_name, email: row.to_address },
  );
  const change = { link_id: linkId, person_id: personId, seed: null };
  await records.updateTable('letters').set(change).where('id', '=', row.id).execute();
  return { ...row, ...change };
}

/** @returns whether it asks for what was given, or is asked for no more */
async function isAnswered(records: Transaction<Tables>, { id, kind }: LetterRow): Promise<boolean> {
  if (kind === 'quotes') {
    const open = await records
      .selectFrom('quote_asks')
      .select('id')
      .where('letter_id', '=', id)
      .where('next_at', 'is not', null)
      .executeTakeFirst();
    return open === undefined;
  }
  const over = await records
    .selectFrom('information_requests')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', id), eb('reminder_id', '=', id)]))
    .where((eb) =>
      eb.or([
        eb('finished_at', 'is not', null),
        eb('closed_at', 'is not', null),
        eb('withdrawn_at', 'is not', null),
      ]),
    )
    .executeTakeFirst();
  return over !== undefined;
}

async function isContact(records: Transaction<Tables>, row: LetterRow, personId: string): Promise<boolean> {
  const found = await records
    .selectFrom('case_contacts')
    .select('user_id')
    .where('case_id', '=', row.case_id)
    .where('school_id', '=', row.school_id)
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return found !== undefined;
}
