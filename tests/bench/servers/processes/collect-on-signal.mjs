/**
 * Loaded before a benched server (with `--expose-gc`): on SIGUSR2 it collects
 * garbage and says so on descriptor 3, so that what is read then is what is in use.
 */
import { writeSync } from 'node:fs';

const SETTLE_MS = 100;

process.on('SIGUSR2', () => {
  globalThis.gc();
  setTimeout(() => {
    globalThis.gc();
    // Freed pages go back to the system a moment later.
    setTimeout(() => writeSync(3, 'collected\n'), SETTLE_MS);
  }, SETTLE_MS);
});
