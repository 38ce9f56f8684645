/**
 * Which changes made on this device the server has not acknowledged, across
 * connections, tabs and reloads (SAVE-2). Holds no clock and no network.
 */
import type { SaveState } from './replica.ts';

export interface Change {
  /** Unique over all devices. */
  readonly id: string;
  /** A Yjs update. */
  readonly bytes: Uint8Array;
}

interface Waiting extends Change {
  kept: boolean;
  /** The first sync write of the present channel that carries it. */
  write: number | null;
}

export class WaitingChanges {
  readonly #changes = new Map<string, Waiting>();
  #unkept = 0;

  get count(): number {
    return this.#changes.size;
  }

  /** Changes that this device does not hold, or not yet. */
  get unkept(): number {
    return this.#unkept;
  }

  has(id: string): boolean {
    return this.#changes.has(id);
  }

  ids(): readonly string[] {
    return [...this.#changes.keys()];
  }

  updates(): readonly Uint8Array[] {
    return [...this.#changes.values()].map((change) => change.bytes);
  }

  /** @param kept whether this device holds it already */
  add(change: Change, kept: boolean): void {
    if (this.#changes.has(change.id)) return;
    this.#changes.set(change.id, { ...change, kept, write: null });
    if (!kept) this.#unkept++;
  }

  kept(ids: readonly string[]): void {
    for (const id of ids) {
      const change = this.#changes.get(id);
      if (!change || change.kept) continue;
      change.kept = true;
      this.#unkept--;
    }
  }

  notKept(): readonly Change[] {
    return [...this.#changes.values()].filter((change) => !change.kept);
  }

  /** A new channel counts its writes from 1, and nothing went out on it yet. */
  channelOpened(): void {
    for (const change of this.#changes.values()) change.write = null;
  }

  /** The n-th write carries all that waits. */
  wroteEverything(n: number): void {
    for (const change of this.#changes.values()) change.write ??= n;
  }

  wrote(id: string, n: number): void {
    const change = this.#changes.get(id);
    if (change) change.write ??= n;
  }

  /** Is it in a write of the present channel? */
  isWritten(id: string): boolean {
    return (this.#changes.get(id)?.write ?? null) !== null;
  }

  /** @returns the changes that the first n writes carried: they wait no more */
  saved(n: number): readonly Change[] {
    const saved: Change[] = [];
    for (const change of this.#changes.values()) {
      if (change.write !== null && change.write <= n) saved.push(change);
    }
    return this.settle(saved.map((change) => change.id));
  }

  /** Another tab had them acknowledged. @returns those that waited here */
  settle(ids: readonly string[]): readonly Change[] {
    const settled: Change[] = [];
    for (const id of ids) {
      const change = this.#changes.get(id);
      if (!change) continue;
      this.#changes.delete(id);
      if (!change.kept) this.#unkept--;
      settled.push(change);
    }
    return settled;
  }
}

export interface SaveFacts {
  /** There is a copy to speak of. */
  readonly loaded: boolean;
  readonly live: boolean;
  readonly waiting: number;
  readonly unkept: number;
  /** The device is being asked to keep changes at this moment. */
  readonly keeping: boolean;
}

/** The one place that decides what may be said of a block's changes (SAVE-2). */
export function saveState(facts: SaveFacts): SaveState {
  const { waiting } = facts;
  if (waiting === 0) return { kind: facts.loaded ? 'saved' : 'opening' };
  if (facts.live) return { kind: 'saving', waiting };
  if (facts.unkept === 0) return { kind: 'on-device', waiting };
  return { kind: facts.keeping ? 'saving' : 'only-here', waiting };
}
