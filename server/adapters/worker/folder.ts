import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import { type Folder, FolderFailedError, UnfoldableError } from '../../ports/folder.ts';
import type { FoldingAnswer, FoldingTask } from './folding.ts';

/** A fold of the largest block, with ten thousand rows, takes a few seconds on a busy machine. */
const DEADLINE_MS = 30_000;
/** What one fold may take of memory, MiB; beyond it the thread ends, and the server goes on. */
const MEMORY_MIB = 512;

/** A thread that has just been started reads its script first, on a busy machine within so long. */
const START_MS = 3_000;

/** It took too long, or more memory than the thread has. */
class OverrunError extends FolderFailedError {}

/** Room for what lives briefly, MiB; V8 by itself would keep several times as much. */
const YOUNG_MEMORY_MIB = 8;

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
 * Folds on one thread, and reviews on another, since somebody waits for that. Each is started when
 * first needed or announced, ended when a task takes too long, and started anew after it ended. An
 * idle thread keeps no process alive.
 */
export function workerFolder({
  clock,
  deadlineMs = DEADLINE_MS,
  thread = ownThread(),
}: WorkerFolderParts): Folder {
  const folding = oneThread(clock, thread);
  const reviewing = oneThread(clock, thread);
  const inTurn = (task: FoldingTask, withinMs = deadlineMs) => folding.inTurn(task, withinMs);

  return {
    async fold(parts) {
      return expected(await inTurn({ kind: 'fold', parts }), 'folded').folded;
    },
    async survey(parts) {
      return expected(await inTurn({ kind: 'survey', parts }), 'surveyed').surveyed;
    },
    async merge(parts, update, deletions) {
      return expected(await inTurn({ kind: 'merge', parts, update, deletions }), 'merged').merged;
    },
    async gather(groups) {
      return expected(await inTurn({ kind: 'gather', groups }), 'gathered').gathered;
    },
    async findHidden(past, inquiry) {
      return expected(await inTurn({ kind: 'find-hidden', past, inquiry }), 'found').found;
    },
    async mergesWithin(parts, update, withinMs) {
      // Twice that, and the block before it; what comes late is too late all the same.
      const answer = await unlessOverrun(inTurn({ kind: 'time', parts, update }, START_MS + 3 * withinMs));
      return answer !== null && expected(answer, 'timed').ms <= withinMs;
    },
    async read(parts) {
      return expected(await inTurn({ kind: 'read', parts }), 'has-read').contents;
    },
    async readWritten(parts) {
      return expected(await inTurn({ kind: 'read-written', parts }), 'has-read').contents;
    },
    async isWellShaped(parts) {
      return expected(await inTurn({ kind: 'look-at-shape', parts }), 'looked-at-shape').isWell;
    },
    async review(parts, update, asked, withinMs) {
      const within = reviewing.isRunning ? withinMs : START_MS + withinMs;
      const answer = await unlessOverrun(reviewing.inTurn({ kind: 'review', parts, update, asked }, within));
      return answer && expected(answer, 'reviewed').reviewed;
    },
    prepare: () => folding.prepare(),
    async close() {
      await Promise.all([folding.close(), reviewing.close()]);
    },
  };
}

interface OneThread {
  /** Its script has been read. */
  readonly isRunning: boolean;
  /** @param withinMs from when the thread takes it up */
  inTurn(task: FoldingTask, withinMs: number): Promise<FoldingAnswer>;
  prepare(): void;
  close(): Promise<void>;
}

function oneThread(clock: Clock, script: URL): OneThread {
  let worker: Worker | null = null;
  let closed = false;
  let isPrepared = false;
  let hasAnswered = false;
  /** Fails the task under way. */
  let abandon: ((failure: FolderFailedError) => void) | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Worker => {
    hasAnswered = false;
    const started = new Worker(script, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB, maxYoungGenerationSizeMb: YOUNG_MEMORY_MIB },
    });
    const ended = (failure: FolderFailedError) => {
      if (worker !== started) return;
      worker = null;
      abandon?.(failure);
    };
    started.on('error', (cause) => {
      const Failure = isOutOfMemory(cause) ? OverrunError : FolderFailedError;
      ended(new Failure('the thread broke down', { cause }));
    });
    started.on('exit', (code) => ended(new FolderFailedError(`the thread ended with ${code}`)));
    return started;
  };

  /** @param withinMs from when the thread takes it up */
  const run = (task: FoldingTask, withinMs: number): Promise<FoldingAnswer> => {
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
      const answered = (answer: FoldingAnswer) => {
        hasAnswered = true;
        settle(() => resolve(answer));
      };
      const cancel = clock.after(withinMs, () => {
        worker = null;
        void thread.terminate();
        abandon?.(new OverrunError(`not done within ${withinMs} ms`));
      });
      abandon = (failure) => settle(() => reject(failure));
      thread.on('message', answered);
      thread.ref();
      thread.postMessage(task);
    });
  };

  return {
    get isRunning() {
      return worker !== null && hasAnswered;
    },
    inTurn(task, withinMs) {
      const answer = last.then(() => run(task, withinMs));
      last = answer.catch(() => {});
      return answer;
    },
    prepare() {
      // Once: a thread that cannot start is tried again by who needs it.
      if (closed || isPrepared) return;
      isPrepared = true;
      worker ??= start();
      worker.unref();
    },
    async close() {
      closed = true;
      const ending = worker;
      worker = null;
      abandon?.(new FolderFailedError('the folder is closed'));
      await ending?.terminate();
    },
  };
}

/** @returns null where it took too long, or too much memory */
async function unlessOverrun(answer: Promise<FoldingAnswer>): Promise<FoldingAnswer | null> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof OverrunError) return null;
    throw cause;
  }
}

function expected<Kind extends FoldingAnswer['kind']>(
  answer: FoldingAnswer,
  kind: Kind,
): Extract<FoldingAnswer, { kind: Kind }> {
  if (answer.kind === kind) return answer as Extract<FoldingAnswer, { kind: Kind }>;
  if (answer.kind === 'unfoldable') throw new UnfoldableError(answer.why);
  throw new Error(`the thread answered ${answer.kind} where ${kind} was asked`);
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
