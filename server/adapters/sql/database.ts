import SqliteConnection, { type Database as RawSqlite, type Statement } from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase as SqliteHandle } from 'kysely';
import type { Tables } from '../../ports/tables.ts';

/** The one connection of the process, as Kysely sees it and raw. */
export interface SqliteDatabase {
  readonly kysely: Kysely<Tables>;
  /** To be touched only while Kysely's mutex is held (`kysely.connection()` or a transaction). */
  readonly raw: RawSqlite;
  /** Waits for what is under way, then folds the write-ahead log into the file. */
  close(): Promise<void>;
}

/** Statements kept prepared; beyond that many, all are let go and made again. */
const PREPARED_LIMIT = 500;

/**
 * Opens the database file, making it where there is none. Commits survive a
 * loss of power (WAL with synchronous=FULL).
 * @param file a path, or `:memory:`
 */
export function openSqlite(file: string, options: { readonly readOnly?: boolean } = {}): SqliteDatabase {
  const raw = new SqliteConnection(file, { readonly: options.readOnly ?? false });
  if (!options.readOnly) raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: preparedOnce(raw) }) });
  return { kysely, raw, close: () => kysely.destroy() };
}

/** Kysely prepares a statement for every query; the same text is prepared once here. */
function preparedOnce(raw: RawSqlite): SqliteHandle {
  const prepared = new Map<string, Statement<unknown[], unknown>>();
  return {
    prepare(sql) {
      let statement = prepared.get(sql);
      if (!statement) {
        if (prepared.size >= PREPARED_LIMIT) prepared.clear();
        statement = raw.prepare<unknown[], unknown>(sql);
        prepared.set(sql, statement);
      }
      return statement as unknown as ReturnType<SqliteHandle['prepare']>;
    },
    close: () => {
      prepared.clear();
      raw.close();
    },
  };
}
