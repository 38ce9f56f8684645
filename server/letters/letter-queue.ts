import type { Transaction } from 'kysely';
import { type LetterMoment, letterMoment } from '../../shared/letters/letter-moment.ts';
import type { LetterKind } from '../../shared/letters/letter-state.ts';
import type { LinkDays } from '../../shared/letters/letter-text.ts';
import { giveToken, linkUrl, reserveLink } from '../accounts/links.ts';
import { loadPerson } from '../accounts/people.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken, nothingThere } from '../studies/study-gate.ts';
import { letterPlace } from './letter-ends.ts';
import { letterToken, newSeed } from './letter-token.ts';
import { hoursOf } from './study-hours.ts';

/** To whom a letter goes: an invitation that may not have been taken up yet, or somebody who is in. */
export type Recipient =
  | { readonly invitationId: string }
  | { readonly personId: string; readonly schoolId: string };

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
  readonly days: LinkDays;
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

/** Who gets it, and the link that it will carry. */
interface Addressee {
  readonly linkId: string;
  readonly personId: string | null;
  readonly schoolId: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Puts a letter among those that wait (LETTER-1), in the transaction of what it belongs to. The
 * caller has checked who may, and tells the desk to look when the transaction is through.
 * @throws Refusal `not-found` where the invitation, or the contact of the case, is not there;
 *   `conflict` where one of the kind waits for them already, or no school hours are left
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
  return { letter, link: linkUrl(parts, token) };
}

const DAY = 24 * 60 * 60_000;

/** @returns until when the letter's link works that goes now, in milliseconds since 1970 */
export function linkEnd(letter: Pick<Tables['letters'], 'days'>, now: number): number {
  return now + letter.days * DAY;
}

export function letterRow(records: Records, id: string): Promise<Tables['letters'] | undefined> {
  return records.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * @param wanted.askedAt milliseconds since 1970
 * @returns when a letter to this address would go
 * @throws Refusal `conflict` where the study's school hours leave no moment for more than a year
 */
export async function momentFor(
  records: Records,
  wanted: {
    readonly studyId: string;
    readonly email: string;
    readonly anyHour: boolean;
    readonly answers?: boolean;
    readonly askedAt: number;
  },
): Promise<LetterMoment> {
  const hours = await hoursOf(records, wanted.studyId);
  const moment = letterMoment({
    askedAt: wanted.askedAt,
    hours: wanted.anyHour ? null : hours,
    lastAt: wanted.answers ? null : await lastLetterAt(records, wanted.studyId, wanted.email),
  });
  if (moment) return moment;
  throw new Refusal(
    'conflict',
    'The holidays of this study leave no school hours for more than a year. Look at them first.',
  );
}

/**
 * Reckons anew when letters of a study go that wait, as its hours were set or one of them was
 * called back. One that is tried again keeps its time.
 */
export async function reckonAnew(records: Records, studyId: string, now: number): Promise<void> {
  const hours = await hoursOf(records, studyId);
  const waiting = await records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('state', '=', 'waiting')
    .where('tries', '=', 0)
    .orderBy('made_at')
    .orderBy('id')
    .execute();
  for (const row of waiting) {
    const moment = letterMoment({
      askedAt: row.made_at,
      hours: row.any_hour === 1 ? null : hours,
      lastAt:
        row.answers === 1 ? null : await lastLetterAt(records, studyId, row.to_address, { before: row }),
      notBefore: now,
    });
    // Where no hours are left at all, it stays as it is, and is put off when its time comes.
    if (!moment) continue;
    await records
      .updateTable('letters')
      .set({ due_at: moment.at, next_at: moment.at, waits_for: moment.waitsFor })
      .where('id', '=', row.id)
      .execute();
  }
}

/**
 * @param choice.before a letter that does not count, nor do those that were written after it
 * @param choice.sent whether only those count that went
 * @returns when the last letter of a study to this address went, or will go; null where there is none
 */
export async function lastLetterAt(
  records: Records,
  studyId: string,
  email: string,
  choice: { readonly before?: Pick<Tables['letters'], 'id' | 'made_at'>; readonly sent?: boolean } = {},
): Promise<number | null> {
  const { before, sent } = choice;
  let query = records
    .selectFrom('letters')
    .select((eb) => eb.fn.max(eb.fn.coalesce('sent_at', 'due_at')).as('at'))
    .where('study_id', '=', studyId)
    .where('to_address', '=', email)
    .where('state', 'in', sent ? ['sent', 'by-hand'] : ['waiting', 'sending', 'sent', 'by-hand']);
  if (before) query = query.where('id', '<>', before.id).where('made_at', '<=', before.made_at);
  const row = await query.executeTakeFirst();
  return row?.at === undefined || row.at === null ? null : Number(row.at);
}

async function addresseeOf(parts: Needs, records: Records, wanted: WantedLetter): Promise<Addressee> {
  if (!('invitationId' in wanted.to)) return contactOf(parts, records, wanted, wanted.to);
  const link = await records
    .selectFrom('links')
    .selectAll()
    .where('id', '=', wanted.to.invitationId)
    .where('kind', '=', 'contact')
    .where('role', '=', 'contact')
    .where('study_id', '=', wanted.studyId)
    .where('case_id', '=', wanted.caseId)
    .executeTakeFirst();
  if (!link?.school_id) throw nothingThere();
  if (link.revoked_at !== null) {
    throw new Refusal('conflict', 'This invitation was taken back. Invite them anew.');
  }
  const { school_id: schoolId, user_id: personId } = link;
  if (link.used_at !== null && personId !== null) {
    return contactOf(parts, records, wanted, { personId, schoolId });
  }
  return { linkId: link.id, personId: null, schoolId, name: link.name, email: link.email };
}

/** @returns a contact of the case, and a new link to their page that nobody has yet */
async function contactOf(
  parts: Needs,
  records: Records,
  wanted: WantedLetter,
  to: { readonly personId: string; readonly schoolId: string },
): Promise<Addressee> {
  const contact = await records
    .selectFrom('case_contacts')
    .innerJoin('user', 'user.id', 'case_contacts.user_id')
    .select(['user.name', 'user.email'])
    .where('case_contacts.case_id', '=', wanted.caseId)
    .where('case_contacts.school_id', '=', to.schoolId)
    .where('user.id', '=', to.personId)
    .executeTakeFirst();
  if (!contact) throw nothingThere();
  const whom = { ...to, ...contact };
  return { ...whom, linkId: await pageLink(parts, records, wanted, whom) };
}

/** @returns the id of a link that leads somebody who is in to their page, after they have signed in there */
export function pageLink(
  parts: Needs,
  records: Records,
  place: { readonly studyId: string; readonly caseId: string; readonly days: number; readonly by: Actor },
  to: Omit<Addressee, 'linkId'>,
): Promise<string> {
  return reserveLink(
    parts,
    {
      // Without a role: it lets nobody in who is not in already.
      kind: 'contact',
      email: to.email,
      name: to.name,
      studyId: place.studyId,
      caseId: place.caseId,
      schoolId: to.schoolId,
      ...(place.by.personId !== null && { createdBy: place.by.personId }),
      lifetime: place.days * DAY,
    },
    records,
  );
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
    row.subject === wanted.subject &&
    row.text === wanted.text &&
    row.days === wanted.days
  );
}
