import { hasShownPasskey, passkeyNeeded, type WayIn } from '../accounts/passkey-duty.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import type { Parts } from '../parts.ts';

/**
 * Has a study ask its members for a passkey, or stop asking; saying the same again
 * changes nothing. Whoever sets it shows one themselves, so that nobody locks
 * themselves out.
 * @returns whether anything changed
 * @throws Refusal `passkey-needed`
 */
export async function setPasskeyDuty(
  parts: Pick<Parts, 'records' | 'clock'>,
  studyId: string,
  required: boolean,
  by: WayIn,
  actor: Actor,
): Promise<boolean> {
  const { records, clock } = parts;
  // A token may have outlived the passkey that was shown when it was made.
  if (by.via !== 'session' || !(await hasShownPasskey(records.read, by))) throw passkeyNeeded();
  return records.transaction(async (transaction) => {
    const at = clock.now();
    const changed = required
      ? await transaction
          .insertInto('passkey_studies')
          .values({ study_id: studyId, set_by: by.personId, set_at: at })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
          .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows === 1n)
      : await transaction
          .deleteFrom('passkey_studies')
          .where('study_id', '=', studyId)
          .executeTakeFirst()
          .then(({ numDeletedRows }) => numDeletedRows === 1n);
    if (changed) {
      const kind = required ? 'passkeys-required' : 'passkeys-not-required';
      await recordInStudy(transaction, studyId, { kind, by: actor, at, detail: {} });
    }
    return changed;
  });
}
