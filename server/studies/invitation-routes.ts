import type { Selectable, Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import { invitationDraft } from '../../shared/letters/letter-text.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { type IssuedLink, issueLink, reserveLink, revokeLinks } from '../accounts/links.ts';
import { findByEmail, loadPerson } from '../accounts/people.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadAsker } from './access-lookup.ts';
import { studyChanged } from './announcements.ts';
import { mailInvitation } from './invitation-mail.ts';
import { linkRow, loadInvitation, loadInvitations } from './invitations.ts';
import { idTaken, nothingThere, openStudy } from './study-gate.ts';

type Wanted = RouteInput<'POST /api/studies/:studyId/invitations'>;
type Study = Tables['studies'];

const DAY = 24 * 60 * 60_000;

/** Invitations into a study, and of school contacts into one case of it. */
export function invitationRoutes(parts: Parts, desk: LetterDesk): Routes {
  const { records, bus, clock, settings } = parts;
  return {
    'GET /api/studies/:studyId/invitations': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      return { invitations: await loadInvitations(records.read, studyId, clock.now()) };
    },

    'POST /api/studies/:studyId/invitations': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      const { study } = await openStudy(records.read, personId, studyId, 'manage-people');
      const wanted = call.body;
      const made = await records.transaction(async (transaction) => {
        const earlier = await linkRow(transaction, wanted.id);
        if (earlier) {
          if (!sameInvitation(earlier, wanted, studyId, personId)) throw idTaken();
          return null;
        }
        await checkPlace(transaction, studyId, wanted);
        return invite(parts, desk, transaction, { wanted, study, personId, by: call.actor });
      });
      if (made) studyChanged(bus, studyId);
      desk.wake();
      const told = await loadInvitation(records.read, wanted.id, clock.now());
      if (!told) throw new Error('an invitation vanished while it was made');
      const { invitation } = told;
      // The token is nowhere any more: a repeated call cannot tell it again.
      if (!made) return { invitation, link: '', mailed: false };
      if (wanted.role === 'contact') {
        return { invitation, link: made.link, mailed: settings.smtpUrl !== null && made.link === '' };
      }
      const mailed = await mailInvitation(parts, study, invitation, made, personId);
      return { invitation, link: made.link, mailed };
    },

    'DELETE /api/invitations/:invitationId': async (call) => {
      const { personId } = signedIn(call);
      const row = await linkRow(records.read, call.params.invitationId);
      if (!row?.study_id) throw nothingThere();
      await openStudy(records.read, personId, row.study_id, 'manage-people');
      if (row.used_at !== null) {
        throw new Refusal('conflict', 'This invitation was taken up. Remove the person instead.');
      }
      const { id, study_id: studyId, case_id: caseId } = row;
      await records.transaction(async (transaction) => {
        if ((await revokeLinks(parts, transaction, { id })) === 0) return;
        const deed = { by: call.actor, at: clock.now() };
        await recordInStudy(transaction, studyId, {
          kind: 'invitation-withdrawn',
          ...deed,
          caseId,
          object: { kind: 'invitation', id },
          detail: {},
        });
        await dropLetters(transaction, { linkId: id }, deed);
      });
      studyChanged(bus, studyId);
      return { ok: true };
    },
  };
}

interface Inviting {
  readonly wanted: Wanted;
  readonly study: Study;
  readonly personId: string;
  readonly by: Actor;
}

/** @returns the link, told this once; an empty one where a letter brings it */
async function invite(
  parts: Parts,
  desk: LetterDesk,
  records: Transaction<Tables>,
  { wanted, study, personId, by }: Inviting,
): Promise<Pick<IssuedLink, 'id' | 'expiresAt'> & { readonly link: string }> {
  const link = newLink(wanted, study.id, personId);
  const invited = {
    kind: 'invited',
    by,
    at: parts.clock.now(),
    caseId: wanted.caseId,
    object: { kind: 'invitation', id: wanted.id },
    detail: { role: wanted.role },
  } as const;
  const letter = wanted.letter ?? (await usualLetter(parts, records, { wanted, study, personId, by }));
  if (wanted.role !== 'contact' || wanted.caseId === null || !letter) {
    const issued = await issueLink(parts, link, records);
    await recordInStudy(records, study.id, invited);
    return { id: issued.id, expiresAt: issued.expiresAt, link: issued.url };
  }
  await reserveLink(parts, link, records);
  await recordInStudy(records, study.id, invited);
  const queued = await desk.queue(records, {
    ...letter,
    id: parts.random.id(),
    kind: 'invitation',
    studyId: study.id,
    caseId: wanted.caseId,
    to: { invitationId: wanted.id },
    days: wanted.days,
    by,
  });
  return { id: wanted.id, expiresAt: 0, link: queued.link };
}

/** @returns what stands in the outbox where no mail goes out, and nothing was written; null elsewhere */
async function usualLetter(
  { settings }: Parts,
  records: Records,
  { wanted, study, personId }: Inviting,
): Promise<Wanted['letter']> {
  if (settings.smtpUrl !== null || wanted.role !== 'contact') return null;
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', wanted.schoolId)
    .executeTakeFirst();
  const draft = invitationDraft({
    name: wanted.name,
    sender: (await loadPerson(records, personId))?.name ?? '',
    studyTitle: study.title,
    schoolName: school?.name ?? '',
  });
  return { ...draft, anyHour: false };
}

function newLink(wanted: Wanted, studyId: string, createdBy: string) {
  return {
    kind: wanted.role === 'contact' ? ('contact' as const) : ('member' as const),
    id: wanted.id,
    email: wanted.email,
    name: wanted.name,
    studyId,
    role: wanted.role,
    ...(wanted.caseId !== null && { caseId: wanted.caseId }),
    ...(wanted.schoolId !== null && { schoolId: wanted.schoolId }),
    createdBy,
    ...(wanted.role === 'contact' && { lifetime: wanted.days * DAY }),
  };
}

function sameInvitation(
  row: Selectable<Tables['links']>,
  wanted: Wanted,
  studyId: string,
  by: string,
): boolean {
  return (
    row.created_by === by &&
    row.study_id === studyId &&
    row.email === wanted.email &&
    row.name === wanted.name &&
    row.role === wanted.role &&
    row.case_id === wanted.caseId &&
    row.school_id === wanted.schoolId
  );
}

/** A contact speaks for one school of one case; a member belongs to the whole study. */
async function checkPlace(records: Records, studyId: string, wanted: Wanted): Promise<void> {
  if (wanted.role !== 'contact') {
    await refuseMember(records, studyId, wanted.email);
    if (wanted.caseId === null && wanted.schoolId === null) return;
    throw new Refusal('bad-request', 'Only a school contact is invited to a single case study.', [
      { path: wanted.caseId === null ? 'schoolId' : 'caseId', message: 'is for school contacts only' },
    ]);
  }
  const theCase =
    wanted.caseId === null
      ? undefined
      : await records
          .selectFrom('cases')
          .select('id')
          .where('id', '=', wanted.caseId)
          .where('study_id', '=', studyId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
  if (!theCase) throw noPlace('caseId', 'choose the case study that this person is asked about');
  const place =
    wanted.schoolId === null
      ? undefined
      : await records
          .selectFrom('case_schools')
          .select('school_id')
          .where('case_id', '=', theCase.id)
          .where('school_id', '=', wanted.schoolId)
          .executeTakeFirst();
  if (!place) throw noPlace('schoolId', 'choose a school of this case study');
  await refuseKnown(records, theCase.id, place.school_id, wanted.email);
}

/** Two links for one person and one case would only confuse them. */
async function refuseKnown(records: Records, caseId: string, schoolId: string, email: string): Promise<void> {
  const contact = await records
    .selectFrom('case_contacts')
    .innerJoin('user', 'user.id', 'case_contacts.user_id')
    .select('user.name')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .where('user.email', '=', email)
    // whoever checks their words can be asked for more
    .where('case_contacts.quotes_alone', '=', 0)
    .executeTakeFirst();
  if (contact) {
    throw new Refusal('conflict', `${contact.name} is in already, and speaks for this school.`);
  }
  const invited = await records
    .selectFrom('links')
    .select(['name', 'email'])
    .where('kind', '=', 'contact')
    .where('role', '=', 'contact')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (invited) {
    throw new Refusal(
      'conflict',
      `${invited.name || invited.email} is invited already. Send that invitation again instead.`,
    );
  }
}

function noPlace(path: 'caseId' | 'schoolId', message: string): Refusal {
  return new Refusal('bad-request', 'Choose the case study, and the school that this person speaks for.', [
    { path, message },
  ]);
}

async function refuseMember(records: Records, studyId: string, email: string): Promise<void> {
  const person = await findByEmail(records, email);
  const role = person ? (await loadAsker(records, person.id, studyId)).role : null;
  if (person && role) {
    throw new Refusal(
      'conflict',
      `${person.name} belongs to this study already (${ROLE_NAMES[role].toLowerCase()}).`,
    );
  }
}
