import { type Kysely, sql } from 'kysely';

/**
 * What was set on the sharing page of a case, who set it, and who moved a case to
 * its stage. Until somebody sets something, everybody has what they had before.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('block_grants')
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('level', 'text')
    .addColumn('set_by', 'text')
    .addColumn('set_at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('block_grants_pk', ['block_id', 'person_id'])
    .execute();
  await db.schema.createIndex('block_grants_person').on('block_grants').column('person_id').execute();
  await db.schema
    .createTable('sharing_changes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('cells', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('sharing_changes_case')
    .on('sharing_changes')
    .columns(['case_id', 'made_at'])
    .execute();

  await db.schema.alterTable('cases').addColumn('stage_by', 'text').execute();
  await db.schema.alterTable('cases').addColumn('stage_at', big).execute();
  await db.schema.alterTable('cases').addColumn('stage_why', 'text').execute();
}
