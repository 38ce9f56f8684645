const LOOK_EVERY_MS = 2;

/**
 * Acts so many times a second, evenly; what a busy moment delayed is made up for.
 * @param act - told the how-manieth time it is, from 0
 * @returns a function that ends it
 */
export function atPace(perSecond: number, act: (at: number) => void): () => void {
  const start = performance.now();
  let acted = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) * perSecond) / 1_000);
    while (acted < due) act(acted++);
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
