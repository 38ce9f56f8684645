import { sql, type Transaction } from 'kysely';
import type { SoughtTerm } from '../../../shared/search/sought.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import type { Tables } from '../../ports/tables.ts';

/** @returns the index in SQLite's FTS5, in the same file as the records (`0021-search`) */
export function sqliteSearchIndex(store: Pick<RecordStore, 'read' | 'transaction'>): SearchIndex {
  return {
    put: (blocks) =>
      store.transaction(async (records) => {
        for (const { blockId, studyId, head, parts } of blocks) {
          await letGo(records, blockId);
          for (const { part, words } of parts) {
            const { id } = await records
              .insertInto('search_entries')
              .values({ block_id: blockId, study_id: studyId, part })
              .returning('id')
              .executeTakeFirstOrThrow();
            await sql`insert into search_words (rowid, words) values (${id}, ${words})`.execute(records);
          }
          await records
            .insertInto('search_heads')
            .values({ block_id: blockId, lineage: head.lineage, seq: head.seq })
            .execute();
        }
      }),

    forget: (blockId) => store.transaction((records) => letGo(records, blockId)),

    async find(studyId, terms, { limit, offset }) {
      const { rows } = await sql<{ block_id: string; part: string; entry: number }>`
        select search_entries.block_id, search_entries.part, search_entries.id as entry
        from search_words
        join search_entries on search_entries.id = search_words.rowid
        where search_words match ${matchOf(terms)} and search_entries.study_id = ${studyId}
        order by search_words.rank, search_entries.id
        limit ${limit} offset ${offset}`.execute(store.read);
      return rows.map(({ block_id, part, entry }) => ({ blockId: block_id, part, entry }));
    },

    async wordsOf(entries) {
      if (entries.length === 0) return new Map();
      const { rows } = await sql<{ rowid: number; words: string }>`
        select rowid, words from search_words where rowid in (${sql.join(entries)})`.execute(store.read);
      return new Map(rows.map(({ rowid, words }) => [rowid, words]));
    },
  };
}

async function letGo(records: Transaction<Tables>, blockId: string): Promise<void> {
  await sql`delete from search_words where rowid in (
    select id from search_entries where block_id = ${blockId})`.execute(records);
  await records.deleteFrom('search_entries').where('block_id', '=', blockId).execute();
  await records.deleteFrom('search_heads').where('block_id', '=', blockId).execute();
}

/** Each term is a string of FTS5, in which nothing but its quotation mark means anything: no syntax of theirs gets through. */
function matchOf(terms: readonly SoughtTerm[]): string {
  return terms.map(({ text, prefix }) => `"${text.replaceAll('"', '""')}"${prefix ? '*' : ''}`).join(' AND ');
}
