/**
 * Runs an act once what has already arrived in this turn of the event loop was
 * read, so that it is answered together. Tests step it by hand.
 */
export type Turn = (act: () => void) => void;

export const nextTurn: Turn = (act) => {
  setImmediate(act);
};

/** @returns a turn that comes no sooner than so many milliseconds after the one before it, and else at once */
export function pacedTurn(everyMs: number): Turn {
  let last = Number.NEGATIVE_INFINITY;
  return (act) => {
    const now = performance.now();
    const wait = last + everyMs - now;
    const run = () => {
      last = performance.now();
      act();
    };
    if (wait < 1) setImmediate(run);
    else setTimeout(run, wait);
  };
}
