import { type Kysely, sql } from 'kysely';

/**
 * Who did what, in chains: one of each study, one of the service. The database
 * itself refuses to change or delete a record. And how far a token reaches: those
 * that are there go on as they were.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const big = dialect === 'sqlite' ? sql`integer` : sql`bigint`;

  await db.schema
    .createTable('audit')
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('seq', big, (c) => c.notNull())
    .addColumn('at', big, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text')
    .addColumn('way', 'text', (c) => c.notNull())
    .addColumn('token_id', 'text')
    .addColumn('from_block', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text')
    .addColumn('object_kind', 'text')
    .addColumn('object_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('audit_pk', ['chain', 'seq'])
    .execute();
  // The page's filters, each with the newest first.
  for (const column of ['person_id', 'object_id', 'kind', 'case_id', 'at']) {
    await db.schema.createIndex(`audit_${column}`).on('audit').columns(['chain', column, 'seq']).execute();
  }
  // Where each chain ends: records cut off its end would else leave a shorter chain that holds.
  await db.schema
    .createTable('audit_heads')
    .addColumn('chain', 'text', (c) => c.primaryKey())
    .addColumn('seq', big, (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();

  await db.schema
    .alterTable('api_tokens')
    .addColumn('reach', 'text', (c) => c.notNull().defaultTo('writes'))
    .execute();
  await db.schema.alterTable('api_tokens').addColumn('study_id', 'text').execute();
  await db.schema.alterTable('api_tokens').addColumn('expires_at', big).execute();

  if (dialect === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger audit_no_${act} before ${act} on audit begin select raise(abort, 'audit records stay as they are'); end`,
        )
        .execute(db);
    }
    return;
  }
  await sql
    .raw(
      `create function audit_stays() returns trigger language plpgsql as $$ begin raise exception 'audit records stay as they are'; end $$`,
    )
    .execute(db);
  await sql
    .raw(
      'create trigger audit_no_change before update or delete on audit for each row execute function audit_stays()',
    )
    .execute(db);
}
