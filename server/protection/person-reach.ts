import type { Records } from '../ports/record-store.ts';

/** Whose file it is, and of how much. */
export interface PersonReach {
  readonly records: Records;
  readonly personId: string;
  /** Lower case; empty where the account was deleted. */
  readonly email: string;
  /** The one study of which it tells, as for its lead; null for all that the service holds, as for themselves. */
  readonly studyId: string | null;
  /** Of somebody whom the study quotes, known by that alone; their account is another matter. */
  readonly speakerId?: string;
}

/** @returns an instant as the file has it */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** @returns the same of what may not have happened */
export function instantOrNull(at: number | null): string | null {
  return at === null ? null : instant(at);
}
