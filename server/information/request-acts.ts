import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import type { SharingStep } from '../../shared/api/sharing.ts';
import { isUnderWay, nextLetterAt } from '../../shared/information/request.ts';
import { isLocked } from '../../shared/permissions/access.ts';
import { revokeLinks } from '../accounts/links.ts';
import { type Actor, type Deed, recordInStudy } from '../audit/audit-chain.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { changeSharingOnRecord } from '../case-study/sharing-change.ts';
import { Refusal } from '../http/refusal.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import { dropLetter } from '../letters/letter-ends.ts';
import { THE_SERVER } from '../letters/letter-purpose.ts';
import { letterRow } from '../letters/letter-queue.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { readStage } from '../studies/access-lookup.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere, stageLock } from '../studies/study-gate.ts';
import { announceAtSchool } from './alongside.ts';
import { refuseDayBeforeLetter } from './letter-day.ts';
import { closingSteps, withdrawingSteps } from './request-ends.ts';
import { frameworkOf } from './request-views.ts';
import { checkDueOn } from './request-wish.ts';
import { type RequestRow, requestRows } from './requests.ts';

/** Something done to a request by somebody of the team who may. */
export interface RequestAct {
  readonly caseId: string;
  readonly requestId: string;
  readonly by: Actor;
}

/** The end of a request. */
export interface RequestEnd extends RequestAct {
  /** Whether they may invite people to the study, and so take an invitation back. */
  readonly mayInvite: boolean;
}

const isOver = () => new Refusal('conflict', 'This request is closed or was withdrawn. Look again, please.');

/** @throws Refusal not-found for a request that is not of this case */
async function requestOf(
  records: Transaction<Tables>,
  { caseId, requestId }: Pick<RequestAct, 'caseId' | 'requestId'>,
  now: number,
): Promise<RequestRow> {
  const [row] = await requestRows(records, { caseIds: [caseId], id: requestId, now });
  if (!row) throw nothingThere();
  return row;
}

function record(
  records: Transaction<Tables>,
  studyId: string,
  row: RequestRow,
  deed: Pick<Deed, 'kind' | 'detail' | 'by' | 'at'>,
): Promise<void> {
  const object =
    row.personId === null && row.link_id !== null
      ? ({ kind: 'invitation', id: row.link_id } as const)
      : ({ kind: 'person', id: row.personId ?? '' } as const);
  return recordInStudy(records, studyId, { ...deed, caseId: row.case_id, object });
}

async function announce(parts: Parts, studyId: string, row: RequestRow): Promise<void> {
  await announceAtSchool(parts, {
    caseId: row.case_id,
    schoolId: row.school_id,
    personId: row.personId,
  });
  caseChanged(parts.bus, studyId, row.case_id);
}

/** Changes the day by which the answer is wanted. @throws Refusal bad-request, not-found, conflict */
export async function changeDueOn(parts: Parts, act: RequestAct, dueOn: string): Promise<void> {
  const { records, clock } = parts;
  const { study } = await caseAndStudy(records.read, act.caseId);
  const at = clock.now();
  const row = await records.transaction(async (transaction) => {
    const row = await requestOf(transaction, act, at);
    if (!isUnderWay(row.state)) throw isOver();
    if (row.due_on === dueOn) return row;
    checkDueOn(dueOn, at);
    // A reminder may come after the day; the letter that asks may not.
    const asks = row.letter?.id === row.id ? await letterRow(transaction, row.id) : undefined;
    if (asks) await refuseDayBeforeLetter(transaction, asks, dueOn);
    await change(transaction, row.id, { due_on: dueOn });
    const detail = { request: row.id, from: row.due_on, to: dueOn };
    await record(transaction, study.id, row, { kind: 'information-moved', by: act.by, at, detail });
    return row;
  });
  await announce(parts, study.id, row);
}

/**
 * Writes to them again.
 * @returns the link to be passed on by hand; empty where a letter brings it, or it was told before
 * @throws Refusal not-found; conflict within a week of the last letter, where nobody is there to
 *   answer, and while the case is closed
 */
export async function remindOfRequest(
  parts: Parts,
  desk: LetterDesk,
  act: RequestAct,
  wanted: RouteInput<'POST /api/cases/:caseId/information/:requestId/remind'>,
): Promise<string> {
  const { records, clock } = parts;
  const { row: theCase, study } = await caseAndStudy(records.read, act.caseId);
  if (isLocked(readStage(theCase.stage))) {
    throw new Refusal('conflict', await stageLock(records.read, act.caseId));
  }
  const at = clock.now();
  const done = await records.transaction(async (transaction) => {
    const row = await requestOf(transaction, act, at);
    if (row.reminder_id === wanted.id) return null;
    refuseReminder(row, at);
    await change(transaction, row.id, {
      reminded_at: at,
      reminder_id: wanted.id,
      reminders: row.reminders + 1,
    });
    const detail = { request: row.id };
    await record(transaction, study.id, row, { kind: 'information-reminded', by: act.by, at, detail });
    const { link } = await desk.queue(transaction, {
      ...wanted.letter,
      id: wanted.id,
      kind: 'information-request',
      studyId: study.id,
      caseId: act.caseId,
      to:
        row.personId === null
          ? { invitationId: row.link_id ?? '' }
          : { personId: row.personId, schoolId: row.school_id },
      days: wanted.days,
      by: act.by,
    });
    return { row, link };
  });
  if (!done) return '';
  desk.wake();
  await announce(parts, study.id, done.row);
  return done.link;
}

function refuseReminder(row: RequestRow, now: number): void {
  if (row.state === 'finished') throw new Refusal('conflict', 'They said that they are finished.');
  if (row.state === 'left') throw new Refusal('conflict', 'They speak for this school no longer.');
  if (!isUnderWay(row.state)) throw isOver();
  const next = nextLetterAt({ askedAt: row.made_at, remindedAt: row.reminded_at, letter: row.letter });
  // A new link in the place of one that ran out is no pressing; the letter itself still keeps its week.
  if (now >= next || row.state === 'invitation-over') return;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(next);
  throw new Refusal('conflict', `A letter about this was written lately. The next can be on ${day}.`);
}

/** Says that the answer is enough: what was asked for can be read by them, and filled in no more. */
export async function closeRequest(parts: Parts, act: RequestEnd): Promise<void> {
  const framework = await frameworkOf(parts, (await caseAndStudy(parts.records.read, act.caseId)).study);
  await endRequest(parts, act, 'closed', (transaction, row) => closingSteps(transaction, framework, row));
}

/** Takes a request back, with what it opened and the invitation that was made for it and waits. */
export async function withdrawRequest(parts: Parts, act: RequestEnd): Promise<void> {
  await endRequest(parts, act, 'withdrawn', withdrawingSteps);
}

async function endRequest(
  parts: Parts,
  act: RequestEnd,
  how: 'closed' | 'withdrawn',
  stepsOf: (records: Transaction<Tables>, row: RequestRow) => Promise<readonly SharingStep[]>,
): Promise<void> {
  const { records, clock, random, refusals } = parts;
  const { study } = await caseAndStudy(records.read, act.caseId);
  const at = clock.now();
  const by = act.by.personId ?? '';
  const done = await records.transaction(async (transaction) => {
    const row = await requestOf(transaction, act, at);
    if (row.state === how) return null;
    if (!isUnderWay(row.state)) throw isOver();
    const steps = await stepsOf(transaction, row);
    if (steps.length > 0) {
      const wish = { id: random.id(), caseId: act.caseId, studyId: study.id, by, at, steps };
      await changeSharingOnRecord(transaction, wish, act.by);
    }
    // One that was made for something else before stays; and whoever may not invite ends none.
    if (row.state === 'invited' && row.link_id !== null && row.ownInvitation && act.mayInvite) {
      await revokeLinks(parts, transaction, { id: row.link_id });
      const object = { kind: 'invitation', id: row.link_id } as const;
      const deed = { by: act.by, at, caseId: act.caseId, object, detail: {} };
      await recordInStudy(transaction, study.id, { kind: 'invitation-withdrawn', ...deed });
    }
    await dropWaiting(transaction, row, at);
    await change(
      transaction,
      row.id,
      how === 'closed' ? { closed_at: at, closed_by: by } : { withdrawn_at: at, withdrawn_by: by },
    );
    const kind = how === 'closed' ? 'information-closed' : 'information-withdrawn';
    await record(transaction, study.id, row, { kind, by: act.by, at, detail: { request: row.id } });
    return { row, steps };
  });
  if (!done) return;
  for (const { blockId, personId } of done.steps) refusals.taken.note(personId, { blockId });
  await announce(parts, study.id, done.row);
}

/**
 * Says for the person who was asked that they have filled in what they can, or go on after all.
 * @throws Refusal not-found for what was not asked of them; conflict once it is over, and while the case is locked
 */
export async function finishRequest(
  parts: Parts,
  personId: string,
  requestId: string,
  said: RouteInput<'POST /api/contact/information/:requestId'>,
  by: Actor,
): Promise<void> {
  const { records, clock } = parts;
  const at = clock.now();
  const place = await records.read
    .selectFrom('information_requests')
    .select('case_id')
    .where('id', '=', requestId)
    .executeTakeFirst();
  if (!place) throw nothingThere();
  const { row: theCase, study } = await caseAndStudy(records.read, place.case_id);
  const done = await records.transaction(async (transaction) => {
    const row = await requestOf(transaction, { caseId: place.case_id, requestId }, at);
    const theirs = row.personId === personId && row.state !== 'withdrawn' && row.state !== 'left';
    if (!theirs || theCase.deleted_at !== null || study.deleted_at !== null) throw nothingThere();
    if (row.state === 'closed')
      throw new Refusal('conflict', 'The team has closed this: it has what it needs.');
    if (isLocked(readStage(theCase.stage))) {
      // How the team is getting on with the case is not for a school (ACCESS-5).
      throw new Refusal('conflict', 'The questions are closed: the case study is being finished.');
    }
    const couldNot = said.finished ? said.couldNot : '';
    const same = (row.finished_at !== null) === said.finished && row.could_not === couldNot;
    if (same) return null;
    await change(transaction, row.id, { finished_at: said.finished ? at : null, could_not: couldNot });
    if (said.finished) await dropWaiting(transaction, row, at);
    const detail = { request: row.id, said: said.finished ? 'finished' : 'goes-on' } as const;
    await record(transaction, study.id, row, { kind: 'information-finished', by, at, detail });
    return row;
  });
  if (done) await announce(parts, study.id, done);
}

/** A letter that waits says what is not so any more. Nobody called it back: it is of no use now. */
async function dropWaiting(records: Transaction<Tables>, row: RequestRow, at: number): Promise<void> {
  const waiting = row.letter?.state === 'waiting' ? await letterRow(records, row.letter.id) : undefined;
  if (waiting) await dropLetter(records, waiting, { by: THE_SERVER, at });
}

async function change(
  records: Transaction<Tables>,
  id: string,
  columns: Partial<Tables['information_requests']>,
): Promise<void> {
  await records.updateTable('information_requests').set(columns).where('id', '=', id).execute();
}
