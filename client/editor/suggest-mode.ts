import { Value } from '../sync/watched.ts';

export type WritingMode = 'edit' | 'suggest';

const modes = new Map<string, Value<WritingMode>>();

/** Whether this person edits the texts of a case or suggests; remembered on the device, per case. */
export function writingMode(caseId: string): Value<WritingMode> {
  const known = modes.get(caseId);
  if (known) return known;
  const mode = new Value<WritingMode>(stored(caseId));
  mode.watch(() => {
    try {
      localStorage.setItem(keyOf(caseId), mode.get());
    } catch {
      // A device that keeps nothing: for as long as the page is open, then.
    }
  });
  modes.set(caseId, mode);
  return mode;
}

function stored(caseId: string): WritingMode {
  try {
    return localStorage.getItem(keyOf(caseId)) === 'suggest' ? 'suggest' : 'edit';
  } catch {
    return 'edit';
  }
}

function keyOf(caseId: string): string {
  return `casebook.suggesting.${caseId}`;
}
