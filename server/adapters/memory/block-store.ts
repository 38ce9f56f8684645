import { crc32 } from 'node:zlib';
import {
  type Alongside,
  type BlockStore,
  DamagedBlockError,
  type LogRow,
  type NewLogRow,
  type Snapshot,
  type StoredBlock,
  StoreWriteError,
} from '../../ports/block-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';

interface Kept<T extends { readonly bytes: Uint8Array }> {
  readonly value: T;
  readonly checksum: number;
}

interface MemoryBlock {
  readonly lineage: string;
  readonly rows: Kept<LogRow>[];
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
    this.#blocks.set(blockId, { lineage, rows: [], snapshot: null, owners: new Map() });
  }

  async load(blockId: string): Promise<StoredBlock | null> {
    const block = this.#blocks.get(blockId);
    if (!block) return null;
    const snapshot = block.snapshot ? believed(blockId, 'the snapshot', block.snapshot) : null;
    const from = snapshot?.seq ?? 0;
    if (from > block.rows.length) {
      throw new DamagedBlockError(
        blockId,
        `the snapshot reaches row ${from}, the log row ${block.rows.length}`,
      );
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
    block.snapshot = kept({ seq: snapshot.seq, bytes: snapshot.bytes.slice() });
  }

  async clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return new Map(this.#blocks.get(blockId)?.owners);
  }

  async rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    const rows = this.#blocks.get(blockId)?.rows ?? [];
    return rows.slice(seq, seq + limit).map((row) => believed(blockId, `row ${row.value.seq}`, row));
  }

  async blockIds(): Promise<readonly string[]> {
    return [...this.#blocks.keys()].sort();
  }

  #push(rows: readonly NewLogRow[]): readonly number[] {
    return rows.map((row) => {
      const block = this.#blocks.get(row.blockId) as MemoryBlock;
      const seq = block.rows.length + 1;
      block.rows.push(kept({ ...row, seq, bytes: row.bytes.slice() }));
      for (const range of row.clients) {
        if (!block.owners.has(range.client)) block.owners.set(range.client, row.authorId);
      }
      return seq;
    });
  }

  /** For tests of damage: flips a bit of what is kept. */
  damage(blockId: string, what: 'snapshot' | { readonly seq: number }): void {
    const block = this.#blocks.get(blockId);
    const found = what === 'snapshot' ? block?.snapshot : block?.rows[what.seq - 1];
    if (!found?.value.bytes.length) throw new Error(`block ${blockId} has nothing of that kind`);
    found.value.bytes[0] = (found.value.bytes[0] as number) ^ 1;
  }
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
