import { type Kysely, sql } from 'kysely';

/**
 * Speakers, quotes with every step that was taken with them, and the words of those steps apart
 * (QUOTE-6). No text had a quote before, so earlier readings of blocks have none.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('speakers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('school_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('telephone', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('age', 'text', (c) => c.notNull())
    .addColumn('naming', 'text', (c) => c.notNull())
    .addColumn('chosen', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('speakers_study').on('speakers').columns(['study_id', 'school_id']).execute();
  await db.schema.createIndex('speakers_person').on('speakers').column('person_id').execute();
  await db.schema.createIndex('speakers_email').on('speakers').column('email').execute();

  await db.schema
    .createTable('quotes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('block_id', 'text', (c) => c.notNull())
    .addColumn('use_id', 'text', (c) => c.notNull())
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('said_on', 'text')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('captured', 'text', (c) => c.notNull())
    .addColumn('original', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('translated', 'integer', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', big, (c) => c.notNull())
    .addColumn('head_seq', 'integer', (c) => c.notNull())
    .addColumn('head_hash', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('quotes_case').on('quotes').column('case_id').execute();
  await db.schema.createIndex('quotes_study').on('quotes').column('study_id').execute();

  await db.schema
    .createTable('quote_speakers')
    .addColumn('quote_id', 'text', (c) => c.notNull())
    .addColumn('speaker_id', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('quote_speakers_pk', ['quote_id', 'speaker_id'])
    .execute();
  await db.schema.createIndex('quote_speakers_speaker').on('quote_speakers').column('speaker_id').execute();

  await db.schema
    .createTable('quote_steps')
    .addColumn('quote_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('who_id', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('quote_steps_pk', ['quote_id', 'seq'])
    .execute();
  await db.schema.createIndex('quote_steps_who').on('quote_steps').columns(['who_id', 'who']).execute();

  await db.schema
    .createTable('quote_words')
    .addColumn('quote_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('quote_words_pk', ['quote_id', 'seq', 'part'])
    .execute();

  await db.schema
    .createTable('quote_asks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('quote_id', 'text', (c) => c.notNull())
    .addColumn('speaker_id', 'text', (c) => c.notNull())
    .addColumn('letter_id', 'text')
    .addColumn('next_at', big)
    .execute();
  await db.schema.createIndex('quote_asks_quote').on('quote_asks').column('quote_id').execute();
  await db.schema.createIndex('quote_asks_speaker').on('quote_asks').column('speaker_id').execute();
  await db.schema.createIndex('quote_asks_next').on('quote_asks').column('next_at').execute();

  await db.schema
    .alterTable('projections')
    .addColumn('uses_json', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await db.schema
    .alterTable('case_contacts')
    .addColumn('quotes_alone', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('links')
    .addColumn('quotes_alone', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
