import { type Kysely, sql } from 'kysely';

/** Scans of answers on paper, and the steps of quotes that have one; their content lies in files. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('evidence_files')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('discard', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('evidence_files_hash').on('evidence_files').column('hash').execute();

  await db.schema
    .createTable('evidence_uses')
    .addColumn('quote_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('file_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('evidence_uses_pk', ['quote_id', 'seq'])
    .execute();
  await db.schema.createIndex('evidence_uses_file').on('evidence_uses').column('file_id').execute();
}
