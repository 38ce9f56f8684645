import SqliteConnection, { type Database as RawSqlite, type Statement } from 'better-sqlite3';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type SqliteDatabase as SqliteHandle,
} from 'kysely';
import type { Tables } from '../../ports/tables.ts';

/** The one connection of the process, as Kysely sees it and raw. */
export interface SqliteDatabase {
  readonly kysely: Kysely<Tables>;
  /**
   * To be touched only while Kysely's mutex is held (`kysely.connection()` or a
   * transaction). After a failed write it is another one.
   */
  readonly raw: RawSqlite;
  /** To be told of whatever a use of `raw` threw. */
  heed(cause: unknown): void;
  /** Waits for what is under way, then folds the write-ahead log into the file. */
  close(): Promise<void>;
}

export interface SqliteOptions {
  readonly readOnly?: boolean;
}

/** Statements kept prepared; beyond that many, all are let go and made again. */
const PREPARED_LIMIT = 500;

/**
 * Opens the database file, making it where there is none. Commits survive a
 * loss of power (WAL with synchronous=FULL). After a write or flush that failed
 * nothing more is done on that connection: the next use opens the file anew,
 * or fails, too.
 * @param file a path, or `:memory:`
 */
export function openSqlite(file: string, options: SqliteOptions = {}): SqliteDatabase {
  const connection = new RenewedConnection(file, options);
  const kysely = new Kysely<Tables>({ dialect: new RenewingDialect(connection) });
  return {
    kysely,
    get raw() {
      return connection.raw;
    },
    heed: (cause) => connection.heed(cause),
    close: () => kysely.destroy(),
  };
}

function connect(file: string, options: SqliteOptions, mustExist: boolean): RawSqlite {
  const raw = new SqliteConnection(file, { readonly: options.readOnly ?? false, fileMustExist: mustExist });
  if (!options.readOnly) raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  // What is deleted is gone from the file as well: zeros stand in its place (PRIVACY-5). Costs nothing that can be measured.
  raw.pragma('secure_delete = ON');
  raw.pragma('busy_timeout = 5000');
  return raw;
}

/**
 * What the kernel could not write it may forget, and say nothing of it at the
 * next flush. A full disk is told in another way, and mends itself.
 */
function isFailedWrite(cause: unknown): boolean {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^SQLITE_IOERR_(?:WRITE|FSYNC|DIR_FSYNC|TRUNCATE)$/.test(code);
}

/** Kysely prepares a statement for every query; the same text is prepared once here. */
class RenewedConnection implements SqliteHandle {
  readonly #file: string;
  readonly #options: SqliteOptions;
  readonly #prepared = new Map<string, Statement<unknown[], unknown>>();
  #raw: RawSqlite;
  #spoilt = false;

  constructor(file: string, options: SqliteOptions) {
    this.#file = file;
    this.#options = options;
    this.#raw = connect(file, options, false);
  }

  get raw(): RawSqlite {
    return this.#raw;
  }

  heed(cause: unknown): void {
    if (isFailedWrite(cause)) this.#spoilt = true;
  }

  /**
   * Before each use, by whoever has the mutex.
   * @throws while the file cannot be opened
   */
  renew(): void {
    if (!this.#spoilt) return;
    this.#prepared.clear();
    this.#raw.close();
    this.#raw = connect(this.#file, this.#options, true);
    this.#spoilt = false;
  }

  prepare(sql: string): ReturnType<SqliteHandle['prepare']> {
    // Somebody may catch a failure within a transaction, and go on to commit it.
    if (this.#spoilt && sql !== 'rollback') throw new Error('an earlier write failed');
    const heeding = <T>(use: () => T): T => {
      try {
        return use();
      } catch (cause) {
        this.heed(cause);
        throw cause;
      }
    };
    const statement = heeding(() => this.#statement(sql));
    return {
      reader: statement.reader,
      all: (parameters) => heeding(() => statement.all(parameters)),
      run: (parameters) => heeding(() => statement.run(parameters)),
      iterate: (parameters) => statement.iterate(parameters),
    };
  }

  close(): void {
    this.#prepared.clear();
    this.#raw.close();
  }

  #statement(sql: string): Statement<unknown[], unknown> {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      if (this.#prepared.size >= PREPARED_LIMIT) this.#prepared.clear();
      statement = this.#raw.prepare<unknown[], unknown>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

class RenewingDialect extends SqliteDialect {
  readonly #connection: RenewedConnection;

  constructor(connection: RenewedConnection) {
    super({ database: connection });
    this.#connection = connection;
  }

  override createDriver(): Driver {
    return new RenewingDriver(this.#connection);
  }
}

class RenewingDriver extends SqliteDriver {
  readonly #connection: RenewedConnection;

  constructor(connection: RenewedConnection) {
    super({ database: connection });
    this.#connection = connection;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const acquired = await super.acquireConnection();
    try {
      this.#connection.renew();
      return acquired;
    } catch (cause) {
      await super.releaseConnection();
      throw cause;
    }
  }
}
