import { LINK_PLACE, type RequestLetter } from '../../shared/information/letter-draft.ts';
import { loadPerson } from '../accounts/people.ts';
import type { Parts } from '../parts.ts';
import type { RequestRow } from './requests.ts';

/** A letter about a request: the first, or one that reminds. */
export interface LetterOfRequest {
  /** Client-made; the same letter sent again does nothing. */
  readonly id: string;
  readonly row: RequestRow;
  readonly studyId: string;
  readonly words: RequestLetter;
  /** The one-time link of a new invitation; null for somebody who has been in. */
  readonly link: { readonly url: string; readonly expiresAt: number } | null;
}

/** @returns whether a mail server took it; without one it lies in the outbox */
export async function sendRequestLetter(parts: Parts, letter: LetterOfRequest): Promise<boolean> {
  const { records, mailer, settings, log } = parts;
  const { row, words } = letter;
  const to = row.personId === null ? row.invitedEmail : (await loadPerson(records.read, row.personId))?.email;
  if (!to) return false;
  const [before = '', ...after] = words.text.split(LINK_PLACE);
  const text = [before.trim(), linkPart(letter, `${settings.publicUrl}/contact`), after.join('').trim()];
  try {
    await mailer.send({
      id: letter.id,
      to,
      subject: words.subject,
      text: text.filter((part) => part !== '').join('\n\n'),
      studyId: letter.studyId,
      kind: 'invitation',
    });
    return settings.smtpUrl !== null;
  } catch (cause) {
    log.warn('a request for information could not be mailed', { request: row.id }, cause);
    return false;
  }
}

function linkPart({ link }: LetterOfRequest, page: string): string {
  if (!link) return `You find it on your page:\n${page}`;
  return [
    'This link is for you alone, and opens once:',
    link.url,
    `It works until ${new Date(link.expiresAt).toISOString().slice(0, 10)}. ` +
      'Opening the page does nothing by itself: you decide there.',
  ].join('\n');
}
