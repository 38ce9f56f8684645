/**
 * Puts off what nobody sees until what was just typed is on the screen, and has it done
 * at the latest when the page goes.
 */

/**
 * Milliseconds: a key is drawn sooner, most times in half of it. Not by the frame itself:
 * asking for frames makes frames, and a key that comes right after one waits for the next.
 */
const DRAWN_WITHIN = 20;

export class AfterPaint {
  #waiting: (() => void)[] = [];
  readonly #ask: (drawn: () => void) => void;

  /** @param ask calls back once what was just done is drawn */
  constructor(ask: (drawn: () => void) => void) {
    this.#ask = ask;
  }

  /** In the order in which they were put off. */
  put(run: () => void): void {
    this.#waiting.push(run);
    if (this.#waiting.length === 1) this.#ask(this.flush);
  }

  readonly flush = (): void => {
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const run of waiting) run();
    }
  };
}

let ofPage: AfterPaint | null = null;

/** Runs once what was just typed into this page is drawn, or when the page goes. */
export function afterPaint(run: () => void): void {
  ofPage ??= openOfPage();
  ofPage.put(run);
}

function openOfPage(): AfterPaint {
  const paint = new AfterPaint((drawn) => setTimeout(drawn, DRAWN_WITHIN));
  window.addEventListener('pagehide', paint.flush);
  document.addEventListener('visibilitychange', paint.flush);
  return paint;
}
