import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { signInPurpose } from '../accounts/codes.ts';
import { linkCodePurpose } from '../accounts/link-codes.ts';
import { readRole } from '../studies/access-lookup.ts';
import { instant, instantOrNull, type PersonReach } from './person-reach.ts';

/** What is held on a person as somebody who comes in, without any secret. */

/** @returns where they are signed in; a lead's record tells of each sign-in anyway */
export async function deviceRows({ records, personId }: PersonReach): Promise<PersonFileRow<'devices'>[]> {
  const rows = await records
    .selectFrom('session')
    .leftJoin('session_passkeys', 'session_passkeys.session_id', 'session.id')
    .leftJoin('session_oidc', 'session_oidc.session_id', 'session.id')
    .select(['session.id', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt', 'passkey_id', 'binding_id'])
    .where('userId', '=', personId)
    .orderBy('createdAt')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    label: row.userAgent || 'A browser',
    since: instant(Date.parse(row.createdAt)),
    lastUsedAt: instant(Date.parse(row.updatedAt)),
    until: instant(Date.parse(row.expiresAt)),
    passkeyId: row.passkey_id,
    serviceId: row.binding_id,
  }));
}

/** @returns passkeys, of no study: theirs to know of alone */
export async function passkeyRows(reach: PersonReach): Promise<PersonFileRow<'passkeys'>[]> {
  const { records, personId, studyId } = reach;
  if (studyId !== null) return [];
  const rows = await records
    .selectFrom('passkeys')
    .select(['id', 'name', 'rp_id', 'synced', 'created_at', 'last_used_at'])
    .where('user_id', '=', personId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    site: row.rp_id,
    synced: row.synced === 1,
    madeAt: instant(row.created_at),
    lastUsedAt: instantOrNull(row.last_used_at),
  }));
}

/** @returns accounts at other services, of no study: theirs to know of alone */
export async function serviceRows(reach: PersonReach): Promise<PersonFileRow<'services'>[]> {
  const { records, personId, studyId } = reach;
  if (studyId !== null) return [];
  const rows = await records
    .selectFrom('oidc_bindings')
    .selectAll()
    .where('user_id', '=', personId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    issuer: row.issuer,
    subject: row.subject,
    since: instant(row.created_at),
    lastUsedAt: instant(row.last_used_at),
  }));
}

/** @returns tokens; for one study, those that reach it */
export async function tokenRows(reach: PersonReach): Promise<PersonFileRow<'tokens'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('api_tokens')
    .selectAll()
    .where('user_id', '=', personId)
    .$if(studyId !== null, (query) =>
      query.where((eb) => eb.or([eb('study_id', '=', studyId), eb('study_id', 'is', null)])),
    )
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    reach: row.reach,
    studyId: row.study_id,
    madeAt: instant(row.created_at),
    lastUsedAt: instantOrNull(row.last_used_at),
    expiresAt: instantOrNull(row.expires_at),
    endedAt: instantOrNull(row.revoked_at),
  }));
}

/** @returns digits that wait; they belong to no study, and are theirs to know of alone */
export async function codeRows(reach: PersonReach): Promise<PersonFileRow<'codes'>[]> {
  const { records, email, studyId } = reach;
  if (studyId !== null) return [];
  const links = await ownLinks(reach);
  const purposes = [signInPurpose(email), ...links.map(({ id }) => linkCodePurpose(id))];
  const rows = await records
    .selectFrom('verification')
    .select(['createdAt', 'expiresAt'])
    .where('identifier', 'in', purposes)
    .execute();
  return rows.map((row) => ({
    sentAt: instant(Date.parse(row.createdAt)),
    until: instant(Date.parse(row.expiresAt)),
  }));
}

export async function studyRows(reach: PersonReach): Promise<PersonFileRow<'studies'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('members')
    .innerJoin('studies', 'studies.id', 'members.study_id')
    .select(['studies.id', 'studies.title', 'members.role', 'members.since'])
    .where('members.user_id', '=', personId)
    .$if(studyId !== null, (query) => query.where('studies.id', '=', studyId ?? ''))
    .orderBy('members.since')
    .execute();
  return rows.flatMap((row) => {
    const role = readRole(row.role);
    return role ? [{ studyId: row.id, study: row.title, role, since: instant(row.since) }] : [];
  });
}

export async function contactRows(reach: PersonReach): Promise<PersonFileRow<'contactFor'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .innerJoin('schools', 'schools.id', 'case_contacts.school_id')
    .select(['studies.id as studyId', 'studies.title as study', 'cases.id as caseId'])
    .select(['schools.id as schoolId', 'schools.name as school', 'case_contacts.since'])
    .where('case_contacts.user_id', '=', personId)
    .$if(studyId !== null, (query) => query.where('studies.id', '=', studyId ?? ''))
    .orderBy('case_contacts.since')
    .execute();
  return rows.map((row) => ({ ...row, since: instant(row.since) }));
}

/** @returns what studies that they left call them */
export async function formerRows(reach: PersonReach): Promise<PersonFileRow<'formerNames'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('former_people')
    .innerJoin('studies', 'studies.id', 'former_people.study_id')
    .select(['studies.id', 'studies.title', 'called', 'set_at'])
    .where('person_id', '=', personId)
    .$if(studyId !== null, (query) => query.where('studies.id', '=', studyId ?? ''))
    .orderBy('set_at')
    .execute();
  return rows.map((row) => ({
    studyId: row.id,
    study: row.title,
    called: row.called,
    since: instant(row.set_at),
  }));
}

/** @returns links made for them or for their address; of one study, its invitations */
export async function ownLinks({ records, personId, email, studyId }: PersonReach) {
  return records
    .selectFrom('links')
    .leftJoin('studies', 'studies.id', 'links.study_id')
    .leftJoin('schools', 'schools.id', 'links.school_id')
    .select(['links.id', 'links.kind', 'links.name', 'links.email', 'links.role', 'links.study_id'])
    .select(['links.created_at', 'links.expires_at', 'links.used_at', 'links.revoked_at'])
    .select(['studies.title as study', 'schools.name as school'])
    .where((eb) =>
      // Links that were emptied have no address, as whoever deleted their account has none.
      email === ''
        ? eb('links.user_id', '=', personId)
        : eb.or([eb('links.user_id', '=', personId), eb('links.email', '=', email)]),
    )
    .$if(studyId !== null, (query) => query.where('links.study_id', '=', studyId))
    .orderBy('links.created_at')
    .execute();
}

export async function invitationRows(reach: PersonReach): Promise<PersonFileRow<'invitations'>[]> {
  return (await ownLinks(reach)).map((row) => ({
    id: row.id,
    kind: row.kind === 'contact' && row.role === null ? 'contact-page' : row.kind,
    studyId: row.study_id,
    study: row.study,
    role: row.role,
    school: row.school,
    name: row.name,
    email: row.email,
    madeAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
    usedAt: instantOrNull(row.used_at),
    withdrawnAt: instantOrNull(row.revoked_at),
  }));
}

export async function letterRows(reach: PersonReach): Promise<PersonFileRow<'letters'>[]> {
  const { records, email, studyId } = reach;
  const rows = await records
    .selectFrom('outbox')
    .select(['id', 'subject', 'to_address', 'at', 'study_id'])
    .where('to_address', '=', email)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId))
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    to: row.to_address,
    at: instant(row.at),
    studyId: row.study_id,
  }));
}

/** @returns letters that a team wrote to them, without the words: whoever wrote them signed them */
export async function writtenLetterRows(reach: PersonReach): Promise<PersonFileRow<'writtenLetters'>[]> {
  const { records, personId, email, studyId } = reach;
  const rows = await records
    .selectFrom('letters')
    .innerJoin('studies', 'studies.id', 'letters.study_id')
    .select(['letters.id', 'letters.kind', 'letters.state', 'letters.subject'])
    .select(['letters.to_address', 'letters.made_at', 'letters.sent_at'])
    .select(['studies.id as studyId', 'studies.title as study'])
    .where((eb) =>
      eb.or([
        eb('letters.person_id', '=', personId),
        // Letters that were emptied have no address, nor has whoever deleted their account.
        ...(email === '' ? [] : [eb('letters.to_address', '=', email)]),
      ]),
    )
    .$if(studyId !== null, (query) => query.where('letters.study_id', '=', studyId ?? ''))
    .orderBy('letters.made_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    studyId: row.studyId,
    study: row.study,
    kind: row.kind,
    state: row.state,
    subject: row.subject,
    to: row.to_address,
    writtenAt: instant(row.made_at),
    sentAt: instantOrNull(row.sent_at),
  }));
}

export async function sheetRows(reach: PersonReach): Promise<PersonFileRow<'sheets'>[]> {
  const { records, personId, studyId } = reach;
  const rows = await records
    .selectFrom('sheets_shown')
    .innerJoin('studies', 'studies.id', 'sheets_shown.study_id')
    .select(['studies.id', 'studies.title', 'version', 'at', 'link_id'])
    .where('person_id', '=', personId)
    .$if(studyId !== null, (query) => query.where('studies.id', '=', studyId ?? ''))
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    studyId: row.id,
    study: row.title,
    version: row.version,
    at: instant(row.at),
    how: row.link_id === '' ? 'page' : 'invitation',
  }));
}
