import { type Kysely, sql } from 'kysely';

/** Threads, every act in them, and how far each person has read them. No text had an anchor before. */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('threads')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('audience', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text')
    .addColumn('anchor', 'text')
    .execute();
  await db.schema.createIndex('threads_case').on('threads').column('case_id').execute();
  await db.schema.createIndex('threads_block').on('threads').column('block_id').execute();
  await db.schema.createIndex('threads_anchor').on('threads').column('anchor').execute();

  await db.schema
    .createTable('thread_events')
    .addColumn('thread_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('side', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text')
    .addColumn('at', big, (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('words', 'text')
    .addColumn('kept', 'text')
    .addPrimaryKeyConstraint('thread_events_pk', ['thread_id', 'seq'])
    .addUniqueConstraint('thread_events_id', ['thread_id', 'id'])
    .execute();
  await db.schema.createIndex('thread_events_person').on('thread_events').column('person_id').execute();

  await db.schema
    .createTable('thread_reads')
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('thread_id', 'text', (c) => c.notNull())
    .addColumn('comment_id', 'text', (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('thread_reads_pk', ['person_id', 'thread_id'])
    .execute();
  await db.schema.createIndex('thread_reads_thread').on('thread_reads').column('thread_id').execute();
}
