/**
 * What this device keeps for one person (DESIGN 4.1): copies of blocks with the
 * changes that the server has not acknowledged, words of ended replicas, and
 * answers for opening pages offline. Several tabs may use it at once.
 */
import * as Y from 'yjs';
import type { Access } from '../../shared/permissions/access.ts';
import type { Clock } from './clock.ts';
import type { CachedAnswer, DeviceDatabase, StoredReplica, StoredUpdate } from './device-database.ts';
import { openDeviceDatabase } from './device-database.ts';
import type { KeptWords } from './replica.ts';
import { RowWrites } from './row-writes.ts';
import { WAITING_ANSWERS, waitingUnder } from './waiting-answers.ts';
import { Value } from './watched.ts';

/** A copy that nobody opened for so long is cleared, unless changes wait in it (DEVICE-1). */
export const UNSEEN_LIMIT = 30 * 24 * 60 * 60 * 1_000;

/** `gone`: this device keeps nothing, now or ever; the page works on without it. */
export type DeviceState = 'opening' | 'ready' | 'gone';

export interface LoadedCopy {
  readonly replica: StoredReplica | null;
  /** Of the replica's own lineage. */
  readonly updates: readonly StoredUpdate[];
  /** Waiting changes to a copy that has ended since: a tab wrote them that had not heard of it. */
  readonly orphans: readonly StoredUpdate[];
}

const NO_COPY: LoadedCopy = { replica: null, updates: [], orphans: [] };

export class DeviceStore {
  readonly state = new Value<DeviceState>('opening');
  readonly #opened: Promise<void>;
  #database: DeviceDatabase | null = null;
  readonly #rows: RowWrites;
  readonly #running = new Set<Promise<unknown>>();
  readonly #clock: Clock;
  readonly #mayHold: Promise<boolean>;
  /** Something is on its way to this device. */
  #gaveRows = false;

  /**
   * @param personId null: this device is to keep nothing
   * @param onFirstKept once the first rows stand on this device
   * @param mayHold resolves to false where the device is known to hold nothing of this person's yet
   */
  constructor(
    personId: string | null,
    clock: Clock,
    onFirstKept: () => void = () => {},
    mayHold: Promise<boolean> = Promise.resolve(true),
  ) {
    this.#clock = clock;
    this.#mayHold = mayHold;
    this.#rows = new RowWrites(clock, onFirstKept);
    const opening =
      personId === null
        ? Promise.resolve(null)
        : openDeviceDatabase(
            personId,
            () => this.#lose(),
            (milliseconds, run) => clock.after(milliseconds, run),
          );
    this.#opened = this.#track(
      opening.then((database) => {
        if (this.state.get() === 'gone') database?.close();
        else if (database) this.#database = database;
        this.state.set(this.#database ? 'ready' : 'gone');
        this.#rows.writeTo(this.#database);
      }),
    );
  }

  /** Resolves when everything asked of the store so far has succeeded or failed. */
  async settled(): Promise<void> {
    await Promise.resolve();
    while (this.#running.size > 0) {
      this.#rows.flush();
      await Promise.allSettled([...this.#running]);
    }
  }

  /** Lets the database go after what was begun; the store keeps nothing from then on. */
  async close(): Promise<void> {
    await this.settled();
    this.#lose();
  }

  async load(blockId: string): Promise<LoadedCopy> {
    // Making a database takes a new device a tenth of a second, which nobody need wait for.
    const mayHold = await Promise.race([this.#mayHold, this.#opened.then(() => true)]);
    if (!mayHold && this.state.get() === 'opening' && !this.#gaveRows) return NO_COPY;
    return this.#ask(NO_COPY, async (database) => {
      const step = database.transaction(['replicas', 'updates']);
      const [replica, updates] = await Promise.all([
        step.objectStore('replicas').get(blockId),
        step.objectStore('updates').index('block').getAll(blockId),
      ]);
      return {
        replica: replica ?? null,
        updates: updates.filter((update) => update.lineage === replica?.lineage),
        orphans: updates.filter((update) => update.lineage !== replica?.lineage && update.waiting === 1),
      };
    });
  }

  /**
   * Notes what the server granted. A copy of another lineage is replaced.
   * @param state the whole block, where the device has no copy yet; null changes none but an existing copy
   * @returns the snapshot's version; null where nothing was kept
   */
  async openedBy(
    blockId: string,
    lineage: string,
    access: Access,
    state: Uint8Array | null,
  ): Promise<number | null> {
    return this.#ask(null, async (database) => {
      const step = database.transaction(['replicas', 'updates'], 'readwrite');
      const replicas = step.objectStore('replicas');
      const before = await replicas.get(blockId);
      const same = before?.lineage === lineage ? before : null;
      if (!same && !state) return null;
      const updates = step.objectStore('updates');
      for (const row of same ? [] : await updates.index('block').getAll(blockId)) {
        // Waiting ones are somebody's words: they go only once those are kept.
        if (row.lineage !== lineage && row.waiting === 0) await updates.delete(row.id);
      }
      const [stored, version] = [same?.snapshot ?? null, same?.version ?? 0];
      await replicas.put({
        blockId,
        lineage,
        access,
        snapshot: stored && state ? Y.mergeUpdates([stored, state]) : (stored ?? state),
        version: state ? version + 1 : version,
        seenAt: this.#clock.now(),
      });
      await step.done;
      // This tab's doc may lack what another one stored meanwhile.
      return stored ? version : version + 1;
    });
  }

  /**
   * Adds and removes rows in one transaction, asked for once the frame that shows what was
   * typed is drawn, and before the page goes: closing it right after typing loses nothing.
   * @returns whether the device now holds them
   */
  changeRows(put: readonly StoredUpdate[], remove: readonly string[]): Promise<boolean> {
    this.#gaveRows = true;
    return this.#track(this.#rows.change(put, remove));
  }

  /**
   * Folds rows into the copy's snapshot, which also replaces what was missed.
   * @param state the whole block as this tab has it
   * @param folded ids of rows that `state` holds; waiting ones are not among them
   * @param version the snapshot that `state` holds
   * @returns the version of the snapshot that this tab knows wholly; null where nothing was folded
   */
  async fold(
    blockId: string,
    lineage: string,
    state: Uint8Array,
    folded: readonly string[],
    version: number,
  ): Promise<number | null> {
    return this.#ask(null, async (database) => {
      const step = database.transaction(['replicas', 'updates'], 'readwrite');
      const before = await step.objectStore('replicas').get(blockId);
      if (!before || before.lineage !== lineage) return null;
      // Another tab folded meanwhile: its snapshot may hold rows that this tab never saw.
      const foreign = before.version === version ? null : before.snapshot;
      const snapshot = foreign ? Y.mergeUpdates([foreign, state]) : state;
      const next = before.version + 1;
      await Promise.all([
        step.objectStore('replicas').put({ ...before, snapshot, version: next }),
        ...folded.map((id) => step.objectStore('updates').delete(id)),
        step.done,
      ]);
      // This tab's doc may lack what the other folded: it goes on not knowing that version.
      return foreign ? version : next;
    });
  }

  /**
   * Drops a block's copy and keeps the words that were not sent, all or nothing (SAVE-6).
   * @param known ids of waiting rows whose words are in `words`, or with the server; what
   * else waits is another tab's, which has not told of it yet: it stays for that tab, or
   * for whoever opens the block next
   */
  async endCopy(blockId: string, words: KeptWords | null, known: readonly string[]): Promise<boolean> {
    return this.#ask(false, async (database) => {
      const step = database.transaction(['replicas', 'updates', 'kept'], 'readwrite');
      if (words) await step.objectStore('kept').put(words);
      await step.objectStore('replicas').delete(blockId);
      const updates = step.objectStore('updates');
      for (const row of await updates.index('block').getAll(blockId)) {
        if (row.waiting === 0 || known.includes(row.id)) await updates.delete(row.id);
      }
      await step.done;
      return true;
    });
  }

  /** Keeps the words of waiting rows that no copy is for, and drops the rows. */
  async endOrphans(ids: readonly string[], words: KeptWords | null): Promise<boolean> {
    return this.#ask(false, async (database) => {
      const step = database.transaction(['updates', 'kept'], 'readwrite');
      if (words) await step.objectStore('kept').put(words);
      for (const id of ids) await step.objectStore('updates').delete(id);
      await step.done;
      return true;
    });
  }

  async kept(): Promise<readonly KeptWords[]> {
    return this.#ask([], (database) => database.getAll('kept'));
  }

  async forgetKept(id: string): Promise<void> {
    await this.#ask(undefined, (database) => database.delete('kept', id));
  }

  /** What waits on this device to be sent, by block. */
  async waitingUpdates(): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
    return this.#ask(new Map(), async (database) => {
      const updates = new Map<string, Uint8Array[]>();
      for (const { blockId, bytes } of await database.getAllFromIndex('updates', 'waiting', 1)) {
        updates.set(blockId, [...(updates.get(blockId) ?? []), bytes]);
      }
      return updates;
    });
  }

  /** How many changes wait on this device, by block. */
  async waiting(): Promise<ReadonlyMap<string, number>> {
    return this.#ask(new Map(), async (database) => {
      const counts = new Map<string, number>();
      for (const update of await database.getAllFromIndex('updates', 'waiting', 1)) {
        counts.set(update.blockId, (counts.get(update.blockId) ?? 0) + 1);
      }
      return counts;
    });
  }

  /** @returns how many changes, kept words and captured quotes the server does not have; null where that could not be read */
  async unsent(): Promise<number | null> {
    return this.#ask<number | null>(null, async (database) => {
      const step = database.transaction(['updates', 'kept', 'cache']);
      const [waiting, kept, whole] = await Promise.all([
        step.objectStore('updates').index('waiting').count(1),
        step.objectStore('kept').count(),
        step.objectStore('cache').getAll(IDBKeyRange.bound(WAITING_ANSWERS, `${WAITING_ANSWERS}\uffff`)),
      ]);
      return whole.reduce((sum, answer) => sum + waitingUnder(answer), waiting + kept);
    });
  }

  /** The blocks of which this device has a copy, or changes that wait; none where it cannot be read, nor cleared then. */
  async held(): Promise<ReadonlySet<string>> {
    const waiting = await this.waiting();
    const copies = await this.#ask([], (database) => database.getAllKeys('replicas'));
    return new Set([...copies, ...waiting.keys()]);
  }

  /** @returns of each copy on this device, which past it goes on from */
  async lineages(): Promise<ReadonlyMap<string, string>> {
    const copies = await this.#ask([], (database) => database.getAll('replicas'));
    return new Map(copies.map(({ blockId, lineage }) => [blockId, lineage]));
  }

  async cached(key: string): Promise<unknown> {
    return this.#ask(undefined, async (database) => (await database.get('cache', key))?.value);
  }

  async cache(key: string, value: unknown): Promise<void> {
    await this.#ask(undefined, (database) => database.put('cache', { key, value, at: this.#clock.now() }));
  }

  async noted(key: string): Promise<unknown> {
    return this.#ask(undefined, (database) => database.get('meta', key));
  }

  async note(key: string, value: unknown): Promise<void> {
    await this.#ask(undefined, (database) => database.put('meta', value, key));
  }

  /** Clears what nobody opened for long and in which nothing waits (DEVICE-1). */
  async sweep(): Promise<void> {
    const oldest = this.#clock.now() - UNSEEN_LIMIT;
    await this.#ask(undefined, async (database) => {
      const step = database.transaction(['replicas', 'updates', 'cache'], 'readwrite');
      const rows = await step.objectStore('updates').index('waiting').getAll(1);
      const waiting = new Set(rows.map((row) => row.blockId));
      for (const replica of await step.objectStore('replicas').getAll()) {
        if (replica.seenAt >= oldest || waiting.has(replica.blockId)) continue;
        await step.objectStore('replicas').delete(replica.blockId);
        await deleteRows(step.objectStore('updates'), replica.blockId);
      }
      for (const answer of await step.objectStore('cache').getAll()) {
        if (answer.at < oldest && waitingUnder(answer) === 0)
          await step.objectStore('cache').delete(answer.key);
      }
      await step.done;
    });
  }

  async cachedAnswers(): Promise<readonly CachedAnswer[]> {
    return this.#ask([], (database) => database.getAll('cache'));
  }

  /**
   * Clears copies in which nothing waits, and answers (DEVICE-1). What waits stays:
   * it is sent, or its words are kept, when the block is next opened.
   * @param which the blocks whose copies stay, and the answers that go; null for all
   */
  async clearSent(
    which: { readonly stay: ReadonlySet<string>; readonly keys: readonly string[] } | null,
  ): Promise<void> {
    await this.#ask(undefined, async (database) => {
      const step = database.transaction(['replicas', 'updates', 'cache'], 'readwrite');
      const rows = await step.objectStore('updates').index('waiting').getAll(1);
      const waiting = new Set(rows.map((row) => row.blockId));
      for (const blockId of await step.objectStore('replicas').getAllKeys()) {
        if (waiting.has(blockId) || which?.stay.has(blockId)) continue;
        await step.objectStore('replicas').delete(blockId);
        await deleteRows(step.objectStore('updates'), blockId);
      }
      if (which) for (const key of which.keys) await step.objectStore('cache').delete(key);
      else {
        for (const answer of await step.objectStore('cache').getAll()) {
          if (waitingUnder(answer) === 0) await step.objectStore('cache').delete(answer.key);
        }
      }
      await step.done;
    });
  }

  /** @returns `missing` where the device keeps nothing, or could not this time (a full disk) */
  #ask<T>(missing: T, act: (database: DeviceDatabase) => Promise<T>): Promise<T> {
    return this.#track(
      this.#opened.then(async () => {
        if (!this.#database) return missing;
        this.#rows.flush();
        try {
          return await act(this.#database);
        } catch (fault) {
          console.warn('This device could not keep or read its copy', fault);
          return missing;
        }
      }),
    );
  }

  #lose(): void {
    this.#database?.close();
    this.#database = null;
    this.state.set('gone');
    this.#rows.writeTo(null);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const over = () => this.#running.delete(work);
    work.then(over, over);
    return work;
  }
}

interface RowsOfBlocks {
  index(name: 'block'): { getAllKeys(blockId: string): Promise<string[]> };
  delete(id: string): Promise<void>;
}

async function deleteRows(updates: RowsOfBlocks, blockId: string): Promise<void> {
  for (const id of await updates.index('block').getAllKeys(blockId)) await updates.delete(id);
}
