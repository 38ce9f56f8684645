import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import { CannotTypesetError, type Typesetter } from '../../ports/typesetter.ts';

/** A page takes a tenth of a second; the compiler is native, so that nothing but the end of its thread stops it. */
const DEADLINE_MS = 10_000;

type Answer =
  | { readonly pdf: Uint8Array }
  | { readonly why: CannotTypesetError['why']; readonly detail: string };

/** Typesets on a thread of its own for each file, one after the other: its memory goes with it. */
export function typstTypesetter(clock: Clock): Typesetter {
  let last: Promise<unknown> = Promise.resolve();
  return {
    pdf(source, data) {
      const mine = last.then(() => typeset(clock, { source, data }));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Where the thread's script is: beside this file in the sources, and beside the bundle once built. */
function ownThread(): URL {
  const ending = import.meta.url.endsWith('.ts') ? 'mjs' : 'js';
  return new URL(`./typesetting-thread.${ending}`, import.meta.url);
}

function typeset(clock: Clock, workerData: object): Promise<Uint8Array> {
  const thread = new Worker(ownThread(), { execArgv: [], workerData });
  return new Promise<Uint8Array>((resolve, reject) => {
    const late = clock.after(DEADLINE_MS, () => {
      void thread.terminate();
      reject(new CannotTypesetError('failed', { cause: new Error(`not done within ${DEADLINE_MS} ms`) }));
    });
    thread.once('message', (answer: Answer) => {
      late();
      if ('pdf' in answer) resolve(answer.pdf);
      else reject(new CannotTypesetError(answer.why, { cause: new Error(answer.detail) }));
    });
    thread.once('error', (cause) => {
      late();
      reject(new CannotTypesetError('failed', { cause }));
    });
    thread.once('exit', () => {
      late();
      // of no effect where it had answered
      reject(new CannotTypesetError('failed', { cause: new Error('the thread ended') }));
    });
  });
}
