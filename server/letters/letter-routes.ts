import { isDeepStrictEqual } from 'node:util';
import { letterText, linkPart, senderName } from '../../shared/letters/letter-text.ts';
import { linkUrl } from '../accounts/links.ts';
import { loadPerson } from '../accounts/people.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { reckonStudy } from '../quotes/quote-store.ts';
import { recallAsksOf } from '../quotes/recalling.ts';
import { studyChanged } from '../studies/announcements.ts';
import { loadInvitation } from '../studies/invitations.ts';
import { nothingThere, openStudy } from '../studies/study-gate.ts';
import type { LetterDesk } from './letter-desk.ts';
import { callBackLetter } from './letter-ends.ts';
import { momentFor, reckonAnew } from './letter-moments.ts';
import { letterRow, linkEnd } from './letter-queue.ts';
import { asLetter, asWholeLetter, lettersOf } from './letter-reading.ts';
import { hoursOf } from './study-hours.ts';

/** What stands in a preview in place of a token. */
const NO_TOKEN = '…';

/** Letters to school contacts, and when those of a study may go. */
export function letterRoutes(parts: Parts, desk: LetterDesk): Routes {
  const { records, clock, bus, settings } = parts;

  /** @throws Refusal not-found where there is no such letter, or not for this person */
  const openLetter = async (personId: string, id: string): Promise<Tables['letters']> => {
    const row = await letterRow(records.read, id);
    if (!row) throw nothingThere();
    await openStudy(records.read, personId, row.study_id, 'manage-people');
    return row;
  };

  return {
    'GET /api/studies/:studyId/letters': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      return { letters: await lettersOf(records.read, studyId) };
    },

    'POST /api/studies/:studyId/letters/preview': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const { email, name, subject, text, days, anyHour } = call.body;
      const sender = await loadPerson(records.read, personId);
      if (!sender) throw new Error('whoever asks is somebody');
      const now = clock.now();
      const goesOut = settings.smtpUrl !== null;
      const moment = goesOut
        ? await momentFor(records.read, { studyId, email, anyHour, askedAt: now })
        : ({ at: now, waitsFor: 'call-back' } as const);
      const { zone } = await hoursOf(records.read, studyId);
      const part = linkPart({ url: linkUrl(parts, NO_TOKEN), until: linkEnd({ days }, moment.at), zone });
      return {
        from: senderName(sender.name, 'Casebook'),
        replyTo: sender.email,
        to: name === '' ? email : `${name} <${email}>`,
        subject,
        text: letterText(text, part),
        dueAt: goesOut ? moment.at : null,
        waitsFor: moment.waitsFor,
      };
    },

    'POST /api/invitations/:invitationId/letters': async (call) => {
      const { personId } = signedIn(call);
      const { invitationId } = call.params;
      const found = await loadInvitation(records.read, invitationId, clock.now());
      if (!found) throw nothingThere();
      const { studyId, invitation } = found;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const { caseId, state } = invitation;
      if (invitation.role !== 'contact' || caseId === null) {
        throw new Refusal('conflict', 'Only the invitation of a school contact is sent again; invite anew.');
      }
      if (state === 'used') throw new Refusal('conflict', 'This invitation was taken up: they are in.');
      const { link } = await records.transaction((transaction) =>
        desk.queue(transaction, {
          ...call.body,
          kind: 'invitation',
          studyId,
          caseId,
          to: { invitationId },
          by: call.actor,
        }),
      );
      desk.wake();
      studyChanged(bus, studyId);
      const after = await loadInvitation(records.read, invitationId, clock.now());
      return { invitation: after?.invitation ?? invitation, link };
    },

    'GET /api/letters/:letterId': async (call) => {
      const { personId } = signedIn(call);
      return asWholeLetter(await openLetter(personId, call.params.letterId));
    },

    'POST /api/letters/:letterId/call-back': async (call) => {
      const { personId } = signedIn(call);
      const row = await openLetter(personId, call.params.letterId);
      const ending = { by: call.actor, at: clock.now() };
      const ended = await records.transaction(async (transaction) => {
        const held = await callBackLetter(transaction, row, ending);
        if (held && row.kind === 'quotes') {
          await recallAsksOf(transaction, parts.random, row.id, { personId, at: ending.at });
        }
        const after = await letterRow(transaction, row.id);
        // Called back twice, it is still called back.
        if (!held && after?.state !== 'called-back') throw tooLate(after?.state);
        return after ?? row;
      });
      desk.wake();
      studyChanged(bus, row.study_id);
      return asLetter(ended);
    },

    'GET /api/studies/:studyId/school-hours': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const { days, holidays, ...hours } = await hoursOf(records.read, studyId);
      return { ...hours, days: [...days], holidays: [...holidays] };
    },

    'PUT /api/studies/:studyId/school-hours': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const hours = call.body;
      const at = clock.now();
      const said = { hours: JSON.stringify(hours), set_by: personId, set_at: at };
      await records.transaction(async (transaction) => {
        if (isDeepStrictEqual(await hoursOf(transaction, studyId), hours)) return;
        await transaction
          .insertInto('school_hours')
          .values({ study_id: studyId, ...said })
          .onConflict((conflict) => conflict.column('study_id').doUpdateSet(said))
          .execute();
        await recordInStudy(transaction, studyId, {
          kind: 'study-changed',
          by: call.actor,
          at,
          detail: { parts: 'schoolHours' },
        });
        await reckonAnew(transaction, studyId, at);
        await reckonStudy(transaction, studyId);
      });
      desk.wake();
      studyChanged(bus, studyId);
      return hours;
    },
  };
}

function tooLate(state: string | undefined): Refusal {
  return new Refusal(
    'conflict',
    state === 'by-hand'
      ? 'No mail goes out from here, so there is nothing to call back. Take the invitation back instead.'
      : 'This letter cannot be called back any more: it has gone, or is just going.',
  );
}
