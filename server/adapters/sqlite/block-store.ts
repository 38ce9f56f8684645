import { crc32 } from 'node:zlib';
import type { Database as RawSqlite } from 'better-sqlite3';
import {
  type Alongside,
  type BlockStore,
  type ClientRange,
  DamagedBlockError,
  type LogRow,
  type NewLogRow,
  type Snapshot,
  type StoredBlock,
  StoreWriteError,
} from '../../ports/block-store.ts';
import type { SqliteDatabase } from '../sql/database.ts';

interface StoredRow {
  seq: number;
  lineage: string;
  author_id: string | null;
  on_behalf_of: string | null;
  server_time: number;
  device_time: number | null;
  clients: string;
  bytes: Uint8Array;
  checksum: number;
}

interface StoredSnapshot {
  lineage: string;
  seq: number;
  bytes: Uint8Array;
  checksum: number;
}

/**
 * The log of every block in SQLite. It shares the one connection with the
 * records: every use of the raw handle holds Kysely's mutex, because a write
 * inside somebody else's open transaction would be rolled back with it.
 */
export class SqliteBlockStore implements BlockStore {
  readonly #database: SqliteDatabase;
  #prepared: { readonly of: RawSqlite; readonly statements: Statements };

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#prepared = { of: database.raw, statements: prepare(database.raw) };
  }

  get #statements(): Statements {
    const { raw } = this.#database;
    if (this.#prepared.of !== raw) this.#prepared = { of: raw, statements: prepare(raw) };
    return this.#prepared.statements;
  }

  async create(blockId: string, lineage: string): Promise<void> {
    await this.#alone(() => this.#statements.insertHead.run(blockId, lineage));
  }

  load(blockId: string): Promise<StoredBlock | null> {
    return this.#alone(() => {
      const head = this.#statements.head.get(blockId) as { lineage: string } | undefined;
      if (!head) return null;
      const kept = this.#statements.snapshot.get(blockId) as StoredSnapshot | undefined;
      const snapshot = kept ? believedSnapshot(blockId, head.lineage, kept) : null;
      const from = snapshot?.seq ?? 0;
      const rows = this.#statements.rowsAfter.all(blockId, from, -1) as StoredRow[];
      const last = this.#statements.lastSeq.get(blockId) as { seq: number };
      if (snapshot && last.seq < snapshot.seq) {
        throw new DamagedBlockError(
          blockId,
          `the snapshot reaches row ${snapshot.seq}, the log row ${last.seq}`,
        );
      }
      const tail = rows.map((row, index) => believedRow(blockId, head.lineage, row, from + index + 1));
      return { blockId, lineage: head.lineage, snapshot, tail };
    });
  }

  async append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    try {
      if (!alongside) return await this.#alone(() => this.#statements.insertAll(rows));
      return await this.#database.kysely.transaction().execute(async (records) => {
        const seqs = this.#statements.insertEach(rows);
        await alongside(records);
        return seqs;
      });
    } catch (cause) {
      this.#database.heed(cause);
      throw new StoreWriteError(`nothing of ${rows.length} rows was stored`, { cause });
    }
  }

  async saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void> {
    await this.#alone(() =>
      this.#statements.saveSnapshot.run({
        blockId,
        lineage,
        seq: snapshot.seq,
        bytes: snapshot.bytes,
        checksum: crc32(snapshot.bytes),
      }),
    );
  }

  clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return this.#alone(() => {
      const owners = this.#statements.owners.all(blockId) as { client: number; author_id: string | null }[];
      return new Map(owners.map((owner) => [owner.client, owner.author_id]));
    });
  }

  rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    return this.#alone(() => {
      const rows = this.#statements.rowsAfter.all(blockId, seq, limit) as StoredRow[];
      return rows.map((row, index) => believedRow(blockId, row.lineage, row, seq + index + 1));
    });
  }

  blockIds(): Promise<readonly string[]> {
    return this.#alone(() =>
      (this.#statements.ids.all() as { block_id: string }[]).map((row) => row.block_id),
    );
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

type Statements = ReturnType<typeof prepare>;

function prepare(raw: RawSqlite) {
  const columns = 'seq, lineage, author_id, on_behalf_of, server_time, device_time, clients, bytes, checksum';
  const head = raw.prepare('select lineage from block_heads where block_id = ?');
  const lastSeq = raw.prepare('select coalesce(max(seq), 0) as seq from block_log where block_id = ?');
  const insertRow = raw.prepare(
    `insert into block_log (block_id, ${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertClient = raw.prepare(
    'insert into block_clients (block_id, client, author_id) values (?, ?, ?) on conflict do nothing',
  );

  const insertEach = (rows: readonly NewLogRow[]): readonly number[] => {
    const last = new Map<string, { seq: number; lineage: string }>();
    return rows.map((row) => {
      let block = last.get(row.blockId);
      if (!block) {
        const found = head.get(row.blockId) as { lineage: string } | undefined;
        if (!found) throw new StoreWriteError(`block ${row.blockId} does not exist`);
        block = { seq: (lastSeq.get(row.blockId) as { seq: number }).seq, lineage: found.lineage };
        last.set(row.blockId, block);
      }
      assertLineage(row, block.lineage);
      block.seq += 1;
      const seq = block.seq;
      const clients = JSON.stringify(row.clients.map((range) => [range.client, range.from, range.to]));
      insertRow.run(
        row.blockId,
        seq,
        row.lineage,
        row.authorId,
        row.onBehalfOf,
        row.serverTime,
        row.deviceTime,
        clients,
        row.bytes,
        crc32(row.bytes),
      );
      for (const range of row.clients) insertClient.run(row.blockId, range.client, row.authorId);
      return seq;
    });
  };

  return {
    head,
    lastSeq,
    insertEach,
    insertAll: raw.transaction(insertEach).immediate,
    insertHead: raw.prepare(
      'insert into block_heads (block_id, lineage) values (?, ?) on conflict do nothing',
    ),
    rowsAfter: raw.prepare(
      `select ${columns} from block_log where block_id = ? and seq > ? order by seq limit ?`,
    ),
    snapshot: raw.prepare('select lineage, seq, bytes, checksum from block_snapshots where block_id = ?'),
    saveSnapshot: raw.prepare(
      `insert into block_snapshots (block_id, lineage, seq, bytes, checksum)
       select @blockId, @lineage, @seq, @bytes, @checksum
       where exists (select 1 from block_heads where block_id = @blockId and lineage = @lineage)
       on conflict (block_id) do update
       set lineage = excluded.lineage, seq = excluded.seq, bytes = excluded.bytes, checksum = excluded.checksum
       where block_snapshots.lineage <> excluded.lineage or block_snapshots.seq < excluded.seq`,
    ),
    owners: raw.prepare('select client, author_id from block_clients where block_id = ?'),
    ids: raw.prepare('select block_id from block_heads order by block_id'),
  };
}

function assertLineage(row: NewLogRow, lineage: string): void {
  if (row.lineage !== lineage) {
    throw new StoreWriteError(`block ${row.blockId} is of lineage ${lineage}, the row of ${row.lineage}`);
  }
}

function believedRow(blockId: string, lineage: string, row: StoredRow, expectedSeq: number): LogRow {
  if (row.seq !== expectedSeq) {
    throw new DamagedBlockError(blockId, `row ${expectedSeq} is missing, row ${row.seq} stands in its place`);
  }
  if (row.lineage !== lineage) {
    throw new DamagedBlockError(blockId, `row ${row.seq} is of another lineage`);
  }
  if (crc32(row.bytes) !== row.checksum) {
    throw new DamagedBlockError(blockId, `the checksum of row ${row.seq} does not hold`);
  }
  return {
    blockId,
    seq: row.seq,
    lineage: row.lineage,
    authorId: row.author_id,
    onBehalfOf: row.on_behalf_of,
    serverTime: row.server_time,
    deviceTime: row.device_time,
    clients: clientRanges(blockId, row),
    bytes: new Uint8Array(row.bytes),
  };
}

function believedSnapshot(blockId: string, lineage: string, kept: StoredSnapshot): Snapshot {
  if (kept.lineage !== lineage) throw new DamagedBlockError(blockId, 'the snapshot is of another lineage');
  if (crc32(kept.bytes) !== kept.checksum) {
    throw new DamagedBlockError(blockId, 'the checksum of the snapshot does not hold');
  }
  return { seq: kept.seq, bytes: new Uint8Array(kept.bytes) };
}

function clientRanges(blockId: string, row: StoredRow): readonly ClientRange[] {
  try {
    const ranges = JSON.parse(row.clients) as [number, number, number][];
    return ranges.map(([client, from, to]) => ({ client, from, to }));
  } catch {
    throw new DamagedBlockError(blockId, `the clients of row ${row.seq} cannot be read`);
  }
}
