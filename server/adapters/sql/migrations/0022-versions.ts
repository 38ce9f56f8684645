import { type Kysely, sql } from 'kysely';

/** States of a case that somebody gave a name, or that a move to another stage left behind. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;
  await db.schema
    .createTable('case_versions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text')
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('stage_at', big)
    .execute();
  await db.schema.createIndex('case_versions_case').on('case_versions').column('case_id').execute();
  await db.schema
    .createTable('version_blocks')
    .addColumn('version_id', 'text', (c) => c.notNull())
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('seq', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('version_blocks_key', ['version_id', 'block_id'])
    .execute();
  await db.schema.createIndex('version_blocks_block').on('version_blocks').column('block_id').execute();
}
