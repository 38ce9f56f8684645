import type { Transaction } from 'kysely';
import { letterMoment } from '../../shared/letters/letter-moment.ts';
import { tryAgainAfter } from '../../shared/letters/letter-state.ts';
import { letterText, linkPart, senderName } from '../../shared/letters/letter-text.ts';
import { nextSchoolMoment } from '../../shared/letters/school-hours.ts';
import { giveToken, isReserved, linkUrl } from '../accounts/links.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import type { Parts } from '../parts.ts';
import type { Mail } from '../ports/mailer.ts';
import type { Tables } from '../ports/tables.ts';
import { discardMarkedLetters, markLetters } from '../protection/letters-to-discard.ts';
import { studyChanged } from '../studies/announcements.ts';
import { dropLetter, letterPlace } from './letter-ends.ts';
import { lastLetterAt, reckonAnew } from './letter-moments.ts';
import { hasArrived, stillFor, THE_SERVER } from './letter-purpose.ts';
import { letterRow, linkEnd, linkPage } from './letter-queue.ts';
import { letterToken, newSeed } from './letter-token.ts';
import { hoursOf } from './study-hours.ts';

type LetterRow = Tables['letters'];
type Needs = Pick<
  Parts,
  'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'outboxFiles' | 'bus' | 'log'
>;

const LOOK_AGAIN_AFTER = 24 * 60 * 60_000;

/**
 * Hands over the letter that is due longest, or settles that it cannot go now. That it is being
 * handed over is on disk before, that it went after: a process that ends in between hands the
 * same over again, word for word and under the same id.
 * @returns whether there was one
 */
export async function dispatchNext(parts: Needs, secret: string): Promise<boolean> {
  const { records, clock, mailer, log, bus } = parts;
  const due = await records.read
    .selectFrom('letters')
    .select(['id', 'study_id'])
    .where('next_at', '<=', clock.now())
    .orderBy('next_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!due) return false;
  try {
    const mail = await records.transaction((transaction) => prepare(parts, secret, transaction, due.id));
    if (mail) {
      await mailer.send(mail);
      const stillTheirs = await records.transaction((transaction) => noteSent(parts, transaction, due.id));
      if (!stillTheirs) await takeBack(parts, mail);
    }
  } catch (cause) {
    // Put off, so that the letters after it go.
    log.warn('a letter could not be handed over', { letter: due.id }, cause);
    await records.transaction((transaction) => noteFailure(parts, transaction, due.id));
  }
  studyChanged(bus, due.study_id);
  return true;
}

/** @returns when there is something to do next, in milliseconds since 1970; null for never */
export async function nextDispatchAt({ records }: Pick<Parts, 'records'>): Promise<number | null> {
  const row = await records.read
    .selectFrom('letters')
    .select('next_at')
    .where('next_at', 'is not', null)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_at ?? null;
}

/** @returns the mail to hand over; null where the letter is ended or put off */
async function prepare(
  parts: Needs,
  secret: string,
  records: Transaction<Tables>,
  id: string,
): Promise<Mail | null> {
  const now = parts.clock.now();
  const found = await letterRow(records, id);
  if (!found || found.next_at === null || found.next_at > now) return null;
  if (await hasArrived(secret, records, found)) {
    await noteSent(parts, records, id);
    return null;
  }
  const row = await stillFor(parts, records, found);
  if (!row) {
    await dropLetter(records, found, { by: THE_SERVER, at: now });
    return null;
  }
  if (await putOff(records, row, now)) return null;
  const link = await records
    .selectFrom('links')
    .select(['expires_at', 'token_hash'])
    .where('id', '=', row.link_id)
    .executeTakeFirstOrThrow();
  // Of one that was tried before, everything stays as it was: the mail server may have taken it.
  const seed = row.seed ?? newSeed(parts.random);
  // Of a link that nobody has had yet, the day that its sender was shown holds, if that is later.
  const promised = isReserved(link.token_hash) ? link.expires_at : 0;
  const end = Math.max(linkEnd(row, now), promised);
  // But not a link that ran out, or nearly so, while it waited through holidays: it is the same, for longer.
  const lasts = row.seed !== null && 2 * (link.expires_at - now) >= end - now;
  const until = lasts ? link.expires_at : end;
  const token = letterToken(secret, row.id, seed);
  await giveToken(records, row.link_id, token, until);
  await records
    .updateTable('letters')
    .set({ seed, ...(row.state === 'waiting' && { state: 'sending' }) })
    .where('id', '=', row.id)
    .execute();
  const { zone } = await hoursOf(records, row.study_id);
  return {
    id: row.id,
    to: row.to_address,
    fromName: senderName(row.from_name, 'Casebook'),
    replyTo: { name: row.from_name, address: row.reply_to },
    subject: row.subject,
    text: letterText(row.text, linkPart({ url: linkUrl(parts, token, linkPage(row.kind)), until, zone })),
    studyId: row.study_id,
    kind: row.kind === 'invitation' ? 'invitation' : 'letter',
  };
}

/**
 * A server that was away, or a mail server that was, may have let the moment pass; hours may have been
 * changed and other letters sent meanwhile (LETTER-1).
 * @returns whether it was put off
 */
async function putOff(records: Transaction<Tables>, row: LetterRow, now: number): Promise<boolean> {
  if (row.state === 'by-hand') return false;
  // Only what went counts here, whenever it was written: of two that wait for the same moment, one has to go.
  const counts = { sentBeside: row };
  const moment = letterMoment({
    askedAt: row.made_at,
    hours: row.any_hour === 1 ? null : await hoursOf(records, row.study_id),
    lastAt: row.answers === 1 ? null : await lastLetterAt(records, row.study_id, row.to_address, counts),
    notBefore: now,
  });
  if (moment?.at === now) return false;
  // With no school hours for a year, it is looked at again tomorrow: somebody may mend them.
  const next = moment?.at ?? now + LOOK_AGAIN_AFTER;
  await records
    .updateTable('letters')
    .set({
      due_at: next,
      next_at: next,
      waits_for: moment?.waitsFor ?? 'school-hours',
      state: 'waiting',
      // Whether the mail server took it, the process that handed it over did not live to say.
      ...(row.state === 'sending' && { tries: row.tries + 1 }),
    })
    .where('id', '=', row.id)
    .execute();
  return true;
}

/** Whoever it was for deleted their account while it was handed over: what lies in the outbox of it goes. */
async function takeBack(parts: Needs, mail: Mail): Promise<void> {
  const files = await parts.outboxFiles.to(mail.to);
  await parts.records.transaction(async (transaction) => {
    await transaction.deleteFrom('outbox').where('id', '=', mail.id).execute();
    await markLetters(parts, transaction, files);
  });
  await discardMarkedLetters(parts);
  await parts.records.forgetDeleted();
}

/** @returns whether it still has somebody whom it is to */
async function noteSent(parts: Needs, records: Transaction<Tables>, id: string): Promise<boolean> {
  const row = await letterRow(records, id);
  if (!row) return true;
  const at = parts.clock.now();
  // Mail may have been switched off while it waited: it lies in the outbox then.
  const byHand = row.state === 'by-hand' || parts.settings.smtpUrl === null;
  await records
    .updateTable('letters')
    .set({ state: byHand ? 'by-hand' : 'sent', sent_at: at, ended_at: at, next_at: null, seed: null })
    .where('id', '=', id)
    .execute();
  // Where no mail goes out, that it lies in the outbox is no news: it was queued to be passed on.
  if (byHand) return row.to_address !== '';
  await recordInStudy(records, row.study_id, {
    kind: 'letter-sent',
    by: THE_SERVER,
    at,
    ...letterPlace(row),
    detail: { letter: row.kind },
  });
  return row.to_address !== '';
}

/** @returns the first moment from then on at which the letter may go; then itself where there is none in sight */
async function openMoment(records: Transaction<Tables>, row: LetterRow, at: number): Promise<number> {
  // One that could not even be made ready may lack just those hours.
  if (row.state !== 'sending' || row.any_hour === 1) return at;
  return nextSchoolMoment(at, await hoursOf(records, row.study_id)) ?? at;
}

async function noteFailure(parts: Needs, records: Transaction<Tables>, id: string): Promise<void> {
  const row = await letterRow(records, id);
  if (!row || row.next_at === null) return;
  const at = parts.clock.now();
  const tries = row.tries + 1;
  const later = tryAgainAfter(tries);
  const state = row.state === 'by-hand' ? 'by-hand' : later === null ? 'failed' : 'waiting';
  const next = later === null ? null : await openMoment(records, row, at + later);
  await records
    .updateTable('letters')
    .set({
      state,
      tries,
      next_at: next,
      ...(next === null ? { seed: null, ended_at: at } : { due_at: next, waits_for: 'mail-server' }),
    })
    .where('id', '=', id)
    .execute();
  if (state !== 'failed') return;
  await reckonAnew(records, row.study_id, at);
  await recordInStudy(records, row.study_id, {
    kind: 'letter-failed',
    by: THE_SERVER,
    at,
    ...letterPlace(row),
    detail: { letter: row.kind },
  });
}
