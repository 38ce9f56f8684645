import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** All that a transaction or a plain query works on. */
export type Records = Kysely<Tables> | Transaction<Tables>;

/**
 * The records of the product: accounts, studies, cases, statuses. One
 * connection, shared with the block log through Kysely's own mutex.
 */
export interface RecordStore {
  /** For single statements. Never inside `transaction`: it would wait for itself. */
  readonly read: Kysely<Tables>;

  /**
   * Runs `work` in one transaction; what it throws rolls everything back and is
   * thrown on. `work` awaits nothing but `records`: the whole process waits for it.
   */
  transaction<T>(work: (records: Transaction<Tables>) => Promise<T>): Promise<T>;

  /**
   * Takes what was deleted or changed so far out of the store's own journals, too.
   * @returns false where somebody reads in them just now; it happens later then, at the latest at the next stop
   */
  forgetDeleted(): Promise<boolean>;
}
