import type { Invitation, RouteInput } from '../../shared/api/contract.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { type IssuedLink, issueLink, revokeLinks } from '../accounts/links.ts';
import { findByEmail, loadPerson } from '../accounts/people.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadAsker, readRole } from './access-lookup.ts';
import { studyChanged } from './announcements.ts';
import { idTaken, nothingThere, openStudy } from './study-gate.ts';

type Wanted = RouteInput<'POST /api/studies/:studyId/invitations'>;

/** Invitations into a study, and of school contacts into one case of it. */
export function invitationRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;
  return {
    'GET /api/studies/:studyId/invitations': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const rows = await records.read
        .selectFrom('links')
        .selectAll()
        .where('study_id', '=', studyId)
        .where('kind', 'in', ['member', 'contact'])
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return { invitations: rows.map((row) => asInvitation(row, clock.now())) };
    },

    'POST /api/studies/:studyId/invitations': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      const { study } = await openStudy(records.read, personId, studyId, 'manage-people');
      const wanted = call.body;
      const { row, issued } = await records.transaction(async (transaction) => {
        const earlier = await linkRow(transaction, wanted.id);
        if (earlier) {
          if (!sameInvitation(earlier, wanted, studyId, personId)) throw idTaken();
          return { row: earlier, issued: null };
        }
        await checkPlace(transaction, studyId, wanted);
        const issued = await issueLink(parts, newLink(wanted, studyId, personId), transaction);
        const row = await linkRow(transaction, wanted.id);
        if (!row) throw new Error('an invitation vanished while it was made');
        await recordInStudy(transaction, studyId, {
          kind: 'invited',
          by: call.actor,
          at: clock.now(),
          caseId: wanted.caseId,
          object: { kind: 'invitation', id: row.id },
          detail: { role: wanted.role },
        });
        return { row, issued };
      });
      const invitation = asInvitation(row, clock.now());
      // the token is nowhere any more: a repeated call cannot tell it again
      if (!issued) return { invitation, link: '', mailed: false };
      studyChanged(bus, studyId);
      const mailed = await mailInvitation(parts, study, row, issued, personId);
      return { invitation, link: issued.url, mailed };
    },

    'DELETE /api/invitations/:invitationId': async (call) => {
      const { personId } = signedIn(call);
      const row = await linkRow(records.read, call.params.invitationId);
      if (!row?.study_id || (row.kind !== 'member' && row.kind !== 'contact')) throw nothingThere();
      await openStudy(records.read, personId, row.study_id, 'manage-people');
      if (row.used_at !== null) {
        throw new Refusal('conflict', 'This invitation was taken up. Remove the person instead.');
      }
      const { id, study_id: studyId, case_id: caseId } = row;
      await records.transaction(async (transaction) => {
        if ((await revokeLinks(parts, transaction, { id })) === 0) return;
        await recordInStudy(transaction, studyId, {
          kind: 'invitation-withdrawn',
          by: call.actor,
          at: clock.now(),
          caseId,
          object: { kind: 'invitation', id },
          detail: {},
        });
      });
      studyChanged(bus, studyId);
      return { ok: true };
    },
  };
}

function linkRow(records: Records, id: string): Promise<Tables['links'] | undefined> {
  return records.selectFrom('links').selectAll().where('id', '=', id).executeTakeFirst();
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
  };
}

function sameInvitation(row: Tables['links'], wanted: Wanted, studyId: string, by: string): boolean {
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

/** @returns whether a mail server took it; without one the link is passed on by hand */
async function mailInvitation(
  parts: Parts,
  study: Tables['studies'],
  row: Tables['links'],
  issued: IssuedLink,
  by: string,
): Promise<boolean> {
  const inviter = (await loadPerson(parts.records.read, by))?.name ?? 'A colleague';
  const role = readRole(row.role);
  const part =
    role === 'contact'
      ? `asks for your help with a case study about your school (${study.title}).`
      : `invites you to take part in “${study.title}” as ${role ? ROLE_NAMES[role].toLowerCase() : 'a member'}.`;
  try {
    await parts.mailer.send({
      id: row.id,
      to: row.email,
      subject: role === 'contact' ? `About your school: ${study.title}` : `Invitation: ${study.title}`,
      text: [
        row.name === '' ? 'Hello,' : `Hello ${row.name},`,
        '',
        `${inviter} ${part}`,
        '',
        'This link is for you alone, and opens once:',
        issued.url,
        '',
        `It works until ${new Date(issued.expiresAt).toISOString().slice(0, 10)}. ` +
          'Opening the page does nothing by itself: you decide there.',
      ].join('\n'),
      studyId: study.id,
      kind: 'invitation',
    });
    return parts.settings.smtpUrl !== null;
  } catch (cause) {
    parts.log.warn('an invitation could not be mailed', { invitation: row.id }, cause);
    return false;
  }
}

function asInvitation(row: Tables['links'], now: number): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: readRole(row.role) ?? 'viewer',
    caseId: row.case_id,
    schoolId: row.school_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state:
      row.used_at !== null
        ? 'used'
        : row.revoked_at !== null
          ? 'revoked'
          : row.expires_at <= now
            ? 'expired'
            : 'open',
  };
}
