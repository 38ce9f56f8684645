/** A value that changes over time, in the shape that `useSyncExternalStore` takes. */
export interface Watched<T> {
  /** The same object until it changes. */
  get(): T;
  /** @returns ends the watching */
  watch(onChange: () => void): () => void;
}

/** A watched value that its owner sets. */
export class Value<T> implements Watched<T> {
  #value: T;
  readonly #watchers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly watch = (onChange: () => void): (() => void) => {
    const watcher = () => onChange();
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  };

  /** Tells nobody when the value is the one that it was. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const watcher of [...this.#watchers]) watcher();
  }
}
