import type { Transaction } from 'kysely';
import { isLocked } from '../../shared/permissions/access.ts';
import { reserveLink } from '../accounts/links.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { changeSharingOnRecord } from '../case-study/sharing-change.ts';
import { Refusal } from '../http/refusal.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { readStage } from '../studies/access-lookup.ts';
import { caseChanged } from '../studies/announcements.ts';
import { idTaken, stageLock } from '../studies/study-gate.ts';
import { announceAtSchool } from './alongside.ts';
import { refuseDayBeforeLetter } from './letter-day.ts';
import { frameworkOf } from './request-views.ts';
import {
  keepRequest,
  madeBefore,
  prepareRequest,
  type RequestWish,
  type WantedRequest,
} from './request-wish.ts';

const DAY = 24 * 60 * 60_000;

/**
 * Asks somebody at a school for information: shares what is asked for, invites where
 * that is needed, keeps the request and writes the letter. The same request made again
 * has no second effect.
 * @returns the link to be passed on by hand; empty where a letter brings it, or it was told before
 * @throws Refusal as `prepareRequest`; conflict where the case is closed at its stage; bad-request for
 *   a day before its letter can go
 */
export async function askForInformation(
  parts: Parts,
  desk: LetterDesk,
  caseId: string,
  wanted: WantedRequest,
  actor: Actor,
): Promise<string> {
  const { records, bus, clock } = parts;
  const { row: theCase, study } = await caseAndStudy(records.read, caseId);
  if (isLocked(readStage(theCase.stage)))
    throw new Refusal('conflict', await stageLock(records.read, caseId));
  const wish: RequestWish = {
    wanted,
    caseId,
    studyId: study.id,
    framework: await frameworkOf(parts, study),
    by: actor.personId ?? '',
    at: clock.now(),
  };
  const link = await records.transaction(async (transaction) => {
    const earlier = await madeBefore(transaction, wish);
    if (earlier === 'other') throw idTaken();
    if (earlier) return null;
    const { steps } = await prepareRequest(transaction, wish);
    if (steps.length > 0) {
      const change = { id: wanted.id, caseId, studyId: study.id, by: wish.by, at: wish.at, steps };
      await changeSharingOnRecord(transaction, change, actor);
    }
    const invitationId = wanted.invite
      ? ((await waitingInvitation(transaction, wish, wanted.invite.email)) ??
        (await invite(parts, transaction, wish, wanted.invite, actor)))
      : null;
    await keepRequest(transaction, wish, invitationId);
    await recordInStudy(transaction, study.id, {
      kind: 'information-asked',
      by: actor,
      at: wish.at,
      caseId,
      object:
        invitationId === null
          ? { kind: 'person', id: wanted.personId ?? '' }
          : { kind: 'invitation', id: invitationId },
      detail: { request: wanted.id, sections: wanted.sections.length, until: wanted.dueOn },
    });
    const queued = await desk.queue(transaction, {
      ...wanted.letter,
      id: wanted.id,
      kind: 'information-request',
      studyId: study.id,
      caseId,
      to:
        invitationId === null
          ? { personId: wanted.personId ?? '', schoolId: wanted.schoolId }
          : { invitationId },
      days: wanted.days,
      by: actor,
    });
    await refuseDayBeforeLetter(transaction, queued.letter, wanted.dueOn);
    return queued.link;
  });
  if (link === null) return '';
  desk.wake();
  await announceAtSchool(parts, { caseId, schoolId: wanted.schoolId, personId: wanted.personId });
  caseChanged(bus, study.id, caseId);
  return link;
}

/**
 * Two links for one person and one school would only confuse them: the letter brings a new one
 * of the invitation that they have.
 * @returns the id of an invitation that they have not taken up; null where there is none
 */
async function waitingInvitation(
  records: Transaction<Tables>,
  { wanted, caseId }: RequestWish,
  email: string,
): Promise<string | null> {
  const row = await records
    .selectFrom('links')
    .select('id')
    .where('kind', '=', 'contact')
    .where('role', '=', 'contact')
    .where('case_id', '=', caseId)
    .where('school_id', '=', wanted.schoolId)
    .where('email', '=', email)
    // One to their own words lets in to nothing that is asked for here.
    .where('quotes_alone', '=', 0)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Invites somebody new to speak for the school in this case; the letter brings the link.
 * @returns the invitation's id
 */
async function invite(
  parts: Parts,
  records: Transaction<Tables>,
  { wanted, caseId, studyId, by, at }: RequestWish,
  person: { readonly name: string; readonly email: string },
  actor: Actor,
): Promise<string> {
  const id = await reserveLink(
    parts,
    {
      kind: 'contact',
      email: person.email,
      name: person.name,
      studyId,
      role: 'contact',
      caseId,
      schoolId: wanted.schoolId,
      createdBy: by,
      lifetime: wanted.days * DAY,
    },
    records,
  );
  await recordInStudy(records, studyId, {
    kind: 'invited',
    by: actor,
    at,
    caseId,
    object: { kind: 'invitation', id },
    detail: { role: 'contact' },
  });
  return id;
}
