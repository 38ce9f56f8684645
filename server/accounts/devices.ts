import type { Device } from '../../shared/api/account.ts';
import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import { serviceName } from './oidc-bindings.ts';

/** @returns where the person is signed in, last used first */
export async function listDevices(
  parts: Pick<Parts, 'records' | 'identityProvider'>,
  personId: string,
  currentId: string,
): Promise<Device[]> {
  const rows = await parts.records.read
    .selectFrom('session')
    .leftJoin('session_passkeys', 'session_passkeys.session_id', 'session.id')
    .leftJoin('session_oidc', 'session_oidc.session_id', 'session.id')
    .leftJoin('oidc_bindings', 'oidc_bindings.id', 'session_oidc.binding_id')
    .select(['session.id', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt', 'passkey_id', 'issuer'])
    .where('session.userId', '=', personId)
    .execute();
  return rows
    .filter((row) => Date.parse(row.expiresAt) > Date.now())
    .map((row) => ({
      id: row.id,
      label: row.userAgent || 'A browser',
      since: Date.parse(row.createdAt),
      lastUsedAt: Date.parse(row.updatedAt),
      current: row.id === currentId,
      passkey: row.passkey_id !== null,
      service: row.issuer === null ? null : serviceName(parts.identityProvider, row.issuer),
    }))
    .sort((one, other) => other.lastUsedAt - one.lastUsedAt || (one.id < other.id ? -1 : 1));
}

/**
 * Signs a device of the person's out from another: its sockets close at once, and
 * it clears what it keeps when it next asks (DEVICE-1).
 * @param deviceId null for all but the one that asks
 * @throws Refusal `not-found` for a device of nobody or of somebody else, `conflict` for the one that asks
 */
export async function endDevices(
  parts: Pick<Parts, 'records' | 'clock' | 'bus'>,
  by: { readonly personId: string; readonly currentId: string; readonly actor: Actor },
  deviceId: string | null,
): Promise<void> {
  if (deviceId === by.currentId) {
    throw new Refusal('conflict', 'This is the device that you are on. Sign out here instead.');
  }
  const ended = await parts.records.transaction(async (records) => {
    let query = records
      .deleteFrom('session')
      .where('userId', '=', by.personId)
      .where('id', '!=', by.currentId)
      .returning('id');
    if (deviceId !== null) query = query.where('id', '=', deviceId);
    const gone = await query.execute();
    for (const { id } of gone) {
      await recordOfPerson(records, by.personId, {
        kind: 'device-ended',
        by: by.actor,
        at: parts.clock.now(),
        object: { kind: 'device', id },
        detail: {},
      });
    }
    return gone;
  });
  if (deviceId !== null && ended.length === 0) throw new Refusal('not-found', 'There is no such device.');
  for (const { id } of ended) parts.bus.publish({ t: 'signed-out', credentialId: id });
}
