import type { Transaction } from 'kysely';
import { holdsOwnName } from '../../shared/protection/former-name.ts';
import { erasurePurpose, signInPurpose } from '../accounts/codes.ts';
import { linkCodePurpose } from '../accounts/link-codes.ts';
import { type Actor, recordInService, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { forgetRequestNotes } from '../information/request-notes.ts';
import { forgetSender } from '../letters/letter-senders.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { removeFromStudy } from '../studies/leaving.ts';
import { refuseLeads } from './erasure-view.ts';
import { FORMER_CONTACT } from './former-people.ts';
import { discardMarkedLetters, markLetters } from './letters-to-discard.ts';
import { forgetSpeaker } from './quote-rows.ts';
import { forgetReading } from './thread-rows.ts';

/** What whoever deleted their account is called, where a study has no other name for them. */
export const FORMER_MEMBER = 'A former member';

type Needs = Pick<Parts, 'records' | 'clock' | 'outboxFiles' | 'random' | 'log'>;

export interface Erased {
  readonly personId: string;
  /** For what is still to be cleared up, and for nothing else. */
  readonly email: string;
  /** Sessions and tokens that ended: their sockets have to close. */
  readonly credentialIds: readonly string[];
  /** Studies that they were in. */
  readonly studyIds: readonly string[];
}

/**
 * Deletes an account (PRIVACY-5). The row stays, and names nobody: texts and records hold
 * its id. All of it happens, or nothing; letters that lie as files, and the journals of the
 * database, go by `clearUpErased`.
 * @throws Refusal `conflict` while they are alone the lead of a study, `not-found` for nobody
 */
export async function eraseAccount(parts: Needs, personId: string, by: Actor): Promise<Erased> {
  const { records, clock, outboxFiles } = parts;
  const email = await addressOf(records.read, personId);
  const files = await outboxFiles.to(email);
  return records.transaction(async (transaction) => {
    await addressOf(transaction, personId);
    await refuseLeads(transaction, personId);
    await markLetters(parts, transaction, [...files, ...(await listedLetters(transaction, email))]);
    const deed = { by, at: clock.now() };
    const studyIds = await leaveStudies(transaction, personId, deed);
    await withdrawInvitations(transaction, personId, email, deed);
    const credentialIds = await endWaysIn(transaction, personId, email);
    await emptyLetters(transaction, personId, email);
    await forgetSender(transaction, { studyId: null, personId, called: FORMER_MEMBER });
    await forgetRequestNotes(transaction, null, personId);
    await forgetSpeaker(transaction, null, personId);
    await forgetReading(transaction, personId);
    await forgetName(transaction, personId, deed.at);
    return { personId, email, credentialIds, studyIds };
  });
}

/**
 * Takes out of files and journals what an account left there. The account is gone by now:
 * what fails here is no failure of that, and is tried again at the next start.
 */
export async function clearUpErased(
  parts: Needs,
  { personId, email }: Pick<Erased, 'personId' | 'email'>,
): Promise<void> {
  const { records, outboxFiles, log } = parts;
  try {
    // A code or a link that was on its way to them while the account went.
    const late = await outboxFiles.to(email);
    await records.transaction(async (transaction) => {
      await markLetters(parts, transaction, [...late, ...(await listedLetters(transaction, email))]);
      await takeOutListed(transaction, email);
      await transaction.deleteFrom('verification').where('identifier', '=', signInPurpose(email)).execute();
      const emptied = { name: '', email: '', revoked_at: parts.clock.now() };
      await transaction
        .updateTable('links')
        .set(emptied)
        .where('user_id', '=', personId)
        .where('email', '=', email)
        .execute();
    });
    await discardMarkedLetters(parts);
    if (!(await records.forgetDeleted())) {
      log.warn('the journal of the database holds what was deleted until the next stop');
    }
  } catch (cause) {
    log.warn('what an account left behind could not be cleared up whole', {}, cause);
  }
}

interface Gone {
  readonly by: Actor;
  readonly at: number;
}

async function addressOf(records: Records, personId: string): Promise<string> {
  const row = await records
    .selectFrom('user')
    .innerJoin('people', 'people.user_id', 'user.id')
    .select('user.email')
    .where('user.id', '=', personId)
    .where('people.erased_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such account.');
  return row.email;
}

/** What they wrote and did stays, by the name that a study gave them, or by one that names nobody. */
async function leaveStudies(
  records: Transaction<Tables>,
  personId: string,
  { by, at }: Gone,
): Promise<string[]> {
  const held = await records
    .selectFrom('members')
    .select(['study_id', 'role'])
    .where('user_id', '=', personId)
    .orderBy('study_id')
    .execute();
  const object = { kind: 'person', id: personId } as const;
  for (const { study_id: studyId, role } of held) {
    await removeFromStudy(records, personId, studyId, { by, at });
    await recordInStudy(records, studyId, { kind: 'account-erased', by, at, object, detail: {} });
    const called = role === 'contact' ? FORMER_CONTACT : FORMER_MEMBER;
    await records
      .insertInto('former_people')
      .values({ study_id: studyId, person_id: personId, called, set_by: personId, set_at: at })
      .onConflict((conflict) => conflict.columns(['study_id', 'person_id']).doNothing())
      .execute();
  }
  await recordInService(records, { kind: 'account-erased', by, at, object, detail: {} });
  await records.deleteFrom('case_contacts').where('user_id', '=', personId).execute();
  await records.deleteFrom('block_grants').where('person_id', '=', personId).execute();
  await records
    .updateTable('section_status')
    .set({ assignee_id: null })
    .where('assignee_id', '=', personId)
    .execute();
  return held.map(({ study_id }) => study_id);
}

/** Of links, whose they were stays as an id. Of one that is still open, its study is told that it is over. */
async function withdrawInvitations(
  records: Transaction<Tables>,
  personId: string,
  email: string,
  { by, at }: Gone,
): Promise<void> {
  const theirs = await records
    .selectFrom('links')
    .select(['id', 'kind', 'role', 'study_id', 'case_id', 'used_at', 'revoked_at'])
    .where((eb) => eb.or([eb('user_id', '=', personId), eb('email', '=', email)]))
    .execute();
  for (const link of theirs) {
    await records.deleteFrom('verification').where('identifier', '=', linkCodePurpose(link.id)).execute();
    await records
      .updateTable('links')
      .set({
        user_id: personId,
        name: '',
        email: '',
        revoked_at: link.revoked_at ?? (link.used_at === null ? at : null),
      })
      .where('id', '=', link.id)
      .execute();
    const open = link.used_at === null && link.revoked_at === null;
    if (!open || link.study_id === null || link.role === null) continue;
    if (link.kind !== 'member' && link.kind !== 'contact') continue;
    await recordInStudy(records, link.study_id, {
      kind: 'invitation-withdrawn',
      by,
      at,
      caseId: link.case_id,
      object: { kind: 'invitation', id: link.id },
      detail: {},
    });
  }
}

/** @returns ids of the sessions and tokens that ended */
async function endWaysIn(records: Transaction<Tables>, personId: string, email: string): Promise<string[]> {
  const sessions = await records
    .deleteFrom('session')
    .where('userId', '=', personId)
    .returning('id')
    .execute();
  const tokens = await records
    .deleteFrom('api_tokens')
    .where('user_id', '=', personId)
    .returning('id')
    .execute();
  const challenges = sessions.map(({ id }) => `add:${id}`);
  if (challenges.length > 0) {
    await records.deleteFrom('passkey_challenges').where('purpose', 'in', challenges).execute();
  }
  await records.deleteFrom('passkeys').where('user_id', '=', personId).execute();
  await records.deleteFrom('oidc_bindings').where('user_id', '=', personId).execute();
  await records.deleteFrom('account').where('userId', '=', personId).execute();
  await records
    .deleteFrom('verification')
    .where('identifier', 'in', [signInPurpose(email), erasurePurpose(personId)])
    .execute();
  return [...sessions, ...tokens].map(({ id }) => id);
}

async function listedLetters(records: Records, email: string): Promise<string[]> {
  const rows = await records.selectFrom('outbox').select('file').where('to_address', '=', email).execute();
  return rows.map(({ file }) => file);
}

async function takeOutListed(records: Records, email: string): Promise<void> {
  await records.deleteFrom('outbox').where('to_address', '=', email).execute();
}

/** Of letters to them, nothing but that there was one stays. */
async function emptyLetters(records: Transaction<Tables>, personId: string, email: string): Promise<void> {
  await takeOutListed(records, email);
  await records
    .updateTable('letters')
    .set({ person_id: personId, to_name: '', to_address: '', subject: '', text: '', seed: null })
    .where((eb) => eb.or([eb('person_id', '=', personId), eb('to_address', '=', email)]))
    .execute();
}

async function forgetName(records: Transaction<Tables>, personId: string, at: number): Promise<void> {
  const { name } = await records
    .selectFrom('user')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  // They may have taken the name that a study calls them by.
  const given = await records
    .selectFrom('former_people')
    .select(['study_id', 'called'])
    .where('person_id', '=', personId)
    .execute();
  for (const { study_id, called } of given) {
    if (!holdsOwnName(called, name)) continue;
    await records
      .updateTable('former_people')
      .set({ called: FORMER_MEMBER })
      .where('study_id', '=', study_id)
      .where('person_id', '=', personId)
      .execute();
  }
  await records
    .updateTable('user')
    .set({
      name: FORMER_MEMBER,
      // No address, and nobody else's: the column wants one of its own for everybody.
      email: `erased:${personId}`,
      emailVerified: 0,
      image: null,
      updatedAt: new Date(at).toISOString(),
    })
    .where('id', '=', personId)
    .execute();
  await records
    .updateTable('people')
    .set({ is_host: 0, erased_at: at, telephone: '' })
    .where('user_id', '=', personId)
    .execute();
}
