import type { InformationRequest } from '../../shared/api/information.ts';
import { isOverdue } from '../../shared/information/request.ts';
import type { ChipTone } from '../ui/Chip.tsx';
import { dayOf, longDayOf, momentOf } from '../ui/dates.ts';

/** @returns the ISO day that it is where the reader is */
export function todayHere(): string {
  return dayHere(Date.now());
}

/** @param at milliseconds since 1970; @returns the ISO day that it is then where the reader is */
export function dayHere(at: number): string {
  const now = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** @returns what to say of a request in a word or two */
export function standingChip(request: InformationRequest): {
  readonly tone: ChipTone;
  readonly words: string;
} {
  const overdue = isOverdue(request, todayHere());
  switch (request.state) {
    case 'invited':
      return overdue
        ? { tone: 'bad', words: 'Not come in, and the day has passed' }
        : { tone: 'wait', words: 'Not come in yet' };
    case 'invitation-over':
      return { tone: 'bad', words: 'Invitation over, never taken up' };
    case 'open':
      // Taken from them under Sharing, or with the stage: nothing is under way, whatever the day.
      if (isShut(request)) return { tone: 'bad', words: 'Cannot fill it in' };
      return overdue ? { tone: 'bad', words: 'The day has passed' } : { tone: 'wait', words: 'Under way' };
    case 'finished':
      return { tone: 'good', words: 'They say they are finished' };
    case 'closed':
      return { tone: 'calm', words: 'Closed' };
    case 'withdrawn':
      return { tone: 'calm', words: 'Withdrawn' };
    case 'left':
      return { tone: 'bad', words: 'Speaks for the school no longer' };
    default:
      return request.state satisfies never;
  }
}

/** @returns such as `; reminded on 3 May`; empty where nobody was, as where the one letter that would have did not go */
export function remindedWords({
  reminders,
  remindedAt,
  letter,
}: Pick<InformationRequest, 'reminders' | 'remindedAt' | 'letter'>): string {
  const unsent = letter?.state === 'called-back' || letter?.state === 'dropped' || letter?.state === 'failed';
  if (remindedAt === null || reminders <= (unsent ? 1 : 0)) return '';
  // The day that is known is that of the last one, which did not go.
  return unsent ? '; reminded before' : `; reminded ${onDay(remindedAt)}`;
}

/** @returns whether nothing that was asked for is open to be filled in; not where the reader sees none of it */
export function isShut({ sections }: Pick<InformationRequest, 'sections'>): boolean {
  return sections.length > 0 && !sections.some(({ fillsIn }) => fillsIn);
}

/** @returns such as `asked on 3 May, until 17 May` */
export function askedWords(request: Pick<InformationRequest, 'askedAt' | 'dueOn'>): string {
  return `asked ${onDay(request.askedAt)}, until ${dayOf(request.dueOn)}`;
}

/** @returns `on 3 May`, or `today, 14:05` */
export function onDay(at: number): string {
  const moment = momentOf(at);
  return moment.startsWith('today') ? moment : `on ${moment}`;
}

/** @param day ISO; @returns such as `Friday 20 March 2026` */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return longDayOf(new Date(year ?? 0, (month ?? 1) - 1, date ?? 1).getTime());
}

/** @param day ISO; @returns how many days it is from today, where the reader is */
export function daysUntil(day: string): number {
  return Math.round((Date.parse(day) - Date.parse(todayHere())) / 86_400_000);
}

/** @returns what became of the last letter; null where there is nothing to say */
export function letterWords(request: Pick<InformationRequest, 'letter' | 'reminders'>): string | null {
  const { letter, reminders } = request;
  if (!letter) return null;
  const which = reminders === 0 ? 'The letter' : 'The reminder';
  switch (letter.state) {
    case 'waiting':
      return `${which} goes ${onDay(letter.dueAt)}${WAITS[letter.waitsFor]}.`;
    case 'sending':
      return `${which} is just going.`;
    case 'sent':
      return `${which} went ${onDay(letter.dueAt)}.`;
    case 'by-hand':
      return `No mail goes out from here: ${which.toLowerCase()} is passed on by hand.`;
    case 'called-back':
      return `${which} was called back before it went.`;
    case 'dropped':
      return `${which} was not sent: what it was for is no longer there.`;
    case 'failed':
      return `${which} could not be sent: no mail server took it.`;
    default:
      return letter.state satisfies never;
  }
}

const WAITS = {
  'call-back': '',
  week: ', a week after the last one',
  'school-hours': ', in school hours',
  'mail-server': ': it is tried again',
} as const;
