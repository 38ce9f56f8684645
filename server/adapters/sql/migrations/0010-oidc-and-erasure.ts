import { type Kysely, sql } from 'kysely';

/**
 * Signing in through another service: whose account there is whose here, the sign-ins
 * that are on their way, and which sessions began so. And when an account was deleted:
 * its row stays, without a name, because texts and records hold its id.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('oidc_bindings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('last_used_at', big, (c) => c.notNull())
    .addUniqueConstraint('oidc_bindings_subject', ['issuer', 'subject'])
    .addUniqueConstraint('oidc_bindings_user', ['user_id', 'issuer'])
    .execute();

  await db.schema
    .createTable('oidc_sign_ins')
    .addColumn('ticket_hash', 'text', (c) => c.primaryKey())
    .addColumn('expires_at', big, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('oidc_sign_ins_expires').on('oidc_sign_ins').column('expires_at').execute();

  await db.schema
    .createTable('session_oidc')
    .addColumn('session_id', 'text', (c) => c.primaryKey().references('session.id').onDelete('cascade'))
    .addColumn('binding_id', 'text', (c) => c.notNull().references('oidc_bindings.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('session_oidc_binding').on('session_oidc').column('binding_id').execute();

  await db.schema.alterTable('people').addColumn('erased_at', big).execute();
}
