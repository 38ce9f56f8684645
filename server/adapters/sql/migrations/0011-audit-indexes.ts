import { type Kysely, sql } from 'kysely';

/**
 * The record is looked through by number, some thousand entries at a time, whatever is
 * chosen of it: three of its indexes were only written. Who was removed from a study is
 * asked for by itself, and is few.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration must not depend on today's table types
export async function up(db: Kysely<any>): Promise<void> {
  for (const column of ['kind', 'case_id', 'at']) await db.schema.dropIndex(`audit_${column}`).execute();
  await db.schema
    .createIndex('audit_removed')
    .on('audit')
    .columns(['chain', 'object_id'])
    .where(sql.ref('kind'), '=', sql.lit('person-removed'))
    .execute();
}
