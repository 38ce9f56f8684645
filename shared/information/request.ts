/** The rules of *information before the visit*: what is asked of a school, and where that stands. */
import type { Section } from '../framework/framework.ts';
import { LETTER_EVERY } from '../letters/letter-moment.ts';
import type { LetterState } from '../letters/letter-state.ts';
import { blockFacts } from '../permissions/access.ts';

/** Characters of what the asker says with the request. */
export const NOTE_LIMIT = 1_000;
/** Characters of what somebody could not fill in, and why. */
export const COULD_NOT_LIMIT = 500;

export const REQUEST_STATES = [
  /** Their invitation waits for them. */
  'invited',
  /** It ran out or was taken back, and they never came in. */
  'invitation-over',
  /** They can fill it in. */
  'open',
  /** They said that they have filled in what they can; they can still go on. */
  'finished',
  /** The team has what it needs. */
  'closed',
  'withdrawn',
  /** They speak for the school no longer, or the school is not part of the case. */
  'left',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What the records say of a request. */
export interface RequestFacts {
  readonly withdrawn: boolean;
  readonly closed: boolean;
  readonly finished: boolean;
  /** Whether the person speaks for the school in the case now. */
  readonly present: boolean;
  /** Of the invitation that was part of it, if there was one. */
  readonly invitation: 'open' | 'over' | 'used' | null;
}

export function requestState(facts: RequestFacts): RequestState {
  if (facts.withdrawn) return 'withdrawn';
  if (facts.closed) return 'closed';
  if (facts.present) return facts.finished ? 'finished' : 'open';
  if (facts.invitation === 'open') return 'invited';
  return facts.invitation === 'over' ? 'invitation-over' : 'left';
}

/** Whether something is still expected of somebody, or of the team. */
export function isUnderWay(state: RequestState): boolean {
  return state !== 'closed' && state !== 'withdrawn';
}

/** Whether the day has passed and nothing was said. @param today an ISO day */
export function isOverdue(
  request: { readonly state: RequestState; readonly dueOn: string },
  today: string,
): boolean {
  return (request.state === 'open' || request.state === 'invited') && request.dueOn < today;
}

/** Whether a section can be asked of a school: it is about each school, and all of it may be shown there. */
export function canBeAsked(section: Section): boolean {
  const facts = blockFacts(section, { caseId: '', schoolId: '' });
  return facts.perSchool && facts.audience === 'shareable' && !facts.teamFields;
}

/** Whether a section is asked for unless somebody says otherwise. */
export function isAskedUsually(section: Section): boolean {
  return canBeAsked(section) && section.required;
}

/**
 * @returns the first moment at which another letter may be written; milliseconds since 1970.
 *   One that never went does not count; when the next goes, its queue decides.
 */
export function nextLetterAt(request: {
  readonly askedAt: number;
  readonly remindedAt: number | null;
  readonly letter: { readonly state: LetterState } | null;
}): number {
  const state = request.letter?.state;
  if (state === 'called-back' || state === 'dropped' || state === 'failed') return request.askedAt;
  return Math.max(request.askedAt, request.remindedAt ?? 0) + LETTER_EVERY;
}

const DAY = 86_400_000;
/** Days that a school is given where nobody says otherwise. */
const USUAL_DAYS = 14;

/**
 * @param today and visitOn are ISO days
 * @returns the day by which an answer is usually wanted: two weeks on, before the visit,
 *   not at a weekend, and never before today
 */
export function usualDueOn(today: string, visitOn: string | null): string {
  const inTwoWeeks = daysOn(today, USUAL_DAYS);
  const eve = visitOn === null ? inTwoWeeks : daysOn(visitOn, -1);
  const wanted = eve < inTwoWeeks ? eve : inTwoWeeks;
  const weekday = daysOn(wanted, -(({ 0: 2, 6: 1 } as Record<number, number>)[weekdayOf(wanted)] ?? 0));
  return weekday < today ? today : weekday;
}

function daysOn(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay();
}
