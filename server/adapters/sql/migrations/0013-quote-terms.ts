import { type Kysely, sql } from 'kysely';

/**
 * The telephone of a member, for those whom the team quotes; and what a study sets on its
 * questions about quotes: when they are called to mind, when they lapse, when it goes to print.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .alterTable('people')
    .addColumn('telephone', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .createTable('quote_terms')
    .addColumn('study_id', 'text', (c) => c.primaryKey())
    .addColumn('terms', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_at', big, (c) => c.notNull())
    .execute();
}
