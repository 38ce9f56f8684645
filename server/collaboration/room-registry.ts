import type { CloseReason } from '../../shared/protocol/control.ts';
import { LOAD_RETRY_AFTER_MS, UNLOAD_AFTER_MS } from './bounds.ts';
import { Room, type RoomParts } from './room.ts';
import { readStoredText } from './stored-text.ts';

/** How often it is waited for the disk before a room that is always written in ends. */
const SETTLED_AFTER_AT_MOST = 20;

/** A block's room cannot be entered; `reason` is what a joiner is told. */
export class RoomUnavailableError extends Error {
  override readonly name = 'RoomUnavailableError';
  readonly reason: CloseReason;
  constructor(blockId: string, reason: CloseReason, cause?: unknown) {
    super(`block ${blockId}: ${reason}`, { cause });
    this.reason = reason;
  }
}

interface Entry {
  readonly loading: Promise<Room>;
  room: Room | null;
  /** Those who entered and have neither joined nor gone away. */
  guests: number;
  cancelUnload: (() => void) | null;
}

/** The rooms that are open, one for each block however many come at once. */
export class RoomRegistry {
  readonly #parts: RoomParts;
  readonly #entries = new Map<string, Entry>();
  readonly #failedAt = new Map<string, number>();

  constructor(parts: Omit<RoomParts, 'becameQuiet' | 'dropped'>) {
    this.#parts = {
      ...parts,
      becameQuiet: (room) => this.#scheduleUnload(room),
      dropped: (room) => this.#forget(room),
    };
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * The room stays until `release` was called, whoever is in it.
   * @throws RoomUnavailableError when there is no such block, or it cannot be read
   */
  async enter(blockId: string): Promise<Room> {
    for (;;) {
      const entry = this.#entries.get(blockId) ?? this.#load(blockId);
      entry.guests += 1;
      entry.cancelUnload?.();
      entry.cancelUnload = null;
      const room = await entry.loading;
      if (this.#entries.get(blockId) === entry) return room;
      // It failed to save meanwhile, and a fresh one takes its place.
    }
  }

  release(room: Room): void {
    const entry = this.#entries.get(room.blockId);
    if (entry?.room !== room) return;
    entry.guests -= 1;
    if (room.isEmpty && room.isQuiet) this.#scheduleUnload(room);
  }

  /**
   * Ends a block's room with what stands in it on disk, does `work` while nobody can enter, and lets
   * everybody in anew: those who were in it are told that it goes on with another past.
   * @param work may find the last writes of the room still on their way to the disk
   * @throws RoomUnavailableError, and what `work` throws
   */
  async replace(blockId: string, work: () => Promise<void>): Promise<void> {
    let room = await this.enter(blockId);
    for (let tries = 0; ; tries++) {
      // Where it failed to save meanwhile, whoever came since is in a fresh one.
      if (this.#entries.get(blockId)?.room !== room) room = await this.enter(blockId);
      else if (room.isQuiet || tries >= SETTLED_AFTER_AT_MOST) break;
      else await room.settled();
    }
    // What was typed since then stays on its device, as words that were not sent.
    room.drop('lineage');
    const done = work();
    const again = () => this.#read(blockId);
    const { loading } = this.#enter(blockId, done.then(again, again));
    loading.then(
      (fresh) => this.#scheduleUnload(fresh),
      () => {},
    );
    await done;
  }

  open(): readonly Room[] {
    return [...this.#entries.values()].flatMap(({ room }) => room ?? []);
  }

  /** Leaves no timer behind. Nothing may be in the rooms, or on the way to disk. */
  close(): void {
    for (const entry of [...this.#entries.values()]) {
      entry.cancelUnload?.();
      if (entry.room) this.#unload(entry.room);
    }
  }

  #load(blockId: string): Entry {
    return this.#enter(blockId, this.#read(blockId));
  }

  #enter(blockId: string, loading: Promise<Room>): Entry {
    const entry: Entry = { loading, room: null, guests: 0, cancelUnload: null };
    this.#entries.set(blockId, entry);
    entry.loading.then(
      (room) => {
        entry.room = room;
      },
      () => this.#entries.delete(blockId),
    );
    return entry;
  }

  async #read(blockId: string): Promise<Room> {
    const failedAt = this.#failedAt.get(blockId);
    if (failedAt !== undefined && this.#parts.clock.now() - failedAt < LOAD_RETRY_AFTER_MS) {
      throw new RoomUnavailableError(blockId, 'load-failed');
    }
    this.#failedAt.delete(blockId);
    try {
      const stored = await this.#parts.blocks.load(blockId);
      if (!stored) throw new RoomUnavailableError(blockId, 'not-found');
      const text = await readStoredText(stored, this.#parts.folder);
      const owners = new Map(await this.#parts.blocks.clientOwners(blockId));
      return new Room(this.#parts, stored, text, owners);
    } catch (cause) {
      if (cause instanceof RoomUnavailableError) throw cause;
      this.#failedAt.set(blockId, this.#parts.clock.now());
      this.#parts.log.error('a block could not be loaded', { block: blockId }, cause);
      throw new RoomUnavailableError(blockId, 'load-failed', cause);
    }
  }

  #scheduleUnload(room: Room): void {
    const entry = this.#entries.get(room.blockId);
    if (entry?.room !== room || entry.guests > 0) return;
    entry.cancelUnload?.();
    entry.cancelUnload = this.#parts.clock.after(UNLOAD_AFTER_MS, () => {
      entry.cancelUnload = null;
      if (room.isEmpty && room.isQuiet && entry.guests === 0) this.#unload(room);
    });
  }

  #unload(room: Room): void {
    this.#forget(room);
    room.unload();
  }

  #forget(room: Room): void {
    const entry = this.#entries.get(room.blockId);
    if (entry?.room !== room) return;
    entry.cancelUnload?.();
    this.#entries.delete(room.blockId);
  }
}
