import type { Awareness } from 'y-protocols/awareness';

/** What one person's awareness in a block says. */
interface Here {
  readonly user?: unknown;
  readonly cursor?: unknown;
  /** Key of the field that they are in. */
  readonly field?: string | null;
}

/**
 * Tells the others in a block where one is. Who has neither caret nor field in it is
 * not there at all: nothing is said, and nothing has to be said again from time to time.
 */
export function moveInBlock(awareness: Awareness, change: Here): void {
  const next: Here = { ...(awareness.getLocalState() as Here | null), ...change };
  if (next.cursor || next.field) awareness.setLocalState(next);
  else leaveBlock(awareness);
}

/** Says that the keyboard is in the text; its caret follows. */
export function enterText(awareness: Awareness, user: unknown): void {
  awareness.setLocalState({ ...awareness.getLocalState(), user });
}

/** Says that one is no longer there. */
export function leaveBlock(awareness: Awareness): void {
  if (awareness.getLocalState() !== null) awareness.setLocalState(null);
}

/** The first word of a name, for a flag; "Somebody" where there is none. */
export function flagName(name: unknown): string {
  const text = typeof name === 'string' ? name.trim() : '';
  return text === '' ? 'Somebody' : (text.split(/\s+/)[0] as string).slice(0, 24);
}
