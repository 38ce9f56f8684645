import { type Kysely, sql } from 'kysely';

/**
 * Everything up to live co-drafting. Landed migrations never change; a new need
 * is a new file.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'sqlite' ? sql`blob` : sql`bytea`;
  const instant = dialect === 'sqlite' ? sql`text` : sql`timestamptz`;
  const truth = dialect === 'sqlite' ? sql`integer` : sql`boolean`;
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('user')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('emailVerified', truth, (c) => c.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', instant, (c) => c.notNull())
    .addColumn('updatedAt', instant, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('session')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('expiresAt', instant, (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('createdAt', instant, (c) => c.notNull())
    .addColumn('updatedAt', instant, (c) => c.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('session_user').on('session').column('userId').execute();
  await db.schema
    .createTable('account')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('accountId', 'text', (c) => c.notNull())
    .addColumn('providerId', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.id').onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', instant)
    .addColumn('refreshTokenExpiresAt', instant)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', instant, (c) => c.notNull())
    .addColumn('updatedAt', instant, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('verification')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expiresAt', instant, (c) => c.notNull())
    .addColumn('createdAt', instant, (c) => c.notNull())
    .addColumn('updatedAt', instant, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('verification_identifier').on('verification').column('identifier').execute();

  await db.schema
    .createTable('people')
    .addColumn('user_id', 'text', (c) => c.primaryKey())
    .addColumn('colour', 'text', (c) => c.notNull())
    .addColumn('is_host', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('frameworks')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('json', 'text', (c) => c.notNull())
    .addColumn('imported_at', big, (c) => c.notNull())
    .addColumn('imported_by', 'text')
    .addPrimaryKeyConstraint('frameworks_pk', ['id', 'version'])
    .execute();
  await db.schema
    .createTable('studies')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('due_on', 'text')
    .addColumn('framework_id', 'text', (c) => c.notNull())
    .addColumn('framework_version', 'integer', (c) => c.notNull())
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('deleted_at', big)
    .addColumn('deleted_by', 'text')
    .execute();
  await db.schema
    .createTable('members')
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('since', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('members_pk', ['study_id', 'user_id'])
    .execute();
  await db.schema.createIndex('members_user').on('members').column('user_id').execute();
  await db.schema
    .createTable('schools')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('deleted_at', big)
    .addColumn('deleted_by', 'text')
    .execute();
  await db.schema.createIndex('schools_study').on('schools').column('study_id').execute();
  await db.schema
    .createTable('cases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('subtitle', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('authority', 'integer', (c) => c.notNull())
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('changed_at', big, (c) => c.notNull())
    .addColumn('deleted_at', big)
    .addColumn('deleted_by', 'text')
    .execute();
  await db.schema.createIndex('cases_study').on('cases').column('study_id').execute();
  await db.schema
    .createTable('case_schools')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_schools_pk', ['case_id', 'school_id'])
    .execute();
  await db.schema
    .createTable('case_contacts')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text', (c) => c.notNull())
    .addColumn('since', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('case_contacts_pk', ['case_id', 'user_id', 'school_id'])
    .execute();
  await db.schema.createIndex('case_contacts_user').on('case_contacts').column('user_id').execute();

  await db.schema
    .createTable('blocks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('section_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text')
    .execute();
  await db.schema.createIndex('blocks_case').on('blocks').column('case_id').execute();
  await db.schema
    .createTable('section_status')
    .addColumn('block_id', 'text', (c) => c.primaryKey())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text')
    .addColumn('set_at', big)
    .addColumn('agreed_fingerprint', 'text')
    .addColumn('not_applicable', 'text')
    .addColumn('assignee_id', 'text')
    .addColumn('due_on', 'text')
    .execute();
  await db.schema
    .createTable('projections')
    .addColumn('block_id', 'text', (c) => c.primaryKey())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('html', 'text', (c) => c.notNull())
    .addColumn('values_json', 'text', (c) => c.notNull())
    .addColumn('prompts_json', 'text', (c) => c.notNull())
    .addColumn('words', 'integer', (c) => c.notNull())
    .addColumn('filled', 'integer', (c) => c.notNull())
    .addColumn('fields', 'integer', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('changed_at', big)
    .execute();
  await db.schema
    .createTable('lost_words')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('before_text', 'text', (c) => c.notNull())
    .addColumn('after_text', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('caused_by_id', 'text')
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addColumn('settled_at', big)
    .addColumn('settled_by', 'text')
    .addColumn('settled_how', 'text')
    .execute();
  await db.schema.createIndex('lost_words_block').on('lost_words').column('block_id').execute();

  await db.schema
    .createTable('block_heads')
    .addColumn('block_id', 'text', (c) => c.primaryKey())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('block_log')
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('on_behalf_of', 'text')
    .addColumn('server_time', big, (c) => c.notNull())
    .addColumn('device_time', big)
    .addColumn('clients', 'text', (c) => c.notNull())
    .addColumn('bytes', blob, (c) => c.notNull())
    .addColumn('checksum', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('block_log_pk', ['block_id', 'seq'])
    .execute();
  await db.schema
    .createTable('block_snapshots')
    .addColumn('block_id', 'text', (c) => c.primaryKey())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('bytes', blob, (c) => c.notNull())
    .addColumn('checksum', big, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('block_clients')
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('client', big, (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addPrimaryKeyConstraint('block_clients_pk', ['block_id', 'client'])
    .execute();

  await db.schema
    .createTable('links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text')
    .addColumn('email', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('name', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('study_id', 'text')
    .addColumn('role', 'text')
    .addColumn('case_id', 'text')
    .addColumn('school_id', 'text')
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('created_by', 'text')
    .addColumn('expires_at', big, (c) => c.notNull())
    .addColumn('used_at', big)
    .addColumn('revoked_at', big)
    .execute();
  await db.schema.createIndex('links_study').on('links').column('study_id').execute();
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', big, (c) => c.notNull())
    .addColumn('last_used_at', big)
    .addColumn('revoked_at', big)
    .execute();
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('to_address', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('meta')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
