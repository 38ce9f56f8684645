import type { Letter, LetterPreview, WholeLetter } from '../../shared/api/letters.ts';
import { LINK_PLACE } from '../../shared/letters/letter-text.ts';
import { clockTimeOf, longDayOf, momentOf } from '../ui/dates.ts';

const MINUTE = 60_000;

/** @returns such as `today at 14:05`, or `Monday 19 January 2026 at 08:00` */
export function dueWords(at: number): string {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return `${today ? 'today' : longDayOf(at)} at ${clockTimeOf(at)}`;
}

/** @returns why a letter does not go earlier, as the end of a sentence; empty where it goes as soon as any can */
export function waitWords(waitsFor: LetterPreview['waitsFor']): string {
  switch (waitsFor) {
    case 'call-back':
      return '';
    case 'school-hours':
      return 'in school hours';
    case 'week':
      return 'a week after the last letter to them';
    case 'mail-server':
      return 'as the mail server did not take it yet';
    default:
      return waitsFor satisfies never;
  }
}

/** @returns how long that is from now, such as `in 9 minutes` */
export function fromNow(at: number, now: number): string {
  const minutes = Math.ceil((at - now) / MINUTE);
  if (minutes <= 1) return 'within a minute';
  return `in ${minutes} minutes`;
}

/** @returns what became of a letter, in a few words */
export function stateWords(letter: Letter): string {
  switch (letter.state) {
    case 'waiting':
      return letter.waitsFor === 'mail-server'
        ? `Not taken by the mail server yet; tried again ${dueWords(letter.dueAt)}`
        : [`Goes ${dueWords(letter.dueAt)}`, waitWords(letter.waitsFor)].filter(Boolean).join(', ');
    case 'sending':
      return 'Is going just now';
    case 'sent':
      return `Sent ${momentOf(letter.sentAt ?? letter.madeAt)}`;
    case 'by-hand':
      return `Lies in the outbox, to be passed on by hand; written ${momentOf(letter.madeAt)}`;
    case 'called-back':
      return 'Called back: nothing was sent';
    case 'dropped':
      return 'Not sent: it was no longer needed';
    case 'failed':
      return 'Could not be sent: no mail server took it';
    default:
      return letter.state satisfies never;
  }
}

/** @returns the same in a word or two */
export function shortState(letter: Letter): string {
  switch (letter.state) {
    case 'waiting':
      return 'Waits';
    case 'sending':
      return 'Is going';
    case 'sent':
      return 'Sent';
    case 'by-hand':
      return 'In the outbox';
    case 'called-back':
      return 'Called back';
    case 'dropped':
    case 'failed':
      return 'Not sent';
    default:
      return letter.state satisfies never;
  }
}

/** @returns whom it is to; a study that let go of their name calls them so */
export function addresseeOf(letter: Pick<Letter, 'toName' | 'toAddress'>): string {
  return letter.toName || letter.toAddress || 'a former contact';
}

/** @returns what is to be known of the link of a letter, of which `[link]` holds the place */
export function linkWords({ state, days, text }: Pick<WholeLetter, 'state' | 'days' | 'text'>): string {
  const place = text.includes(LINK_PLACE) ? `where it says ${LINK_PLACE}` : 'at the end';
  switch (state) {
    case 'waiting':
    case 'sending':
      return `Its link is made when it goes, stands ${place}, and works for ${days} days.`;
    case 'sent':
    case 'by-hand':
      return `Its link, good for ${days} days, stands ${place}. The link itself is kept nowhere, and nobody is told whether a letter was opened.`;
    case 'called-back':
    case 'dropped':
    case 'failed':
      return `It was not sent. Its link would have stood ${place}.`;
    default:
      return state satisfies never;
  }
}
