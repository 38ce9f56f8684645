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

/**
 * A part of a watched value.
 * @param same whether two parts are as good as one; then the earlier object stays
 */
export function part<T, P>(
  whole: Watched<T>,
  take: (value: T) => P,
  same: (one: P, other: P) => boolean = Object.is,
): Watched<P> {
  let last: P | undefined;
  let known = false;
  return {
    get() {
      const next = take(whole.get());
      if (!known || !same(last as P, next)) last = next;
      known = true;
      return last as P;
    },
    watch: whole.watch,
  };
}
