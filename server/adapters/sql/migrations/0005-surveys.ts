import { type Kysely, sql } from 'kysely';

/** What is known of a snapshot without reading it. Those that are there have none until their block is next folded. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'sqlite' ? sql`blob` : sql`bytea`;
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema.alterTable('block_snapshots').addColumn('survey', blob).execute();
  await db.schema.alterTable('block_snapshots').addColumn('survey_checksum', big).execute();
}
