import { type Kysely, sql } from 'kysely';

/** Letters to school contacts, from the moment that somebody sends one, and when those of a study may go. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('letters')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('link_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('to_name', 'text', (c) => c.notNull())
    .addColumn('to_address', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('from_name', 'text', (c) => c.notNull())
    .addColumn('reply_to', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('due_at', big, (c) => c.notNull())
    .addColumn('waits_for', 'text', (c) => c.notNull())
    .addColumn('any_hour', 'integer', (c) => c.notNull())
    .addColumn('answers', 'integer', (c) => c.notNull())
    .addColumn('days', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('next_at', big)
    .addColumn('seed', 'text')
    .addColumn('sent_at', big)
    .addColumn('ended_at', big)
    .execute();
  await db.schema.createIndex('letters_next').on('letters').column('next_at').execute();
  await db.schema.createIndex('letters_study').on('letters').columns(['study_id', 'to_address']).execute();
  await db.schema.createIndex('letters_link').on('letters').column('link_id').execute();

  await db.schema
    .createTable('school_hours')
    .addColumn('study_id', 'text', (c) => c.primaryKey())
    .addColumn('hours', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_at', big, (c) => c.notNull())
    .execute();
}
