import type { OidcBinding } from '../../shared/api/oidc.ts';
import type { Person } from '../../shared/api/people.ts';
import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { IdentityProvider, ProviderIdentity } from '../ports/identity-provider.ts';
import type { Records } from '../ports/record-store.ts';
import { findByEmail, loadPerson } from './people.ts';
import type { Alongside } from './sessions.ts';

/** Whom a sign-in elsewhere lets in, and by what. */
export interface KnownIdentity {
  readonly person: Person;
  /** Null: by their address, for the first time. */
  readonly bindingId: string | null;
}

/**
 * Addresses here are of these letters alone. Others can become one of them in lower case, as
 * the Kelvin sign becomes a k, and are somebody else's.
 */
const PLAIN = /^[\x21-\x7e]+$/;

/**
 * Who somebody is here whom the other service has named. Whoever was bound before is
 * known by the service's own name for them, whatever address it tells now; else by
 * an address that the service vouches for, of somebody who has no other account there.
 * @returns null for whoever was not invited; and for school contacts, whose address on
 *   file is what they were asked by, and whose school's service is nothing that a study knows
 */
export async function findIdentity(
  records: Records,
  identity: ProviderIdentity,
): Promise<KnownIdentity | null> {
  const bound = await records
    .selectFrom('oidc_bindings')
    .select(['id', 'user_id'])
    .where('issuer', '=', identity.issuer)
    .where('subject', '=', identity.subject)
    .executeTakeFirst();
  const person = bound
    ? await loadPerson(records, bound.user_id)
    : identity.verifiedEmail === null || !PLAIN.test(identity.verifiedEmail)
      ? null
      : await findByEmail(records, identity.verifiedEmail);
  if (!person || (await isContact(records, person.id))) return null;
  if (bound) return { person, bindingId: bound.id };
  // An address that was given to somebody else there lets nobody into the account of whoever had it.
  const other = await records
    .selectFrom('oidc_bindings')
    .select('id')
    .where('user_id', '=', person.id)
    .where('issuer', '=', identity.issuer)
    .executeTakeFirst();
  return other ? null : { person, bindingId: null };
}

async function isContact(records: Records, personId: string): Promise<boolean> {
  const role = await records
    .selectFrom('members')
    .select('study_id')
    .where('user_id', '=', personId)
    .where('role', '=', 'contact')
    .executeTakeFirst();
  const place = await records
    .selectFrom('case_contacts')
    .select('case_id')
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return role !== undefined || place !== undefined;
}

/**
 * What is kept with the session of such a sign-in.
 * @param lost thrown where, since it was looked up, somebody else was bound or this was taken away
 */
export function keepIdentity(
  parts: Pick<Parts, 'clock' | 'random'>,
  identity: ProviderIdentity,
  { person, bindingId }: KnownIdentity,
  by: Actor,
  lost: () => Error,
): Alongside {
  return async (records, sessionId) => {
    const known = await findIdentity(records, identity);
    if (known?.person.id !== person.id || known.bindingId !== bindingId) throw lost();
    const now = parts.clock.now();
    const id = bindingId ?? parts.random.id();
    if (bindingId === null) {
      const { issuer, subject } = identity;
      await records
        .insertInto('oidc_bindings')
        .values({ id, user_id: person.id, issuer, subject, created_at: now, last_used_at: now })
        .execute();
      await recordOfPerson(records, person.id, {
        kind: 'oidc-bound',
        by: { ...by, personId: person.id },
        at: now,
        object: { kind: 'person', id: person.id },
        detail: {},
      });
    } else {
      await records
        .updateTable('oidc_bindings')
        .set({ last_used_at: now })
        .where('id', '=', bindingId)
        .execute();
    }
    await records
      .insertInto('session_oidc')
      .values({ session_id: sessionId, binding_id: id })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ binding_id: id }))
      .execute();
  };
}

/** @returns what the page calls the service of an issuer */
export function serviceName(provider: IdentityProvider | null, issuer: string): string {
  return provider?.issuer === issuer ? provider.name : new URL(issuer).host;
}

/** @returns a person's accounts elsewhere, newest first */
export async function listBindings(
  parts: Pick<Parts, 'records' | 'identityProvider'>,
  owner: { readonly personId: string; readonly sessionId: string },
): Promise<OidcBinding[]> {
  const { records, identityProvider } = parts;
  const rows = await records.read
    .selectFrom('oidc_bindings')
    .leftJoin('session_oidc', (join) =>
      join
        .onRef('session_oidc.binding_id', '=', 'oidc_bindings.id')
        .on('session_oidc.session_id', '=', owner.sessionId),
    )
    .select(['id', 'issuer', 'created_at', 'last_used_at', 'session_oidc.session_id'])
    .where('user_id', '=', owner.personId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    service: serviceName(identityProvider, row.issuer),
    elsewhere: identityProvider?.issuer !== row.issuer,
    createdAt: Number(row.created_at),
    lastUsedAt: Number(row.last_used_at),
    current: row.session_id !== null,
  }));
}

/**
 * Takes an account elsewhere away; sessions that it began go on.
 * @throws Refusal `not-found` for one of nobody or of somebody else
 */
export async function removeBinding(
  parts: Pick<Parts, 'records' | 'clock'>,
  personId: string,
  bindingId: string,
  by: Actor,
): Promise<void> {
  await parts.records.transaction(async (records) => {
    const { numDeletedRows } = await records
      .deleteFrom('oidc_bindings')
      .where('id', '=', bindingId)
      .where('user_id', '=', personId)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Refusal('not-found', 'There is no such way to sign in.');
    await recordOfPerson(records, personId, {
      kind: 'oidc-removed',
      by,
      at: parts.clock.now(),
      object: { kind: 'person', id: personId },
      detail: {},
    });
  });
}
