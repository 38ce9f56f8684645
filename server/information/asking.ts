import type { Transaction } from 'kysely';
import { isLocked } from '../../shared/permissions/access.ts';
import { type IssuedLink, issueLink } from '../accounts/links.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { changeSharingOnRecord } from '../case-study/sharing-change.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { readStage } from '../studies/access-lookup.ts';
import { caseChanged, personAccessChanged } from '../studies/announcements.ts';
import { idTaken, stageLock } from '../studies/study-gate.ts';
import { sendRequestLetter } from './request-letter.ts';
import { frameworkOf } from './request-views.ts';
import {
  keepRequest,
  madeBefore,
  prepareRequest,
  type RequestWish,
  type WantedRequest,
} from './request-wish.ts';
import { requestRows } from './requests.ts';

/** What is told once of a letter about a request. */
export interface LetterSent {
  /** Empty where nobody was invited, or the link was told before. */
  readonly link: string;
  readonly mailed: boolean;
}

/**
 * Asks somebody at a school for information: shares what is asked for, invites where
 * that is needed, keeps the request and writes the letter. The same request made again
 * has no second effect.
 * @throws Refusal as `prepareRequest`; conflict where the case is closed at its stage
 */
export async function askForInformation(
  parts: Parts,
  caseId: string,
  wanted: WantedRequest,
  actor: Actor & { readonly personId: string | null },
): Promise<LetterSent> {
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
  const made = await records.transaction(async (transaction) => {
    const earlier = await madeBefore(transaction, wish);
    if (earlier === 'other') throw idTaken();
    if (earlier) return null;
    const { steps } = await prepareRequest(transaction, wish);
    const touched =
      steps.length === 0
        ? new Set<string>()
        : await changeSharingOnRecord(
            transaction,
            { id: wanted.id, caseId, studyId: study.id, by: wish.by, at: wish.at, steps },
            actor,
          );
    const issued = wanted.invite ? await invite(parts, transaction, wish, wanted.invite, actor) : null;
    await keepRequest(transaction, wish, issued?.id ?? null);
    await recordInStudy(transaction, study.id, {
      kind: 'information-asked',
      by: actor,
      at: wish.at,
      caseId,
      object: issued ? { kind: 'invitation', id: issued.id } : { kind: 'person', id: wanted.personId ?? '' },
      detail: { request: wanted.id, sections: wanted.sections.length, until: wanted.dueOn },
    });
    return { touched, issued };
  });
  if (!made) return { link: '', mailed: false };
  const { issued } = made;
  if (wanted.personId !== null) personAccessChanged(bus, wanted.personId);
  caseChanged(bus, study.id, caseId);
  const [row] = await requestRows(records.read, { caseIds: [caseId], id: wanted.id, now: wish.at });
  if (!row) throw new Error('a request vanished while it was made');
  const mailed = await sendRequestLetter(parts, {
    id: wanted.id,
    row,
    studyId: study.id,
    words: wanted.letter,
    link: issued,
  });
  return { link: issued?.url ?? '', mailed };
}

/** Invites somebody new to speak for the school in this case. */
async function invite(
  parts: Parts,
  records: Transaction<Tables>,
  { wanted, caseId, studyId, by, at }: RequestWish,
  person: { readonly name: string; readonly email: string },
  actor: Actor,
): Promise<IssuedLink> {
  const issued = await issueLink(
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
    },
    records,
  );
  await recordInStudy(records, studyId, {
    kind: 'invited',
    by: actor,
    at,
    caseId,
    object: { kind: 'invitation', id: issued.id },
    detail: { role: 'contact' },
  });
  return issued;
}
