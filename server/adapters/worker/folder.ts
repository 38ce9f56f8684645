import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import { type Folder, FolderFailedError, UnfoldableError } from '../../ports/folder.ts';
import type { FoldingAnswer, FoldingTask } from './folding.ts';

/** A fold of the largest block, with ten thousand rows, takes a few seconds on a busy machine. */
const DEADLINE_MS = 30_000;
/** What one fold may take of memory, MiB; beyond it the thread ends, and the server goes on. */
const MEMORY_MIB = 512;

interface WorkerFolderParts {
  readonly clock: Clock;
  /** For each task, counted from when the thread takes it up. */
  readonly deadlineMs?: number;
  /** The script of the thread; absent: the real one. */
  readonly thread?: URL;
}

/** Where the thread's script is: beside this file in the sources, and beside the bundle once built. */
function ownThread(): URL {
  const name = import.meta.url.endsWith('.ts') ? 'folding-thread-from-source.mjs' : 'folding-thread.js';
  return new URL(`./${name}`, import.meta.url);
}

/**
 * Folds on one thread, which is started when first needed, ended when a task takes
 * too long, and started anew after it ended. An idle thread keeps no process alive.
 */
export function workerFolder({
  clock,
  deadlineMs = DEADLINE_MS,
  thread = ownThread(),
}: WorkerFolderParts): Folder {
  let worker: Worker | null = null;
  let closed = false;
  /** Fails the task under way. */
  let abandon: ((why: string, cause?: unknown) => void) | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    const started = new Worker(thread, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
    });
    const ended = (why: string, cause?: unknown) => {
      if (worker !== started) return;
      worker = null;
      abandon?.(why, cause);
    };
    started.on('error', (cause) => ended('the thread broke down', cause));
    started.on('exit', (code) => ended(`the thread ended with ${code}`));
    return started;
  };

  const run = (task: FoldingTask): Promise<FoldingAnswer> => {
    if (closed) return Promise.reject(new FolderFailedError('the folder is closed'));
    worker ??= start();
    const thread = worker;
    return new Promise<FoldingAnswer>((resolve, reject) => {
      const settle = (act: () => void) => {
        abandon = null;
        cancel();
        thread.off('message', answered);
        thread.unref();
        act();
      };
      const answered = (answer: FoldingAnswer) => settle(() => resolve(answer));
      const cancel = clock.after(deadlineMs, () => {
        worker = null;
        void thread.terminate();
        abandon?.(`not done within ${deadlineMs} ms`);
      });
      abandon = (why, cause) => settle(() => reject(new FolderFailedError(why, { cause })));
      thread.on('message', answered);
      thread.ref();
      thread.postMessage(task);
    });
  };

  const inTurn = (task: FoldingTask): Promise<FoldingAnswer> => {
    const answer = last.then(() => run(task));
    last = answer.catch(() => {});
    return answer;
  };

  return {
    async fold(parts) {
      return expected(await inTurn({ kind: 'fold', parts }), 'folded').folded;
    },
    async gather(groups) {
      return expected(await inTurn({ kind: 'gather', groups }), 'gathered').gathered;
    },
    async findHidden(past, inquiry) {
      return expected(await inTurn({ kind: 'find-hidden', past, inquiry }), 'found').found;
    },
    async close() {
      closed = true;
      const ending = worker;
      worker = null;
      abandon?.('the folder is closed');
      await ending?.terminate();
    },
  };
}

function expected<Kind extends FoldingAnswer['kind']>(
  answer: FoldingAnswer,
  kind: Kind,
): Extract<FoldingAnswer, { kind: Kind }> {
  if (answer.kind === kind) return answer as Extract<FoldingAnswer, { kind: Kind }>;
  if (answer.kind === 'unfoldable') throw new UnfoldableError(answer.why);
  throw new Error(`the thread answered ${answer.kind} where ${kind} was asked`);
}
