/**
 * Lets things happen to a text one after another: while one of them waits for
 * something to be read, those that come later may build on it, and wait as well.
 */
export class TextGate {
  readonly #becameReady: () => void;
  /** While something is waited for: what arrived meanwhile. */
  #waiting: (() => void)[] | null = null;
  #ended = false;

  constructor(becameReady: () => void) {
    this.#becameReady = becameReady;
  }

  get isReady(): boolean {
    return this.#waiting === null;
  }

  /** What is waited for is told to nobody any more. */
  end(): void {
    this.#ended = true;
  }

  /** Runs at once, or when what is waited for is there. */
  whenReady(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  /**
   * Holds back what arrives until what is asked for is there; at once where it is.
   * @param failed with what `ask` or `act` threw
   */
  holdBack<T>(ask: () => T | Promise<T>, act: (found: T) => void, failed: (cause: unknown) => void): void {
    const attempt = (found: T) => {
      try {
        act(found);
      } catch (cause) {
        failed(cause);
      }
    };
    let found: T | Promise<T>;
    try {
      found = ask();
    } catch (cause) {
      failed(cause);
      return;
    }
    if (!(found instanceof Promise)) {
      attempt(found);
      return;
    }
    const waiting: (() => void)[] = [];
    this.#waiting = waiting;
    const goOn = () => {
      this.#waiting = null;
      for (const next of waiting) this.whenReady(next);
      if (!this.#ended && this.#waiting === null) this.#becameReady();
    };
    found.then(
      (here) => {
        if (!this.#ended) attempt(here);
        goOn();
      },
      (cause) => {
        if (!this.#ended) failed(cause);
        goOn();
      },
    );
  }
}
