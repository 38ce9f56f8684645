import { nextSchoolMoment, type SchoolHours } from './school-hours.ts';

const MINUTE = 60_000;

/** For so long a letter can be called back before it goes, in milliseconds. */
export const CALL_BACK_FOR = 10 * MINUTE;
/** At least so long lies between two letters of a study to the same person, in milliseconds. */
export const LETTER_EVERY = 7 * 24 * 60 * MINUTE;

/** Why a letter does not go earlier. */
export type LetterWait = 'call-back' | 'week' | 'school-hours';

export interface LetterMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly waitsFor: LetterWait;
}

/**
 * When a letter to a school contact may go (LETTER-1).
 * @param wanted.askedAt when somebody pressed Send, in milliseconds since 1970
 * @param wanted.hours of the study; null where this letter need not wait for them
 * @param wanted.lastAt when the last letter of the study to the same person went, or will go; null
 *   where there is none, or this one answers what they asked for
 * @param wanted.notBefore the present, for a letter that has waited already
 * @returns null where the study's hours leave no moment for more than a year
 */
export function letterMoment(wanted: {
  readonly askedAt: number;
  readonly hours: SchoolHours | null;
  readonly lastAt: number | null;
  readonly notBefore?: number;
}): LetterMoment | null {
  const { askedAt, hours, lastAt, notBefore = 0 } = wanted;
  const open = Math.max(askedAt + CALL_BACK_FOR, notBefore);
  const free = lastAt === null ? 0 : lastAt + LETTER_EVERY;
  const ready = Math.max(open, free);
  const at = hours === null ? ready : nextSchoolMoment(ready, hours);
  if (at === null) return null;
  if (free > open) return { at, waitsFor: 'week' };
  return { at, waitsFor: at > ready ? 'school-hours' : 'call-back' };
}
