import { type Kysely, sql } from 'kysely';

/**
 * What was erased for good, by ids alone (ERASE-1): asked for first, then carried out, and
 * begun again at the next start until it is done. Which texts went on without what stood in them before.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('erasures')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('speaker_id', 'text')
    .addColumn('quotes', 'text', (c) => c.notNull())
    .addColumn('asked_by', 'text', (c) => c.notNull())
    .addColumn('asked_at', big, (c) => c.notNull())
    .addColumn('done_at', big)
    .execute();
  await db.schema.createIndex('erasures_by_study').on('erasures').columns(['study_id', 'asked_at']).execute();
  await db.schema
    .createTable('block_rewrites')
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('erasure_id', 'text', (c) => c.notNull())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('seq', big, (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('block_rewrites_key', ['block_id', 'erasure_id'])
    .execute();
  await db.schema.alterTable('speakers').addColumn('erased_at', big).execute();
  await db.schema.alterTable('quotes').addColumn('erased_at', big).execute();
}
