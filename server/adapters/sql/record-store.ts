import { type Kysely, sql } from 'kysely';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Tables } from '../../ports/tables.ts';

/** @returns the records over one database */
export function sqlRecordStore(db: Kysely<Tables>): RecordStore {
  return {
    read: db,
    transaction: (work) => db.transaction().execute(work),
    forgetDeleted: async () => {
      // The pages of before stand in the write-ahead log until it is folded and cut off.
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
      return rows[0]?.busy === 0;
    },
  };
}
