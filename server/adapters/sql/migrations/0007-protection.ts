import { type Kysely, sql } from 'kysely';

/**
 * What people at schools are told about what is held on them, version by version,
 * and which version each was shown when; and how a study calls those who left. The database itself refuses to change or
 * delete a version.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('information_sheets')
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('parts', 'text', (c) => c.notNull())
    .addColumn('written_by', 'text', (c) => c.notNull())
    .addColumn('written_at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('information_sheets_pk', ['study_id', 'version'])
    .execute();
  await db.schema
    .createTable('sheets_shown')
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    // The invitation that was taken up; empty where it was shown on the person's own page.
    .addColumn('link_id', 'text', (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('sheets_shown_pk', ['study_id', 'person_id', 'version', 'link_id'])
    .execute();
  await db.schema.createIndex('sheets_shown_person').on('sheets_shown').column('person_id').execute();

  // What a study calls somebody who is in it no longer.
  await db.schema
    .createTable('former_people')
    .addColumn('study_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('called', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull())
    .addColumn('set_at', big, (c) => c.notNull())
    .addPrimaryKeyConstraint('former_people_pk', ['study_id', 'person_id'])
    .execute();

  if (dialect === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger information_sheets_no_${act} before ${act} on information_sheets begin select raise(abort, 'versions of an information sheet stay as they are'); end`,
        )
        .execute(db);
    }
    return;
  }
  await sql
    .raw(
      `create function information_sheets_stay() returns trigger language plpgsql as $$ begin raise exception 'versions of an information sheet stay as they are'; end $$`,
    )
    .execute(db);
  await sql
    .raw(
      'create trigger information_sheets_no_change before update or delete on information_sheets for each row execute function information_sheets_stay()',
    )
    .execute(db);
}
