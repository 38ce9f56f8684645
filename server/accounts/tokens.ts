import type { Transaction } from 'kysely';
import { type ApiToken, TOKEN_REACHES } from '../../shared/api/account.ts';
import { type Actor, type Deed, recordInStudy, recordOfPerson } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { tokenHash } from './hashing.ts';
import { isErased } from './people.ts';

/** Tokens that a person may have at once. */
const TOKEN_LIMIT = 50;

const DAY = 24 * 60 * 60_000;

export interface WantedToken {
  /** Made by the caller. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly reach?: ApiToken['reach'];
  readonly studyId?: string | null;
  /** Days until it runs out; null for never. */
  readonly days?: number | null;
  /** Made in a session that has shown a passkey: it opens studies that ask for one. */
  readonly byPasskey?: boolean;
  readonly by: Actor;
}

/**
 * Makes a token by which a program acts for a person; only its hash is kept.
 * @returns the token, told this once
 * @throws Refusal `conflict` where the id is taken or there are too many, `not-signed-in` where the account was deleted
 */
export async function createApiToken(
  parts: Pick<Parts, 'records' | 'clock' | 'random'>,
  token: WantedToken,
): Promise<string> {
  const { reach = 'writes', studyId = null, days = null, byPasskey = false } = token;
  const now = parts.clock.now();
  const until = days === null ? null : now + days * DAY;
  const secret = `cbk_${Buffer.from(parts.random.bytes(32)).toString('base64url')}`;
  await parts.records.transaction(async (records) => {
    if (await isErased(records, token.personId)) throw new Refusal('not-signed-in', 'Sign in first.');
    const { count } = await records
      .selectFrom('api_tokens')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('user_id', '=', token.personId)
      .where('revoked_at', 'is', null)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
      .executeTakeFirstOrThrow();
    if (count >= TOKEN_LIMIT) throw new Refusal('conflict', 'There are too many tokens. Remove one first.');
    const made = await records
      .insertInto('api_tokens')
      .values({
        id: token.id,
        user_id: token.personId,
        name: token.name,
        token_hash: tokenHash(secret),
        created_at: now,
        last_used_at: null,
        revoked_at: null,
        reach,
        study_id: studyId,
        expires_at: until,
        by_passkey: byPasskey ? 1 : 0,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    // The token of an earlier call cannot be told again, so a repetition is no success.
    if (made.numInsertedOrUpdatedRows !== 1n) throw new Refusal('conflict', 'This token was made already.');
    await recordToken(records, token.personId, studyId, {
      kind: 'token-made',
      by: token.by,
      at: now,
      object: { kind: 'token', id: token.id },
      detail: { reach, within: studyId === null ? 'everything' : 'study', until: until ?? 0 },
    });
  });
  return secret;
}

/** What a token can do in one study alone is that study's business, and no other's. */
function recordToken(
  records: Transaction<Tables>,
  personId: string,
  studyId: string | null,
  deed: Deed<'token-made' | 'token-ended'>,
): Promise<void> {
  return studyId === null ? recordOfPerson(records, personId, deed) : recordInStudy(records, studyId, deed);
}

/** @returns the tokens that still work, newest first */
export async function listApiTokens(
  parts: Pick<Parts, 'records' | 'clock'>,
  personId: string,
): Promise<readonly ApiToken[]> {
  const rows = await parts.records.read
    .selectFrom('api_tokens')
    .select(['id', 'name', 'reach', 'study_id', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', parts.clock.now())]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    reach: readReach(row.reach),
    studyId: row.study_id,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }));
}

/**
 * Ends a token; sockets opened with it close. Ending it again does nothing.
 * @throws Refusal `not-found` for a token of nobody or of somebody else
 */
export async function revokeApiToken(
  parts: Pick<Parts, 'records' | 'clock' | 'bus'>,
  personId: string,
  tokenId: string,
  by: Actor,
): Promise<void> {
  const found = await parts.records.read
    .selectFrom('api_tokens')
    .select(['id', 'study_id'])
    .where('id', '=', tokenId)
    .where('user_id', '=', personId)
    .executeTakeFirst();
  if (!found) throw new Refusal('not-found', 'There is no such token.');
  await parts.records.transaction(async (records) => {
    const { numUpdatedRows } = await records
      .updateTable('api_tokens')
      .set({ revoked_at: parts.clock.now() })
      .where('id', '=', tokenId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await recordToken(records, personId, found.study_id, {
      kind: 'token-ended',
      by,
      at: parts.clock.now(),
      object: { kind: 'token', id: tokenId },
      detail: {},
    });
  });
  parts.bus.publish({ t: 'signed-out', credentialId: tokenId });
}

/** What is no reach that this version knows reads alone: never more by a mistake. */
export function readReach(value: string): ApiToken['reach'] {
  return TOKEN_REACHES.find((reach) => reach === value) ?? 'reads';
}
