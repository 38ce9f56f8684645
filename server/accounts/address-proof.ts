import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns whether the person has shown that they read the mail of their address */
export async function addressProven(records: Records, personId: string): Promise<boolean> {
  const row = await records
    .selectFrom('user')
    .select('emailVerified')
    .where('id', '=', personId)
    .executeTakeFirst();
  return row?.emailVerified === 1;
}

/**
 * To be called when somebody has shown that they read the mail of their address.
 * The first time, every way in from before ends: whoever invited them knows the
 * link, too, and may have come in by it in their name.
 * @param staying the session in which it was shown, which goes on under a new cookie
 * @returns how many sessions and tokens ended
 */
export async function proveAddress(
  parts: Pick<Parts, 'records' | 'clock' | 'bus'>,
  personId: string,
  by: Actor,
  staying?: string,
): Promise<number> {
  const now = parts.clock.now();
  const ended = await parts.records.transaction(async (records) => {
    const proved = await records
      .updateTable('user')
      .set({ emailVerified: 1, updatedAt: new Date(now).toISOString() })
      .where('id', '=', personId)
      .where('emailVerified', '=', 0)
      .executeTakeFirst();
    if (proved.numUpdatedRows !== 1n) return [];
    const sessions = await records
      .selectFrom('session')
      .select('id')
      .where('userId', '=', personId)
      .where('id', '!=', staying ?? '')
      .execute();
    const tokens = await records
      .selectFrom('api_tokens')
      .select('id')
      .where('user_id', '=', personId)
      .where('revoked_at', 'is', null)
      .execute();
    // None can be added before; were there one, it would be of somebody else.
    await records.deleteFrom('passkeys').where('user_id', '=', personId).execute();
    await records
      .deleteFrom('session')
      .where('userId', '=', personId)
      .where('id', '!=', staying ?? '')
      .execute();
    await records
      .updateTable('api_tokens')
      .set({ revoked_at: now })
      .where('user_id', '=', personId)
      .where('revoked_at', 'is', null)
      .execute();
    if (sessions.length > 0 || tokens.length > 0) {
      await recordOfPerson(records, personId, {
        kind: 'earlier-ways-ended',
        by,
        at: now,
        detail: { devices: sessions.length, tokens: tokens.length },
      });
    }
    return [...sessions, ...tokens];
  });
  for (const { id } of ended) parts.bus.publish({ t: 'signed-out', credentialId: id });
  return ended.length;
}
