import type { Passkey } from '../../shared/api/passkeys.ts';
import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import type { CheckedPasskey } from './passkey-check.ts';

/** Passkeys that a person may have at once. */
const PASSKEY_LIMIT = 20;

/** What browsers say of how they reach a device; what else they say is not kept. */
const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

type Needs = Pick<Parts, 'records' | 'clock'>;

/** Who asks about their own passkeys. */
export interface PasskeyOwner {
  readonly personId: string;
  readonly sessionId: string;
  /** The name that passkeys are used under now; null where they are not offered. */
  readonly rpId: string | null;
}

/** @returns a person's passkeys, newest first */
export async function listPasskeys(records: Records, owner: PasskeyOwner): Promise<Passkey[]> {
  const rows = await records
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', owner.personId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const current = await passkeyOfSession(records, owner.sessionId);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: Number(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : Number(row.last_used_at),
    synced: row.synced === 1,
    elsewhere: row.rp_id !== owner.rpId,
    current: row.id === current,
    credentialId: row.credential_id,
  }));
}

/** @returns which passkey the session was begun or confirmed with; null where none was */
export async function passkeyOfSession(records: Records, sessionId: string): Promise<string | null> {
  const row = await records
    .selectFrom('session_passkeys')
    .select('passkey_id')
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row?.passkey_id ?? null;
}

export interface AddedPasskey {
  /** Made by the caller. */
  readonly id: string;
  readonly name: string;
  readonly made: CheckedPasskey;
  readonly transports: readonly string[];
  readonly rpId: string;
}

/**
 * Keeps a passkey that was checked, and notes that its session has shown one.
 * @throws Refusal `conflict` where the id or the passkey is taken, or there are too many
 */
export async function addPasskey(
  parts: Needs,
  owner: { readonly personId: string; readonly sessionId: string; readonly actor: Actor },
  added: AddedPasskey,
): Promise<void> {
  const now = parts.clock.now();
  const { made } = added;
  await parts.records.transaction(async (records) => {
    const { count } = await records
      .selectFrom('passkeys')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('user_id', '=', owner.personId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= PASSKEY_LIMIT) {
      throw new Refusal('conflict', 'There are too many passkeys. Take one away first.');
    }
    const kept = await records
      .insertInto('passkeys')
      .values({
        id: added.id,
        user_id: owner.personId,
        credential_id: made.credentialId,
        rp_id: added.rpId,
        public_key: made.publicKey,
        counter: made.counter,
        transports: JSON.stringify(added.transports.filter((name) => TRANSPORTS.includes(name))),
        synced: made.synced ? 1 : 0,
        name: added.name,
        created_at: now,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (kept.numInsertedOrUpdatedRows !== 1n) {
      throw new Refusal('conflict', 'This passkey was added before.');
    }
    await confirmSession(records, owner.sessionId, added.id, now);
    await recordOfPerson(records, owner.personId, {
      kind: 'passkey-added',
      by: owner.actor,
      at: now,
      object: { kind: 'passkey', id: added.id },
      detail: {},
    });
  });
}

/** Notes that a session has shown a passkey; a later one takes the place of an earlier. */
export async function confirmSession(
  records: Records,
  sessionId: string,
  passkeyId: string,
  at: number,
): Promise<void> {
  await records
    .insertInto('session_passkeys')
    .values({ session_id: sessionId, passkey_id: passkeyId, at })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ passkey_id: passkeyId, at }))
    .execute();
}

/**
 * Notes a use, in the transaction of what it was for: of two answers that were
 * signed with the same counter, one succeeds.
 * @param kept the counter that the answer was checked against
 * @returns whether nobody used, or took away, the passkey meanwhile
 */
export async function notePasskeyUse(
  records: Records,
  passkeyId: string,
  kept: number,
  counter: number,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('passkeys')
    .set({ counter, last_used_at: at })
    .where('id', '=', passkeyId)
    .where('counter', '=', kept)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** @throws Refusal `not-found` for a passkey of nobody or of somebody else */
export async function renamePasskey(
  parts: Needs,
  owner: PasskeyOwner,
  passkeyId: string,
  name: string,
): Promise<Passkey> {
  await parts.records.read
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', passkeyId)
    .where('user_id', '=', owner.personId)
    .execute();
  const renamed = (await listPasskeys(parts.records.read, owner)).find(({ id }) => id === passkeyId);
  if (!renamed) throw noSuchPasskey();
  return renamed;
}

/**
 * Takes a passkey away. Sessions that it began go on, and count as begun without one.
 * @throws Refusal `not-found` for a passkey of nobody or of somebody else
 */
export async function removePasskey(
  parts: Needs,
  personId: string,
  passkeyId: string,
  by: Actor,
): Promise<void> {
  await parts.records.transaction(async (records) => {
    const { numDeletedRows } = await records
      .deleteFrom('passkeys')
      .where('id', '=', passkeyId)
      .where('user_id', '=', personId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw noSuchPasskey();
    await recordOfPerson(records, personId, {
      kind: 'passkey-removed',
      by,
      at: parts.clock.now(),
      object: { kind: 'passkey', id: passkeyId },
      detail: {},
    });
  });
}

/** @returns null for one that is not known */
export async function findPasskey(
  records: Records,
  credentialId: string,
): Promise<Tables['passkeys'] | null> {
  const row = await records
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row ?? null;
}

function noSuchPasskey(): Refusal {
  return new Refusal('not-found', 'There is no such passkey.');
}
