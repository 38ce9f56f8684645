import { type Kysely, sql } from 'kysely';

/** Parents and carers who are asked for a child that is quoted, apart from what is known of the child. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('guardians')
    .addColumn('speaker_id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('guardians_person').on('guardians').column('person_id').execute();
  await db.schema.createIndex('guardians_email').on('guardians').column('email').execute();
}
