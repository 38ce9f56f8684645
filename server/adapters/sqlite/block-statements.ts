import { crc32 } from 'node:zlib';
import type { Database as RawSqlite } from 'better-sqlite3';
import { type NewLogRow, type Rewriting, StoreWriteError } from '../../ports/block-store.ts';
import {
  type Changeset,
  emptiedHistory,
  endOf,
  NO_WINDOW,
  type WhoWrote,
  type WindowEnd,
  windowFault,
} from '../../ports/changeset.ts';
import type { BlockEnd, BlockEnds } from './block-ends.ts';
import {
  changesetChecksum,
  readClients,
  type StoredSnapshot,
  surveyChecksum,
  writtenClients,
} from './block-rows.ts';

export type BlockStatements = ReturnType<typeof prepareBlockStatements>;

/** What an append did; the ends hold once it is committed. */
export interface Appended {
  readonly seqs: readonly number[];
  readonly ends: ReadonlyMap<string, BlockEnd>;
}

/** The statements of the block store, prepared on one connection; each awaits nothing. */
export function prepareBlockStatements(raw: RawSqlite) {
  const columns = 'seq, lineage, author_id, on_behalf_of, server_time, device_time, clients, bytes, checksum';
  const changesetColumns = `window_number, ordinal, lineage, author_id, on_behalf_of, first_seq, last_seq,
    from_time, to_time, row_count, clients, bytes, checksum`;
  const head = raw.prepare('select lineage from block_heads where block_id = ?');
  const lastSeq = raw.prepare(
    `select max(
       coalesce((select max(seq) from block_log where block_id = @blockId), 0),
       coalesce((select max(last_seq) from block_changesets where block_id = @blockId), 0)
     ) as seq`,
  );
  const lastWindow = raw.prepare(
    `select window_number as "window", last_seq as seq from block_changesets
     where block_id = ? order by last_seq desc limit 1`,
  );
  const snapshot = raw.prepare(
    'select lineage, seq, bytes, checksum, survey, survey_checksum from block_snapshots where block_id = ?',
  );
  const insertRow = raw.prepare(
    `insert into block_log (block_id, ${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertClient = raw.prepare(
    'insert into block_clients (block_id, client, author_id) values (?, ?, ?) on conflict do nothing',
  );
  const insertChangeset = raw.prepare(
    `insert into block_changesets (block_id, ${changesetColumns})
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const deleteRows = raw.prepare(
    'delete from block_log where block_id = ? and lineage = ? and seq > ? and seq <= ?',
  );

  const windowEnd = (blockId: string): WindowEnd =>
    (lastWindow.get(blockId) as WindowEnd | undefined) ?? NO_WINDOW;

  const endOfLog = (blockId: string): BlockEnd => {
    const found = head.get(blockId) as { lineage: string } | undefined;
    if (!found) throw new StoreWriteError(`block ${blockId} does not exist`);
    const { seq } = lastSeq.get({ blockId }) as { seq: number };
    return { seq, lineage: found.lineage, clients: new Set() };
  };

  /** @param known what earlier appends left; it is not changed */
  const insertEach = (rows: readonly NewLogRow[], known: Pick<BlockEnds, 'get'>): Appended => {
    const ends = new Map<string, BlockEnd>();
    const seqs = rows.map((row) => {
      const { blockId } = row;
      let end = ends.get(blockId);
      if (!end) {
        const kept = known.get(blockId);
        end = kept
          ? { ...kept, clients: new Set(kept.clients.size < 100 ? kept.clients : []) }
          : endOfLog(blockId);
        ends.set(blockId, end);
      }
      assertLineage(row, end.lineage);
      end.seq += 1;
      insertRow.run(
        blockId,
        end.seq,
        row.lineage,
        row.authorId,
        row.onBehalfOf,
        row.serverTime,
        row.deviceTime,
        writtenClients(row.clients),
        row.bytes,
        crc32(row.bytes),
      );
      for (const { client } of row.clients) {
        if (end.clients.has(client)) continue;
        insertClient.run(blockId, client, row.authorId);
        end.clients.add(client);
      }
      return end.seq;
    });
    return { seqs, ends };
  };

  const closeWindow = (window: readonly Changeset[]): boolean => {
    const [first] = window;
    if (!first) return false;
    const { blockId, lineage } = first;
    const found = head.get(blockId) as { lineage: string } | undefined;
    const kept = snapshot.get(blockId) as StoredSnapshot | undefined;
    const before = windowEnd(blockId);
    const end = endOf(window);
    if (windowFault(window, before) !== null || found?.lineage !== lineage) return false;
    if (window.some((one) => one.blockId !== blockId || one.lineage !== lineage)) return false;
    if (!kept || kept.lineage !== lineage || kept.seq < end.seq) return false;
    const { changes } = deleteRows.run(blockId, lineage, before.seq, end.seq);
    if (changes !== end.seq - before.seq) throw new RowsMissing();
    for (const changeset of window) insertChangeset.run(...changesetValues(changeset));
    return true;
  };
  const pastWindows = raw.prepare(
    `select window_number as "window", author_id as authorId, on_behalf_of as onBehalfOf,
       first_seq as firstSeq, last_seq as lastSeq, from_time as fromTime, to_time as toTime,
       row_count as "rows", clients
     from block_changesets where block_id = ? order by window_number, ordinal`,
  );
  const pastRows = raw.prepare(
    `select author_id as authorId, on_behalf_of as onBehalfOf, seq as firstSeq, seq as lastSeq,
       server_time as fromTime, server_time as toTime, 1 as "rows", clients
     from block_log where block_id = ? order by seq`,
  );
  const emptied = ['block_log', 'block_changesets', 'block_snapshots'].map((table) =>
    raw.prepare(`delete from ${table} where block_id = ?`),
  );
  const newHead = raw.prepare('update block_heads set lineage = ? where block_id = ?');
  const insertSnapshot = raw.prepare(
    `insert into block_snapshots (block_id, lineage, seq, bytes, checksum, survey, survey_checksum)
     values (?, ?, ?, ?, ?, ?, ?)`,
  );

  /** Within a transaction of the caller's. Reads no bytes: what is damaged in them goes as well. */
  const rewrite = (
    blockId: string,
    from: { readonly lineage: string; readonly seq: number },
    anew: Rewriting,
  ): boolean => {
    const found = head.get(blockId) as { lineage: string } | undefined;
    const last = lastSeq.get({ blockId }) as { seq: number };
    if (found?.lineage !== from.lineage || last.seq !== from.seq) return false;
    const windows: WhoWrote[][] = [];
    for (const { window, clients, ...told } of pastWindows.all(blockId) as PastChangeset[]) {
      const one = { ...told, blockId, clients: readClients(blockId, 'a changeset', clients) };
      const known = windows[window - 1];
      if (known) known.push(one);
      else windows.push([one]);
    }
    const rows = (pastRows.all(blockId) as PastRow[]).map(({ clients, ...told }) => ({
      ...told,
      blockId,
      clients: readClients(blockId, 'a row', clients),
    }));
    const history = emptiedHistory(blockId, windows, rows, anew);
    for (const statement of emptied) statement.run(blockId);
    newHead.run(anew.lineage, blockId);
    for (const { client } of anew.clients) insertClient.run(blockId, client, null);
    for (const changeset of history.flat()) insertChangeset.run(...changesetValues(changeset));
    const { seq } = endOf(history.at(-1) ?? []);
    const { lineage, bytes, survey } = anew;
    const checksum = crc32(bytes);
    const bound = surveyChecksum(lineage, { seq, bytes, survey }, checksum);
    insertSnapshot.run(blockId, lineage, seq, bytes, checksum, survey ?? null, bound);
    return true;
  };

  const closeAtOnce = raw.transaction(closeWindow).immediate;

  return {
    head,
    lastSeq,
    windowEnd,
    insertEach,
    insertAll: raw.transaction(insertEach).immediate,
    insertHead: raw.prepare(
      'insert into block_heads (block_id, lineage) values (?, ?) on conflict do nothing',
    ),
    rowsAfter: raw.prepare(
      `select ${columns} from block_log where block_id = ? and seq > ? order by seq limit ?`,
    ),
    snapshot,
    saveSnapshot: raw.prepare(
      `insert into block_snapshots (block_id, lineage, seq, bytes, checksum, survey, survey_checksum)
       select @blockId, @lineage, @seq, @bytes, @checksum, @survey, @surveyChecksum
       where exists (select 1 from block_heads where block_id = @blockId and lineage = @lineage)
       on conflict (block_id) do update
       set lineage = excluded.lineage, seq = excluded.seq, bytes = excluded.bytes, checksum = excluded.checksum,
           survey = excluded.survey, survey_checksum = excluded.survey_checksum
       where block_snapshots.lineage <> excluded.lineage or block_snapshots.seq < excluded.seq`,
    ),
    closeWindow(window: readonly Changeset[]): boolean {
      try {
        return closeAtOnce(window);
      } catch (cause) {
        // Thrown so that the transaction is rolled back.
        if (cause instanceof RowsMissing) return false;
        throw cause;
      }
    },
    rewrite,
    rewriteAtOnce: raw.transaction(rewrite).immediate,
    holds: raw.prepare(
      `select 1 where exists (select 1 from block_log where block_id = @blockId and instr(bytes, @piece) > 0)
         or exists (select 1 from block_changesets where block_id = @blockId and instr(bytes, @piece) > 0)
         or exists (select 1 from block_snapshots where block_id = @blockId and instr(bytes, @piece) > 0)`,
    ),
    /** The number of the first window that ends after a row; null: none does. */
    firstWindowAfter: raw.prepare(
      `select min(window_number) as "window" from block_changesets where block_id = ? and last_seq > ?`,
    ),
    changesetsOf: raw.prepare(
      `select ${changesetColumns} from block_changesets
       where block_id = ? and window_number = ? order by ordinal`,
    ),
    owners: raw.prepare('select client, author_id from block_clients where block_id = ?'),
    ids: raw.prepare('select block_id from block_heads order by block_id'),
  };
}

type PastRow = Omit<WhoWrote, 'blockId' | 'clients'> & { readonly clients: string };
type PastChangeset = PastRow & { readonly window: number };

class RowsMissing extends Error {}

function changesetValues(changeset: Changeset): unknown[] {
  return [
    changeset.blockId,
    changeset.window,
    changeset.ordinal,
    changeset.lineage,
    changeset.authorId,
    changeset.onBehalfOf,
    changeset.firstSeq,
    changeset.lastSeq,
    changeset.fromTime,
    changeset.toTime,
    changeset.rows,
    writtenClients(changeset.clients),
    changeset.bytes,
    changesetChecksum(changeset),
  ];
}

function assertLineage(row: NewLogRow, lineage: string): void {
  if (row.lineage !== lineage) {
    throw new StoreWriteError(`block ${row.blockId} is of lineage ${lineage}, the row of ${row.lineage}`);
  }
}
