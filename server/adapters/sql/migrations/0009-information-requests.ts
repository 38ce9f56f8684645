import { type Kysely, sql } from 'kysely';

/** What somebody at a school was asked for, by which day, and what became of it. Nobody was asked before. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('information_requests')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('link_id', 'text')
    .addColumn('sections', 'text', (c) => c.notNull())
    .addColumn('due_on', 'text', (c) => c.notNull())
    .addColumn('visit_on', 'text')
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('finished_at', big)
    .addColumn('could_not', 'text', (c) => c.notNull())
    .addColumn('reminded_at', big)
    .addColumn('reminder_id', 'text')
    .addColumn('reminders', 'integer', (c) => c.notNull())
    .addColumn('closed_at', big)
    .addColumn('closed_by', 'text')
    .addColumn('withdrawn_at', big)
    .addColumn('withdrawn_by', 'text')
    .execute();
  for (const column of ['case_id', 'person_id', 'link_id']) {
    await db.schema
      .createIndex(`information_requests_${column.replace('_id', '')}`)
      .on('information_requests')
      .column(column)
      .execute();
  }
}
