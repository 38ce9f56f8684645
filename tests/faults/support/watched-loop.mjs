/**
 * Loaded before the server: writes down whenever its event loop was held, one line
 * each, into the file that LOOP_HOLDS names. What counts is the processor time that
 * the main thread took between two looks, so that a busy machine is not taken for it.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const LOOK_EVERY_MS = 5;
/** Milliseconds; shorter ones are not told. */
const TOLD_FROM = 20;
const file = process.env.LOOP_HOLDS;

/** Milliseconds of the main thread, by the scheduler's own count. */
function busy() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6;
}

if (file && isMainThread) {
  let last = busy();
  setInterval(() => {
    const now = busy();
    const held = now - last;
    last = now;
    if (held >= TOLD_FROM) appendFileSync(file, `${Date.now()} ${held.toFixed(1)}\n`);
  }, LOOK_EVERY_MS).unref();
}
