/**
 * Puts off what nobody sees until the frame that shows the last key is drawn, so that
 * the key is on the screen first; and has it done at the latest when the page goes.
 */

/** Milliseconds after which it is done without a frame: a page out of view gets none. */
const AT_LATEST = 50;

export class AfterPaint {
  #waiting: (() => void)[] = [];
  readonly #ask: (drawn: () => void) => void;

  /** @param ask calls back once the next frame is drawn; more than once does no harm */
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

/** Runs once the next frame of this page is drawn, or when the page goes. */
export function afterPaint(run: () => void): void {
  ofPage ??= openOfPage();
  ofPage.put(run);
}

function openOfPage(): AfterPaint {
  let drawn = () => {};
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => drawn();
  const paint = new AfterPaint((told) => {
    drawn = told;
    // In a frame's callbacks it is not drawn yet; what comes by message is told after it.
    requestAnimationFrame(() => port2.postMessage(null));
    setTimeout(told, AT_LATEST);
  });
  window.addEventListener('pagehide', paint.flush);
  document.addEventListener('visibilitychange', paint.flush);
  return paint;
}
