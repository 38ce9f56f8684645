import type { Kysely } from 'kysely';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Tables } from '../../ports/tables.ts';

/** @returns the records over one database, of either dialect */
export function sqlRecordStore(db: Kysely<Tables>): RecordStore {
  return {
    read: db,
    transaction: (work) => db.transaction().execute(work),
  };
}
