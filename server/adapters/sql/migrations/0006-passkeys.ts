import { type Kysely, sql } from 'kysely';

/**
 * Passkeys: their public halves, the challenges that wait for an answer, and which
 * sessions were begun or confirmed by one. A study may ask its members for one; no
 * study does so far. Tokens that are there were made without.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'sqlite' ? sql`blob` : sql`bytea`;
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('credential_id', 'text', (c) => c.notNull().unique())
    .addColumn('rp_id', 'text', (c) => c.notNull())
    .addColumn('public_key', blob, (c) => c.notNull())
    .addColumn('counter', big, (c) => c.notNull())
    .addColumn('transports', 'text', (c) => c.notNull())
    .addColumn('synced', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('last_used_at', big)
    .execute();
  await db.schema.createIndex('passkeys_user').on('passkeys').column('user_id').execute();

  await db.schema
    .createTable('passkey_challenges')
    .addColumn('challenge_hash', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('expires_at', big, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('passkey_challenges_expires')
    .on('passkey_challenges')
    .column('expires_at')
    .execute();

  await db.schema
    .createTable('session_passkeys')
    .addColumn('session_id', 'text', (c) => c.primaryKey().references('session.id').onDelete('cascade'))
    .addColumn('passkey_id', 'text', (c) => c.notNull().references('passkeys.id').onDelete('cascade'))
    .addColumn('at', big, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('session_passkeys_passkey')
    .on('session_passkeys')
    .column('passkey_id')
    .execute();

  await db.schema
    .createTable('passkey_studies')
    .addColumn('study_id', 'text', (c) => c.primaryKey())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_at', big, (c) => c.notNull())
    .execute();
  await db.schema
    .alterTable('api_tokens')
    .addColumn('by_passkey', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
