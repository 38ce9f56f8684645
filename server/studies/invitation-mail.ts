import type { Invitation } from '../../shared/api/studies.ts';
import { dayWords, senderName } from '../../shared/letters/letter-text.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { loadPerson } from '../accounts/people.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';

/**
 * Mails the invitation of a member of the team, at once.
 * @returns whether a mail server took it; without one the link is passed on by hand
 */
export async function mailInvitation(
  parts: Parts,
  study: Tables['studies'],
  invitation: Invitation,
  issued: { readonly link: string; readonly expiresAt: number },
  by: string,
): Promise<boolean> {
  const inviter = await loadPerson(parts.records.read, by);
  const { zone } = await hoursOf(parts.records.read, study.id);
  const part = ROLE_NAMES[invitation.role].toLowerCase();
  try {
    await parts.mailer.send({
      id: invitation.id,
      to: invitation.email,
      ...(inviter && {
        fromName: senderName(inviter.name, 'Casebook'),
        replyTo: { name: inviter.name, address: inviter.email },
      }),
      subject: `Invitation: ${study.title}`,
      text: [
        invitation.name === '' ? 'Hello,' : `Hello ${invitation.name},`,
        '',
        `${inviter?.name ?? 'A colleague'} invites you to take part in “${study.title}” as ${part}.`,
        '',
        'This link is for you alone, and opens once:',
        issued.link,
        '',
        `It works until ${dayWords(issued.expiresAt, zone)}. ` +
          'Opening the page does nothing by itself: you decide there.',
      ].join('\n'),
      studyId: study.id,
      kind: 'invitation',
    });
    return parts.settings.smtpUrl !== null;
  } catch (cause) {
    parts.log.warn('an invitation could not be mailed', { invitation: invitation.id }, cause);
    return false;
  }
}
