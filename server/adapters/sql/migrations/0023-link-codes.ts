import { type Kysely, sql } from 'kysely';

/** Studies whose lead turned off that links of school contacts need a code as well (LINK-1). */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;
  await db.schema
    .createTable('code_free_studies')
    .addColumn('study_id', 'text', (c) => c.primaryKey())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_at', big, (c) => c.notNull())
    .execute();
}
