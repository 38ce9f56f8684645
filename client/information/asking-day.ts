import type { LetterPlan } from '../../shared/api/information.ts';
import { dueWords, waitWords } from '../letters/letter-words.ts';
import { isPast } from '../ui/dates.ts';
import { longDay } from './request-words.ts';

/**
 * @param soonest the day on which the letter goes, or today; all are ISO days
 * @returns what is wrong with a day by which an answer is wanted
 */
export function dayTooEarly(dueOn: string, today: string, soonest: string): string | undefined {
  if (dueOn < today) return 'Choose a day to come';
  if (dueOn >= soonest) return undefined;
  return `Choose a later day: the letter goes only on ${longDay(soonest)}`;
}

/** @returns when a letter would go that is sent now, in a sentence; empty where none goes out */
export function planWords({ dueAt, waitsFor }: LetterPlan): string {
  if (dueAt === null) return '';
  return `The letter goes ${[dueWords(dueAt), waitWords(waitsFor)].filter(Boolean).join(', ')}.`;
}

/**
 * @param dueOn ISO day by which an answer is wanted
 * @param plan of a letter about it; null while that is not known
 * @returns whether the day is over when the letter is read: it may wait for school hours
 */
export function isOverByThen(dueOn: string, plan: LetterPlan | null): boolean {
  return plan?.dueDay == null ? isPast(dueOn) : dueOn < plan.dueDay;
}
