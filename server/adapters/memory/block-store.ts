import { crc32 } from 'node:zlib';
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
  emptiedHistory,
  endOf,
  NO_WINDOW,
  type WhoWrote,
  type WindowEnd,
  windowFault,
} from '../../ports/changeset.ts';
import type { RecordStore } from '../../ports/record-store.ts';

interface Kept<T extends { readonly bytes: Uint8Array }> {
  readonly value: T;
  readonly checksum: number;
}

interface MemoryBlock {
  lineage: string;
  windows: Kept<Changeset>[][];
  /** Those after the last window. */
  rows: Kept<LogRow>[];
  snapshot: Kept<Snapshot> | null;
  readonly owners: Map<number, string | null>;
}

/** Keeps blocks for as long as the process lives; for tests, held to the contract of the real one. */
export class MemoryBlockStore implements BlockStore {
  readonly #blocks = new Map<string, MemoryBlock>();
  readonly #records: RecordStore | null;

  /** @param records where `alongside` writes; without it an append takes none */
  constructor(records: RecordStore | null = null) {
    this.#records = records;
  }

  async create(blockId: string, lineage: string): Promise<void> {
    if (this.#blocks.has(blockId)) return;
    this.#blocks.set(blockId, { lineage, windows: [], rows: [], snapshot: null, owners: new Map() });
  }

  async load(blockId: string): Promise<StoredBlock | null> {
    const block = this.#blocks.get(blockId);
    if (!block) return null;
    const snapshot = block.snapshot ? believed(blockId, 'the snapshot', block.snapshot) : null;
    const from = snapshot?.seq ?? 0;
    const folded = reachOf(block).seq;
    if (from < folded) {
      throw new DamagedBlockError(blockId, `the snapshot reaches row ${from}, the windows row ${folded}`);
    }
    const last = lastSeqOf(block);
    if (from > last) {
      throw new DamagedBlockError(blockId, `the snapshot reaches row ${from}, the log row ${last}`);
    }
    return { blockId, lineage: block.lineage, snapshot, tail: await this.rowsAfter(blockId, from, Infinity) };
  }

  async append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    for (const row of rows) {
      const block = this.#blocks.get(row.blockId);
      if (!block) throw new StoreWriteError(`block ${row.blockId} does not exist`);
      if (block.lineage !== row.lineage) {
        throw new StoreWriteError(
          `block ${row.blockId} is of lineage ${block.lineage}, the row of ${row.lineage}`,
        );
      }
    }
    if (!alongside) return this.#push(rows);
    if (!this.#records) throw new StoreWriteError('this store was given no records to write alongside');
    try {
      await this.#records.transaction(alongside);
    } catch (cause) {
      throw new StoreWriteError(`nothing of ${rows.length} rows was stored`, { cause });
    }
    return this.#push(rows);
  }

  async saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void> {
    const block = this.#blocks.get(blockId);
    if (!block || block.lineage !== lineage) return;
    if (block.snapshot && block.snapshot.value.seq >= snapshot.seq) return;
    block.snapshot = kept({
      seq: snapshot.seq,
      bytes: snapshot.bytes.slice(),
      survey: snapshot.survey?.slice(),
    });
  }

  async clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return new Map(this.#blocks.get(blockId)?.owners);
  }

  async rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    const block = this.#blocks.get(blockId);
    return block ? rowsOf(blockId, block, seq, limit) : [];
  }

  async closeWindow(window: readonly Changeset[]): Promise<boolean> {
    const [first] = window;
    const block = first ? this.#blocks.get(first.blockId) : undefined;
    if (!first || !block) return false;
    const before = reachOf(block);
    const end = endOf(window);
    if (windowFault(window, before) !== null) return false;
    if (window.some((one) => one.blockId !== first.blockId || one.lineage !== block.lineage)) return false;
    if (!block.snapshot || block.snapshot.value.seq < end.seq || lastSeqOf(block) < end.seq) return false;
    block.rows.splice(0, end.seq - before.seq);
    block.windows.push(window.map((changeset) => kept({ ...changeset, bytes: changeset.bytes.slice() })));
    return true;
  }

  async lastWindow(blockId: string): Promise<WindowEnd> {
    const block = this.#blocks.get(blockId);
    return block ? reachOf(block) : NO_WINDOW;
  }

  async historyOf(blockId: string, seq = 0, limit = Infinity): Promise<BlockHistory | null> {
    const block = this.#blocks.get(blockId);
    if (!block) return null;
    const changesets: Changeset[] = [];
    let end = NO_WINDOW;
    for (const keptWindow of block.windows) {
      if (changesets.length >= limit) break;
      const wanted = endOf(keptWindow.map(({ value }) => value)).seq > seq;
      const window = wanted
        ? keptWindow.map((one) => believed(blockId, nameOf(one.value), one))
        : keptWindow.map(({ value }) => value);
      const fault = windowFault(window, end);
      if (fault !== null) throw new DamagedBlockError(blockId, fault);
      if (wanted) changesets.push(...window);
      end = endOf(window);
    }
    const from = Math.max(seq, end.seq);
    const room = limit - changesets.length;
    const rows = end.window < reachOf(block).window || room <= 0 ? [] : rowsOf(blockId, block, from, room);
    return { blockId, lineage: block.lineage, changesets, rows, through: rows.at(-1)?.seq ?? from };
  }

  async rewrite(
    blockId: string,
    from: { readonly lineage: string; readonly seq: number },
    anew: Rewriting,
    alongside?: Alongside,
  ): Promise<boolean> {
    const block = this.#blocks.get(blockId);
    if (!block || block.lineage !== from.lineage || lastSeqOf(block) !== from.seq) return false;
    if (alongside) {
      if (!this.#records) throw new StoreWriteError('this store was given no records to write alongside');
      try {
        await this.#records.transaction(alongside);
      } catch (cause) {
        throw new StoreWriteError(`block ${blockId} was not rewritten`, { cause });
      }
    }
    const history = emptiedHistory(
      blockId,
      block.windows.map((window) => window.map(({ value }) => value)),
      block.rows.map(({ value }) => wroteRow(value)),
      anew,
    );
    block.lineage = anew.lineage;
    for (const { client } of anew.clients) if (!block.owners.has(client)) block.owners.set(client, null);
    block.rows = [];
    block.windows = history.map((window) =>
      window.map((changeset) => kept({ ...changeset, bytes: changeset.bytes.slice() })),
    );
    const { seq } = reachOf(block);
    block.snapshot = kept({ seq, bytes: anew.bytes.slice(), survey: anew.survey?.slice() });
    return true;
  }

  async holds(blockId: string, pieces: readonly Uint8Array[]): Promise<boolean> {
    const block = this.#blocks.get(blockId);
    if (!block) return false;
    const all = [...block.windows.flat(), ...block.rows, ...(block.snapshot ? [block.snapshot] : [])];
    return all.some(({ value }) =>
      pieces.some((piece) => Buffer.from(value.bytes).includes(Buffer.from(piece))),
    );
  }

  async blockIds(): Promise<readonly string[]> {
    return [...this.#blocks.keys()].sort();
  }

  #push(rows: readonly NewLogRow[]): readonly number[] {
    return rows.map((row) => {
      const block = this.#blocks.get(row.blockId) as MemoryBlock;
      const seq = lastSeqOf(block) + 1;
      block.rows.push(kept({ ...row, seq, bytes: row.bytes.slice() }));
      for (const range of row.clients) {
        if (!block.owners.has(range.client)) block.owners.set(range.client, row.authorId);
      }
      return seq;
    });
  }

  /** For tests of damage: flips a bit of what is kept. */
  damage(blockId: string, what: Damage): void {
    const block = this.#blocks.get(blockId);
    const found = block ? keptOf(block, what) : undefined;
    if (!found?.value.bytes.length) throw new Error(`block ${blockId} has nothing of that kind`);
    found.value.bytes[0] = (found.value.bytes[0] as number) ^ 1;
  }
}

/** What of a block is spoilt. */
export type Damage =
  | 'snapshot'
  | { readonly seq: number }
  | { readonly window: number; readonly ordinal: number };

function keptOf(block: MemoryBlock, what: Damage): Kept<{ readonly bytes: Uint8Array }> | null | undefined {
  if (what === 'snapshot') return block.snapshot;
  if ('seq' in what) return block.rows.find((row) => row.value.seq === what.seq);
  return block.windows[what.window - 1]?.[what.ordinal - 1];
}

function reachOf(block: MemoryBlock): WindowEnd {
  const last = block.windows.at(-1);
  return last ? endOf(last.map(({ value }) => value)) : NO_WINDOW;
}

function lastSeqOf(block: MemoryBlock): number {
  return block.rows.at(-1)?.value.seq ?? reachOf(block).seq;
}

function rowsOf(blockId: string, block: MemoryBlock, seq: number, limit: number): LogRow[] {
  const from = Math.max(0, seq - reachOf(block).seq);
  return block.rows.slice(from, from + limit).map((row) => believed(blockId, `row ${row.value.seq}`, row));
}

function wroteRow(row: LogRow): WhoWrote {
  const { blockId, authorId, onBehalfOf, seq, serverTime, clients } = row;
  const when = { firstSeq: seq, lastSeq: seq, fromTime: serverTime, toTime: serverTime };
  return { blockId, authorId, onBehalfOf, ...when, rows: 1, clients };
}

function nameOf({ ordinal, window }: Changeset): string {
  return `changeset ${ordinal} of window ${window}`;
}

function kept<T extends { readonly bytes: Uint8Array }>(value: T): Kept<T> {
  return { value, checksum: crc32(value.bytes) };
}

function believed<T extends { readonly bytes: Uint8Array }>(blockId: string, name: string, row: Kept<T>): T {
  if (crc32(row.value.bytes) !== row.checksum) {
    throw new DamagedBlockError(blockId, `the checksum of ${name} does not hold`);
  }
  return { ...row.value, bytes: row.value.bytes.slice() };
}
