/** The thread that folds: one task at a time, one answer to each. */
import { parentPort } from 'node:worker_threads';
import {
  foldParts,
  gatherUpdates,
  hasShape,
  lookThrough,
  mergeInto,
  readContents,
  readWrittenContents,
  surveyBlock,
  timeOfMerging,
} from '../../collaboration/block-folding.ts';
import { reviewUpdate } from '../../collaboration/suggestion-review.ts';
import { UnfoldableError } from '../../ports/folder.ts';
import type { FoldingAnswer, FoldingTask } from './folding.ts';

parentPort?.on('message', (task: FoldingTask) => parentPort?.postMessage(answer(task)));

function answer(task: FoldingTask): FoldingAnswer {
  try {
    switch (task.kind) {
      case 'fold':
        return { kind: 'folded', folded: foldParts(task.parts) };
      case 'survey':
        return { kind: 'surveyed', surveyed: surveyBlock(task.parts) };
      case 'look-at-shape':
        return { kind: 'looked-at-shape', isWell: hasShape(task.parts) };
      case 'read':
        return { kind: 'has-read', contents: readContents(task.parts) };
      case 'read-written':
        return { kind: 'has-read', contents: readWrittenContents(task.parts) };
      case 'gather':
        return { kind: 'gathered', gathered: task.groups.map(gatherUpdates) };
      case 'find-hidden':
        return { kind: 'found', found: lookThrough(task.past, task.inquiry) };
      case 'merge':
        return { kind: 'merged', merged: mergeInto(task.parts, task.update, task.deletions) };
      case 'review':
        return { kind: 'reviewed', reviewed: reviewUpdate(task.parts, task.update, task.asked) };
      case 'time':
        return { kind: 'timed', ms: timeOfMerging(task.parts, task.update, () => performance.now()) };
    }
  } catch (cause) {
    // Anything else ends the thread, and its owner hears of it.
    if (!(cause instanceof UnfoldableError)) throw cause;
    return { kind: 'unfoldable', why: cause.message };
  }
}
