import type { Transaction } from 'kysely';
import type { LetterKind } from '../../shared/letters/letter-state.ts';
import { giveToken, linkUrl } from '../accounts/links.ts';
import { loadPerson } from '../accounts/people.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken } from '../studies/study-gate.ts';
import { type Addressee, addresseeOf, type Recipient } from './letter-addressee.ts';
import { letterPlace } from './letter-ends.ts';
import { momentFor } from './letter-moments.ts';
import { letterToken, newSeed } from './letter-token.ts';

export interface WantedLetter {
  /** Client-made, so that a call can be repeated without a second letter. */
  readonly id: string;
  readonly kind: LetterKind;
  readonly studyId: string;
  readonly caseId: string;
  readonly to: Recipient;
  readonly subject: string;
  /** With `[link]` where the link goes; where it is not, the link stands at the end. */
  readonly text: string;
  /** For how many days the link works, from when the letter goes. */
  readonly days: number;
  /** Out of school hours as well. */
  readonly anyHour: boolean;
  /** It answers what they asked for, and need not wait until a week is over; false where absent. */
  readonly answers?: boolean;
  /** A person of the team; letters have a named sender. */
  readonly by: Actor;
}

export interface QueuedLetter {
  readonly letter: Tables['letters'];
  /** Told this once, and only where no mail goes out; empty elsewhere, and for a repeated call. */
  readonly link: string;
}

type Needs = Pick<Parts, 'clock' | 'random' | 'settings'>;

/**
 * Puts a letter among those that wait (LETTER-1), in the transaction of what it belongs to. The
 * caller has checked who may, and tells the desk to look when the transaction is through.
 * @throws Refusal `not-found` where the invitation, or the contact of the case, is not there;
 *   `gone` where the case lies in the bin; `conflict` where one of the kind waits for them already,
 *   or no school hours are left
 */
export async function queueLetter(
  parts: Needs,
  secret: string,
  records: Transaction<Tables>,
  wanted: WantedLetter,
): Promise<QueuedLetter> {
  const earlier = await letterRow(records, wanted.id);
  if (earlier) {
    if (!sameLetter(earlier, wanted)) throw idTaken();
    return { letter: earlier, link: '' };
  }
  const sender = wanted.by.personId === null ? null : await loadPerson(records, wanted.by.personId);
  if (!sender) throw new Error('a letter needs somebody whom it comes from');
  const to = await addresseeOf(parts, records, wanted);
  await refuseClosed(records, wanted.caseId, to.schoolId);
  await refuseSecond(records, wanted, to);
  const now = parts.clock.now();
  const byHand = parts.settings.smtpUrl === null;
  const moment = byHand
    ? ({ at: now, waitsFor: 'call-back' } as const)
    : await momentFor(records, { ...wanted, email: to.email, askedAt: now });
  const seed = byHand ? newSeed(parts.random) : null;
  const letter: Tables['letters'] = {
    id: wanted.id,
    study_id: wanted.studyId,
    case_id: wanted.caseId,
    school_id: to.schoolId,
    kind: wanted.kind,
    link_id: to.linkId,
    person_id: to.personId,
    to_name: to.name,
    to_address: to.email,
    subject: wanted.subject,
    text: wanted.text,
    from_name: sender.name,
    reply_to: sender.email,
    made_by: sender.id,
    made_at: now,
    due_at: moment.at,
    waits_for: moment.waitsFor,
    any_hour: wanted.anyHour ? 1 : 0,
    answers: wanted.answers ? 1 : 0,
    days: wanted.days,
    state: byHand ? 'by-hand' : 'waiting',
    tries: 0,
    next_at: moment.at,
    seed,
    sent_at: null,
    ended_at: null,
  };
  const again = await wentBefore(records, to.linkId);
  await records.insertInto('letters').values(letter).execute();
  // Until the day that its sender was shown, though it go sooner because hours are set anew.
  await records
    .updateTable('links')
    .set({ expires_at: linkEnd(letter, moment.at) })
    .where('id', '=', letter.link_id)
    .where('token_hash', 'like', 'reserved:%')
    .execute();
  // Of the first letter that is passed on by hand, the invitation itself tells in the record.
  if (!byHand || again || wanted.kind !== 'invitation') {
    await recordInStudy(records, wanted.studyId, {
      kind: 'letter-queued',
      by: wanted.by,
      at: now,
      ...letterPlace(letter),
      detail: { letter: wanted.kind, goes: byHand ? 'by-hand' : 'by-mail', again: again ? 'yes' : 'no' },
    });
  }
  if (seed === null) return { letter, link: '' };
  const token = letterToken(secret, letter.id, seed);
  await giveToken(records, letter.link_id, token, linkEnd(letter, now));
  return { letter, link: linkUrl(parts, token, linkPage(letter.kind)) };
}

const DAY = 24 * 60 * 60_000;

/** @returns the page that the link of such a letter opens */
export function linkPage(kind: string): 'enter' | 'quotes' {
  return kind === 'quotes' ? 'quotes' : 'enter';
}

/** @returns until when the letter's link works that goes now, in milliseconds since 1970 */
export function linkEnd(letter: Pick<Tables['letters'], 'days'>, now: number): number {
  return now + letter.days * DAY;
}

export function letterRow(records: Records, id: string): Promise<Tables['letters'] | undefined> {
  return records.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst();
}

/** What would only be dropped when its time comes is not taken at all. */
async function refuseClosed(records: Records, caseId: string, schoolId: string): Promise<void> {
  const open = await records
    .selectFrom('case_schools')
    .innerJoin('cases', 'cases.id', 'case_schools.case_id')
    .select('cases.deleted_at')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .executeTakeFirst();
  if (!open) throw new Refusal('conflict', 'Their school is no longer part of this case study.');
  if (open.deleted_at !== null) throw new Refusal('gone', 'This case study is in the bin. Restore it first.');
}

/** Of a kind, one letter waits for a person at a time: what would the second say? */
async function refuseSecond(records: Records, wanted: WantedLetter, to: Addressee): Promise<void> {
  const waiting = await records
    .selectFrom('letters')
    .select(['id'])
    .where('study_id', '=', wanted.studyId)
    .where('case_id', '=', wanted.caseId)
    .where('school_id', '=', to.schoolId)
    .where('to_address', '=', to.email)
    .where('kind', '=', wanted.kind)
    .where('state', 'in', ['waiting', 'sending'])
    .executeTakeFirst();
  if (!waiting) return;
  const whom = to.name || to.email;
  throw new Refusal('conflict', `A letter to ${whom} waits already. Call it back first, to write another.`);
}

async function wentBefore(records: Records, linkId: string): Promise<boolean> {
  const row = await records
    .selectFrom('letters')
    .select('id')
    .where('link_id', '=', linkId)
    .where('state', 'in', ['sent', 'by-hand'])
    .executeTakeFirst();
  return row !== undefined;
}

function sameLetter(row: Tables['letters'], wanted: WantedLetter): boolean {
  return (
    row.made_by === wanted.by.personId &&
    row.study_id === wanted.studyId &&
    row.case_id === wanted.caseId &&
    row.kind === wanted.kind &&
    isTo(row, wanted.to) &&
    row.subject === wanted.subject &&
    row.text === wanted.text &&
    row.days === wanted.days
  );
}

/** Of an invitation that was taken up meanwhile, the letter has another link by now. */
function isTo(row: Tables['letters'], to: Recipient): boolean {
  return 'invitationId' in to
    ? row.link_id === to.invitationId || row.person_id !== null
    : row.person_id === to.personId && row.school_id === to.schoolId;
}
