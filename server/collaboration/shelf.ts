/** What is kept in memory only because it may be asked for again. */
export interface Shelved {
  /** Bytes that it takes, roughly. */
  readonly size: number;
  /** There is no room for it any more. */
  letGo(): void;
}

/** Keeps what was used last, up to so many bytes over all rooms. */
export class Shelf {
  readonly #limit: number;
  /** The one longest unused first. */
  readonly #kept = new Map<Shelved, number>();
  #size = 0;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** It was used, and is of another size now, perhaps. */
  touch(item: Shelved): void {
    this.remove(item);
    const { size } = item;
    if (size === 0) return;
    this.#kept.set(item, size);
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit || oldest === item) break;
      this.remove(oldest);
      oldest.letGo();
    }
  }

  remove(item: Shelved): void {
    this.#size -= this.#kept.get(item) ?? 0;
    this.#kept.delete(item);
  }
}
