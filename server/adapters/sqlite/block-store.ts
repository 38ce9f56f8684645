import { crc32 } from 'node:zlib';
import type { Database as RawSqlite } from 'better-sqlite3';
import {
  type Alongside,
  type BlockStore,
  DamagedBlockError,
  type LogRow,
  type NewLogRow,
  type Rewriting,
  type Snapshot,
  type StoredBlock,
  StoreWriteError,
} from '../../ports/block-store.ts';
import {
  type BlockHistory,
  type Changeset,
  endOf,
  NO_WINDOW,
  type WindowEnd,
  windowFault,
} from '../../ports/changeset.ts';
import type { SqliteDatabase } from '../sql/database.ts';
import { BlockEnds } from './block-ends.ts';
import {
  believedChangeset,
  believedRow,
  believedSnapshot,
  type StoredChangeset,
  type StoredRow,
  type StoredSnapshot,
  surveyChecksum,
} from './block-rows.ts';
import { type BlockStatements, prepareBlockStatements } from './block-statements.ts';

/**
 * The log of every block in SQLite. It shares the one connection with the
 * records: every use of the raw handle holds Kysely's mutex, because a write
 * inside somebody else's open transaction would be rolled back with it.
 */
export class SqliteBlockStore implements BlockStore {
  readonly #database: SqliteDatabase;
  readonly #ends = new BlockEnds();
  #prepared: { readonly of: RawSqlite; readonly statements: BlockStatements };

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#prepared = { of: database.raw, statements: prepareBlockStatements(database.raw) };
  }

  get #statements(): BlockStatements {
    const { raw } = this.#database;
    if (this.#prepared.of !== raw) this.#prepared = { of: raw, statements: prepareBlockStatements(raw) };
    return this.#prepared.statements;
  }

  async create(blockId: string, lineage: string): Promise<void> {
    await this.#alone(() => this.#statements.insertHead.run(blockId, lineage));
  }

  load(blockId: string): Promise<StoredBlock | null> {
    return this.#alone(() => {
      const lineage = this.#lineageOf(blockId);
      if (lineage === null) return null;
      const kept = this.#statements.snapshot.get(blockId) as StoredSnapshot | undefined;
      const snapshot = kept ? believedSnapshot(blockId, lineage, kept) : null;
      const from = snapshot?.seq ?? 0;
      const folded = this.#statements.windowEnd(blockId).seq;
      if (from < folded) {
        throw new DamagedBlockError(blockId, `the snapshot reaches row ${from}, the windows row ${folded}`);
      }
      const last = this.#statements.lastSeq.get({ blockId }) as { seq: number };
      if (last.seq < from) {
        throw new DamagedBlockError(blockId, `the snapshot reaches row ${from}, the log row ${last.seq}`);
      }
      return { blockId, lineage, snapshot, tail: this.#rows(blockId, lineage, from, Infinity) };
    });
  }

  async append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    try {
      if (!alongside) return await this.#alone(() => this.#appendAll(rows));
      return await this.#database.kysely.transaction().execute(async (records) => {
        // Whether this is committed is known only when somebody else may write already.
        this.#ends.forget();
        const { seqs } = this.#statements.insertEach(rows, this.#ends);
        await alongside(records);
        return seqs;
      });
    } catch (cause) {
      this.#ends.forget();
      this.#database.heed(cause);
      throw new StoreWriteError(`nothing of ${rows.length} rows was stored`, { cause });
    }
  }

  async saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void> {
    const { seq, bytes, survey = null } = snapshot;
    const checksum = crc32(bytes);
    await this.#alone(() =>
      this.#statements.saveSnapshot.run({
        ...{ blockId, lineage, seq, bytes, checksum, survey },
        surveyChecksum: surveyChecksum(lineage, snapshot, checksum),
      }),
    );
  }

  async closeWindow(window: readonly Changeset[]): Promise<boolean> {
    try {
      return await this.#alone(() => this.#statements.closeWindow(window));
    } catch (cause) {
      throw new StoreWriteError(`nothing of ${window.length} changesets was stored`, { cause });
    }
  }

  lastWindow(blockId: string): Promise<WindowEnd> {
    return this.#alone(() => this.#statements.windowEnd(blockId));
  }

  clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return this.#alone(() => {
      const owners = this.#statements.owners.all(blockId) as { client: number; author_id: string | null }[];
      return new Map(owners.map((owner) => [owner.client, owner.author_id]));
    });
  }

  rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    return this.#alone(() => {
      const lineage = this.#lineageOf(blockId);
      if (lineage === null) return [];
      return this.#rows(blockId, lineage, Math.max(seq, this.#statements.windowEnd(blockId).seq), limit);
    });
  }

  historyOf(blockId: string, seq = 0, limit = Infinity): Promise<BlockHistory | null> {
    return this.#alone(() => {
      const lineage = this.#lineageOf(blockId);
      if (lineage === null) return null;
      const changesets: Changeset[] = [];
      const reach = this.#statements.windowEnd(blockId);
      let end = this.#endBefore(blockId, seq);
      while (end.window < reach.window && changesets.length < limit) {
        const kept = this.#statements.changesetsOf.all(blockId, end.window + 1) as StoredChangeset[];
        const window = kept.map((changeset) => believedChangeset(blockId, lineage, changeset));
        const fault = windowFault(window, end);
        if (fault !== null) throw new DamagedBlockError(blockId, fault);
        changesets.push(...window);
        end = endOf(window);
      }
      const from = Math.max(seq, end.seq);
      const room = limit - changesets.length;
      const rows = end.window < reach.window || room <= 0 ? [] : this.#rows(blockId, lineage, from, room);
      return { blockId, lineage, changesets, rows, through: rows.at(-1)?.seq ?? from };
    });
  }

  async rewrite(
    blockId: string,
    from: { readonly lineage: string; readonly seq: number },
    anew: Rewriting,
    alongside?: Alongside,
  ): Promise<boolean> {
    try {
      if (!alongside) return await this.#alone(() => this.#statements.rewriteAtOnce(blockId, from, anew));
      return await this.#database.kysely.transaction().execute(async (records) => {
        if (!this.#statements.rewrite(blockId, from, anew)) return false;
        await alongside(records);
        return true;
      });
    } catch (cause) {
      this.#database.heed(cause);
      throw new StoreWriteError(`block ${blockId} was not rewritten`, { cause });
    } finally {
      this.#ends.forget();
    }
  }

  holds(blockId: string, pieces: readonly Uint8Array[]): Promise<boolean> {
    return this.#alone(() => {
      const { holds } = this.#statements;
      return pieces.some((piece) => holds.get({ blockId, piece }) !== undefined);
    });
  }

  blockIds(): Promise<readonly string[]> {
    return this.#alone(() =>
      (this.#statements.ids.all() as { block_id: string }[]).map((row) => row.block_id),
    );
  }

  #lineageOf(blockId: string): string | null {
    const head = this.#statements.head.get(blockId) as { lineage: string } | undefined;
    return head?.lineage ?? null;
  }

  /** Rows of the log; none of a closed window may be asked for. */
  #rows(blockId: string, lineage: string, from: number, limit: number): LogRow[] {
    const count = Number.isFinite(limit) ? limit : -1;
    const rows = this.#statements.rowsAfter.all(blockId, from, count) as StoredRow[];
    return rows.map((row, index) => believedRow(blockId, lineage, row, from + index + 1));
  }

  /** @returns the end of the last window that holds nothing after `seq` */
  #endBefore(blockId: string, seq: number): WindowEnd {
    const first = this.#statements.firstWindowAfter.get(blockId, seq) as { window: number | null };
    if (seq === 0) return NO_WINDOW;
    if (first.window === null) return this.#statements.windowEnd(blockId);
    const before = this.#statements.changesetsOf.all(blockId, first.window - 1) as StoredChangeset[];
    return {
      window: first.window - 1,
      seq: before.reduce((last, changeset) => Math.max(last, changeset.last_seq), 0),
    };
  }

  #appendAll(rows: readonly NewLogRow[]): readonly number[] {
    const { seqs, ends } = this.#statements.insertAll(rows, this.#ends);
    this.#ends.note(ends);
    return seqs;
  }

  /** Runs `work`, which awaits nothing, while nobody else has the connection. */
  #alone<T>(work: () => T): Promise<T> {
    return this.#database.kysely.connection().execute(async () => {
      try {
        return work();
      } catch (cause) {
        this.#database.heed(cause);
        throw cause;
      }
    });
  }
}
