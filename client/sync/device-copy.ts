/** One block's copy on the device: what is written when, and when rows are folded. */
import * as Y from 'yjs';
import type { Access } from '../../shared/permissions/access.ts';
import type { Clock } from './clock.ts';
import type { StoredUpdate } from './device-database.ts';
import type { DeviceStore } from './device-store.ts';
import type { Change } from './waiting-changes.ts';

/** Origin of the transaction that loads the device's copy. */
export const FROM_DEVICE = Object.freeze({ name: 'from this device' });

/** What is acknowledged or comes from others may wait for so long: the server has it. */
const WRITE_AFTER = 500;
/** Rows after which the copy is folded. */
const FOLD_AT = 200;

export interface CopyOnDevice {
  readonly access: Access;
  readonly lineage: string;
  readonly waiting: readonly Change[];
}

export class DeviceCopy {
  readonly #store: DeviceStore;
  readonly #blockId: string;
  readonly #doc: Y.Doc;
  readonly #clock: Clock;
  readonly #newId: () => string;
  /** Known to the server, not yet on the device. */
  #settled: Uint8Array[] = [];
  #removable: string[] = [];
  /** Rows in the doc that no longer wait. */
  readonly #rows = new Set<string>();
  #version = 0;
  #lineage: string | null = null;
  #access: Access = 'none';
  /** The device has a snapshot to fold into. */
  #made = false;
  /** The device missed something, and gets the whole at the next opportunity. */
  #incomplete = false;
  #callOffWrite: (() => void) | null = null;
  #folding = false;

  constructor(store: DeviceStore, blockId: string, doc: Y.Doc, clock: Clock, newId: () => string) {
    this.#store = store;
    this.#blockId = blockId;
    this.#doc = doc;
    this.#clock = clock;
    this.#newId = newId;
  }

  /**
   * Puts the device's copy into the doc.
   * @returns the copy, if any, and changes to an ended copy that another tab left behind
   */
  async load(): Promise<{ copy: CopyOnDevice | null; orphans: readonly StoredUpdate[] }> {
    const { replica, updates, orphans } = await this.#store.load(this.#blockId);
    if (!replica) return { copy: null, orphans };
    this.#doc.transact(() => {
      if (replica.snapshot) Y.applyUpdate(this.#doc, replica.snapshot, FROM_DEVICE);
      for (const update of updates) Y.applyUpdate(this.#doc, update.bytes, FROM_DEVICE);
    }, FROM_DEVICE);
    this.#lineage = replica.lineage;
    this.#access = replica.access;
    this.#made = true;
    this.#version = replica.version;
    for (const update of updates) if (update.waiting === 0) this.#rows.add(update.id);
    const waiting = updates.filter((update) => update.waiting === 1);
    return { copy: { access: replica.access, lineage: replica.lineage, waiting }, orphans };
  }

  /** The server opened the block, and the doc holds all that the server has. */
  async complete(lineage: string, access: Access): Promise<void> {
    this.#lineage = lineage;
    this.#access = access;
    const state = Y.encodeStateAsUpdate(this.#doc);
    const version = await this.#store.openedBy(this.#blockId, lineage, access, state);
    this.#made = version !== null;
    this.#incomplete = !this.#made;
    this.#version = version ?? 0;
  }

  /** The server opened the block that the device has a copy of. */
  async opened(access: Access): Promise<void> {
    this.#access = access;
    if (this.#lineage !== null) await this.#store.openedBy(this.#blockId, this.#lineage, access, null);
  }

  /**
   * Keeps changes that the server has not acknowledged, in this very turn, together
   * with all that they build on.
   * @returns whether the device holds them
   */
  async keep(changes: readonly Change[]): Promise<boolean> {
    const rows = changes.map((change) => this.#row(change.id, change.bytes, 1));
    return this.#write(rows);
  }

  /** From the server. */
  received(bytes: Uint8Array): void {
    if (this.#lineage === null) return;
    this.#settled.push(bytes);
    this.#writeSoon();
  }

  /** The server has these. */
  acknowledged(changes: readonly Change[]): void {
    if (this.#lineage === null) return;
    for (const change of changes) {
      this.#settled.push(change.bytes);
      this.#removable.push(change.id);
    }
    this.#writeSoon();
  }

  /** Writes what may wait, before the block is closed. */
  async close(): Promise<void> {
    this.#callOffWrite?.();
    this.#callOffWrite = null;
    await this.#write([]);
  }

  /**
   * The copy goes from the device: nothing more is written.
   * @returns ids of rows that the server has and that still stand there as waiting
   */
  end(): readonly string[] {
    const removable = this.#removable;
    this.#callOffWrite?.();
    this.#callOffWrite = null;
    this.#lineage = null;
    this.#settled = [];
    this.#removable = [];
    return removable;
  }

  #row(id: string, bytes: Uint8Array, waiting: 0 | 1): StoredUpdate {
    return { id, blockId: this.#blockId, lineage: this.#lineage ?? '', bytes, waiting };
  }

  #writeSoon(): void {
    this.#callOffWrite ??= this.#clock.after(WRITE_AFTER, () => {
      this.#callOffWrite = null;
      void this.#write([]);
    });
  }

  async #write(rows: readonly StoredUpdate[]): Promise<boolean> {
    const settled = this.#settled;
    const remove = this.#removable;
    if (rows.length === 0 && settled.length === 0 && remove.length === 0) return true;
    this.#settled = [];
    this.#removable = [];
    const id = this.#newId();
    const put =
      settled.length === 0
        ? rows
        : [
            this.#row(id, settled.length === 1 ? (settled[0] as Uint8Array) : Y.mergeUpdates(settled), 0),
            ...rows,
          ];
    const kept = await this.#store.changeRows(put, remove);
    if (!kept) {
      this.#incomplete = true;
      this.#removable.push(...remove);
    } else if (settled.length > 0) {
      this.#rows.add(id);
    }
    if (this.#rows.size >= FOLD_AT || (kept && this.#incomplete)) await this.#fold();
    return kept;
  }

  async #fold(): Promise<void> {
    if (this.#folding || this.#lineage === null) return;
    if (!this.#made) {
      await this.complete(this.#lineage, this.#access);
      return;
    }
    this.#folding = true;
    const folded = [...this.#rows];
    const state = Y.encodeStateAsUpdate(this.#doc);
    const version = await this.#store.fold(this.#blockId, this.#lineage, state, folded, this.#version);
    this.#folding = false;
    if (version === null) return;
    this.#incomplete = false;
    this.#version = version;
    for (const id of folded) this.#rows.delete(id);
  }
}
