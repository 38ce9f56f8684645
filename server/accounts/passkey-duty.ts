import { owesPasskey } from '../../shared/permissions/passkey-duty.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker } from '../studies/access-lookup.ts';
import type { SignedIn } from './authentication.ts';
import { passkeyOfSession } from './passkeys.ts';

/** How somebody came in. */
export type WayIn = Pick<SignedIn, 'personId' | 'credentialId' | 'via'>;

export const passkeyNeeded = () =>
  new Refusal(
    'passkey-needed',
    'This study asks its members for a passkey. Open it on a page, and use one, or add one, there.',
  );

/** @returns whether the study lets its members in by a passkey alone */
export async function requiresPasskey(records: Records, studyId: string): Promise<boolean> {
  const row = await records
    .selectFrom('passkey_studies')
    .select('study_id')
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns whether a session was begun or confirmed with a passkey, or a token made in one that was */
export async function hasShownPasskey(records: Records, by: WayIn): Promise<boolean> {
  if (by.via === 'session') return (await passkeyOfSession(records, by.credentialId)) !== null;
  const token = await records
    .selectFrom('api_tokens')
    .select('by_passkey')
    .where('id', '=', by.credentialId)
    .executeTakeFirst();
  return token?.by_passkey === 1;
}

/** @returns whether the study is closed to them until they show a passkey (PASSKEY-2) */
export async function owesPasskeyIn(records: Records, by: WayIn, studyId: string): Promise<boolean> {
  // Most studies ask for none: nothing else has to be looked up then.
  if (!(await requiresPasskey(records, studyId))) return false;
  const { role } = await loadAsker(records, by.personId, studyId);
  return owesPasskey({ requiresPasskey: true }, { role, shown: await hasShownPasskey(records, by) });
}

/** @returns the studies that ask this member for a passkey, by title */
export async function studiesAsking(
  records: Records,
  personId: string,
): Promise<{ id: string; title: string }[]> {
  const rows = await records
    .selectFrom('passkey_studies')
    .innerJoin('studies', 'studies.id', 'passkey_studies.study_id')
    .innerJoin('members', 'members.study_id', 'studies.id')
    .select(['studies.id', 'studies.title'])
    .where('members.user_id', '=', personId)
    .where('members.role', '!=', 'contact')
    .where('studies.deleted_at', 'is', null)
    .execute();
  return rows.sort((one, other) => one.title.localeCompare(other.title, 'en'));
}
