import type { ApiToken } from '../../shared/api/contract.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import { tokenHash } from './hashing.ts';

/** Tokens that a person may have at once. */
const TOKEN_LIMIT = 50;

/**
 * Makes a token by which a program acts for a person; only its hash is kept.
 * @param token.id made by the caller
 * @returns the token, told this once
 * @throws Refusal `conflict` where the id is taken or there are too many
 */
export async function createApiToken(
  parts: Pick<Parts, 'records' | 'clock' | 'random'>,
  token: { readonly id: string; readonly personId: string; readonly name: string },
): Promise<string> {
  const secret = `cbk_${Buffer.from(parts.random.bytes(32)).toString('base64url')}`;
  await parts.records.transaction(async (records) => {
    const { count } = await records
      .selectFrom('api_tokens')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('user_id', '=', token.personId)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (count >= TOKEN_LIMIT) throw new Refusal('conflict', 'There are too many tokens. Remove one first.');
    const made = await records
      .insertInto('api_tokens')
      .values({
        id: token.id,
        user_id: token.personId,
        name: token.name,
        token_hash: tokenHash(secret),
        created_at: parts.clock.now(),
        last_used_at: null,
        revoked_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    // The token of an earlier call cannot be told again, so a repetition is no success.
    if (made.numInsertedOrUpdatedRows !== 1n) throw new Refusal('conflict', 'This token was made already.');
  });
  return secret;
}

/** @returns the tokens that still work, newest first */
export async function listApiTokens(
  parts: Pick<Parts, 'records'>,
  personId: string,
): Promise<readonly ApiToken[]> {
  const rows = await parts.records.read
    .selectFrom('api_tokens')
    .select(['id', 'name', 'created_at', 'last_used_at'])
    .where('user_id', '=', personId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
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
): Promise<void> {
  const found = await parts.records.read
    .selectFrom('api_tokens')
    .select('id')
    .where('id', '=', tokenId)
    .where('user_id', '=', personId)
    .executeTakeFirst();
  if (!found) throw new Refusal('not-found', 'There is no such token.');
  await parts.records.read
    .updateTable('api_tokens')
    .set({ revoked_at: parts.clock.now() })
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .execute();
  parts.bus.publish({ t: 'signed-out', credentialId: tokenId });
}
