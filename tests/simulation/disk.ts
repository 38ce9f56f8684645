/** A store that outlives the processes that write to it, and answers when it is told to. */
import * as Y from 'yjs';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import {
  type Alongside,
  type BlockStore,
  type LogRow,
  type NewLogRow,
  type Snapshot,
  type StoredBlock,
  StoreWriteError,
} from '../../server/ports/block-store.ts';
import type { BlockHistory, Changeset, WindowEnd } from '../../server/ports/changeset.ts';
import type { RecordStore } from '../../server/ports/record-store.ts';

/** What is kept, whoever wrote it. */
export class Disk {
  readonly store: MemoryBlockStore;
  /** All that is on disk, hidden and deleted words included. */
  readonly kept = new Y.Doc({ gc: false });
  /** Told of each row in the moment in which it is on disk. */
  onRow: (row: NewLogRow) => void = () => {};

  constructor(records: RecordStore) {
    this.store = new MemoryBlockStore(records);
  }

  async commit(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    const seqs = await this.store.append(rows, alongside);
    for (const row of rows) {
      Y.applyUpdate(this.kept, row.bytes);
      this.onRow(row);
    }
    return seqs;
  }

  /** @returns how much of a client's writing is on disk */
  clockOf(client: number): number {
    return Y.getState(this.kept.store, client);
  }
}

interface Asked {
  act(): Promise<void>;
  refuse(cause: Error): void;
}

/** The disk as one process sees it. What it asks after its end is never answered. */
export class DiskOfProcess implements BlockStore {
  readonly #disk: Disk;
  readonly #asked: Asked[] = [];
  #over = false;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  get waiting(): number {
    return this.#asked.length;
  }

  /** Does the oldest thing that was asked. @returns whether there was any */
  async step(): Promise<boolean> {
    const asked = this.#asked.shift();
    await asked?.act();
    return asked !== undefined;
  }

  /** Refuses the oldest thing that was asked, as a full disk does. */
  refuse(): void {
    this.#asked.shift()?.refuse(new StoreWriteError('the disk is full'));
  }

  /**
   * The process is killed.
   * @param reached so many of the things under way still came to the disk, unheard
   */
  async end(reached: number): Promise<void> {
    this.#over = true;
    for (const asked of this.#asked.splice(0, reached)) await asked.act();
    this.#asked.length = 0;
  }

  append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    return this.#ask(() => this.#disk.commit(rows, alongside));
  }

  saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void> {
    return this.#ask(() => this.#disk.store.saveSnapshot(blockId, lineage, snapshot));
  }

  create(blockId: string, lineage: string): Promise<void> {
    return this.#ask(() => this.#disk.store.create(blockId, lineage));
  }

  load(blockId: string): Promise<StoredBlock | null> {
    return this.#read(() => this.#disk.store.load(blockId));
  }

  clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return this.#read(() => this.#disk.store.clientOwners(blockId));
  }

  rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    return this.#read(() => this.#disk.store.rowsAfter(blockId, seq, limit));
  }

  closeWindow(window: readonly Changeset[]): Promise<boolean> {
    return this.#ask(() => this.#disk.store.closeWindow(window));
  }

  rewrite(...asked: Parameters<BlockStore['rewrite']>): Promise<boolean> {
    return this.#ask(() => this.#disk.store.rewrite(...asked));
  }

  holds(blockId: string, pieces: readonly Uint8Array[]): Promise<boolean> {
    return this.#read(() => this.#disk.store.holds(blockId, pieces));
  }

  lastWindow(blockId: string): Promise<WindowEnd> {
    return this.#read(() => this.#disk.store.lastWindow(blockId));
  }

  historyOf(blockId: string, seq?: number, limit?: number): Promise<BlockHistory | null> {
    return this.#read(() => this.#disk.store.historyOf(blockId, seq, limit));
  }

  blockIds(): Promise<readonly string[]> {
    return this.#read(() => this.#disk.store.blockIds());
  }

  #read<T>(read: () => Promise<T>): Promise<T> {
    return this.#over ? new Promise(() => {}) : read();
  }

  #ask<T>(act: () => Promise<T>): Promise<T> {
    if (this.#over) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      this.#asked.push({
        act: async () => {
          try {
            const done = await act();
            if (!this.#over) resolve(done);
          } catch (cause) {
            if (!this.#over) reject(cause);
          }
        },
        refuse: reject,
      });
    });
  }
}
