import { type Kysely, sql } from 'kysely';

/**
 * History by person and window, in place of the log rows of windows that closed.
 * Rows that are there stay; they are folded when their block next is.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'sqlite' ? sql`blob` : sql`bytea`;
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('block_changesets')
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('window_number', 'integer', (c) => c.notNull())
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text')
    .addColumn('on_behalf_of', 'text')
    .addColumn('first_seq', 'integer', (c) => c.notNull())
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .addColumn('from_time', big, (c) => c.notNull())
    .addColumn('to_time', big, (c) => c.notNull())
    .addColumn('row_count', 'integer', (c) => c.notNull())
    .addColumn('clients', 'text', (c) => c.notNull())
    .addColumn('bytes', blob, (c) => c.notNull())
    .addColumn('checksum', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('block_changesets_pk', ['block_id', 'window_number', 'ordinal'])
    .execute();
  // Every append asks how far the windows reach.
  await db.schema
    .createIndex('block_changesets_reach')
    .on('block_changesets')
    .columns(['block_id', 'last_seq', 'window_number'])
    .execute();
}
