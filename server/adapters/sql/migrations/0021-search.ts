import { type Kysely, sql } from 'kysely';

/**
 * Words of sections, to be found by: a cache, filled when somebody searches. Which entry is which
 * stands beside the words, so that another kind of index can take the words alone.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;
  await db.schema
    .createTable('search_entries')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigserial', (c) => c.primaryKey())
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('search_entries_block').on('search_entries').column('block_id').execute();
  await db.schema
    .createTable('search_heads')
    .addColumn('block_id', 'text', (c) => c.primaryKey())
    .addColumn('lineage', 'text', (c) => c.notNull())
    .addColumn('seq', big, (c) => c.notNull())
    .execute();
  if (dialect === 'sqlite') {
    await sql`create virtual table search_words using fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')`.execute(
      db,
    );
    // What is taken out is gone from the index at once, not when its pieces are next merged (ERASE-1).
    await sql`insert into search_words (search_words, rank) values ('secure-delete', 1)`.execute(db);
  }
}
