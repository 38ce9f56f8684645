import type { Transaction } from 'kysely';
import { USUAL_LINK_DAYS } from '../../shared/letters/letter-text.ts';
import { type AskLetterNeeds, reminderLetter } from '../../shared/quotes/ask-letter.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { type Ask, askOf, guardianAskOf, isGuardianAskOpen } from '../../shared/quotes/quote-record.ts';
import { dueAct, linkDaysUntil, nextSilenceMoment } from '../../shared/quotes/reminders.ts';
import { loadPerson } from '../accounts/people.ts';
import { telephoneIn } from '../accounts/telephones.ts';
import { Refusal } from '../http/refusal.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import { THE_SERVER } from '../letters/letter-purpose.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { recipientOf } from './asking-speakers.ts';
import { appendStep, isAtRest, type KeptQuote, loadQuote, loadQuotes } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import { RepeatedLook } from './repeated-look.ts';
import { loadSpeakers } from './speakers.ts';

/** The longest time between two looks at what is due, in milliseconds. */
const LOOK_EVERY = 60_000;
/** How soon what failed is looked at again, in milliseconds. */
const AGAIN_AFTER = 60 * 60_000;

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings' | 'bus' | 'log'>;

/**
 * What comes of questions that nobody answers (QUOTE-5): reminders, then lapse. All of it is in the
 * database: whoever starts goes on where the last one was ended.
 */
export class SilenceDesk {
  readonly #looks: RepeatedLook;

  constructor(parts: Needs, letters: LetterDesk) {
    this.#looks = new RepeatedLook(parts.clock, LOOK_EVERY, async (isStopped) => {
      try {
        while (!isStopped() && (await actOnNext(parts, letters)));
      } catch (cause) {
        parts.log.error('unanswered quotes could not be looked through', {}, cause);
      }
    });
  }

  /** Looks at once for what is due; also the start. */
  wake(): void {
    this.#looks.wake();
  }

  /** Resolves when nothing is being looked at. */
  settled(): Promise<void> {
    return this.#looks.settled();
  }

  /** Begins nothing further, and finishes what is under way (STOP-1). */
  stop(): Promise<void> {
    return this.#looks.stop();
  }
}

/**
 * Does what the question is due that has waited longest.
 * @returns whether there was one
 */
async function actOnNext(parts: Needs, letters: LetterDesk): Promise<boolean> {
  const { records, clock, bus, log } = parts;
  const due = await records.read
    .selectFrom('quote_asks')
    .innerJoin('quotes', 'quotes.id', 'quote_asks.quote_id')
    .select(['quote_asks.id', 'quote_id', 'study_id', 'case_id'])
    .where('next_at', '<=', clock.now())
    .orderBy('next_at')
    .orderBy('quote_asks.id')
    .limit(1)
    .executeTakeFirst();
  if (!due) return false;
  try {
    const wrote = await records.transaction((transaction) => act(parts, letters, transaction, due));
    if (wrote) letters.wake();
  } catch (cause) {
    // Put off, so that those after it are seen to; a letter that cannot be written now may be later.
    if (!(cause instanceof Refusal)) log.error('an unanswered quote could not be seen to', due, cause);
    await put(records.read, due.id, clock.now() + AGAIN_AFTER);
  }
  caseChanged(bus, due.study_id, due.case_id);
  return true;
}

async function act(
  parts: Needs,
  letters: LetterDesk,
  records: Transaction<Tables>,
  due: { readonly id: string; readonly quote_id: string },
): Promise<boolean> {
  const at = parts.clock.now();
  const quote = await loadQuote(records, due.quote_id);
  const toGuardian = quote && guardianAskOf(quote.record, due.id);
  if (quote && toGuardian && isGuardianAskOpen(quote.record, toGuardian) && at >= toGuardian.lapsesAt) {
    await appendStep(records, parts.random, quote, {
      ...{ kind: 'lapsed', at, by: { who: 'server' }, ask: due.id },
    });
    return false;
  }
  const ask = quote && askOf(quote.record, due.id);
  if (!quote || !ask) {
    await put(records, due.id, null);
    return false;
  }
  const hours = await hoursOf(records, quote.row.study_id);
  const terms = await termsOf(records, quote.row.study_id);
  const wanted = dueAct(ask, at, hours, terms);
  if (wanted?.kind === 'lapse') {
    const lapsed: QuoteEvent = { kind: 'lapsed', at, by: { who: 'server' }, ask: ask.id };
    await appendStep(records, parts.random, quote, lapsed);
    return false;
  }
  const { facts } = await loadSpeakers(records, quote.row.study_id);
  // Where no mail goes out, nobody would read a reminder, and at an address that is not theirs alone
  // others would (LINK-1): it only lapses.
  if (parts.settings.smtpUrl === null || facts.address(ask.speaker) !== 'personal') {
    await put(records, ask.id, ask.lapsesAt);
    return false;
  }
  // holidays that were entered since have put the day off
  if (wanted === null) {
    await put(records, ask.id, nextSilenceMoment(ask, hours, terms));
    return false;
  }
  const together: { quote: KeptQuote; ask: Ask; day: number }[] = [];
  for (const other of await loadQuotes(records, { speakerIds: [ask.speaker] })) {
    if (other.row.case_id !== quote.row.case_id || isAtRest(other.record)) continue;
    for (const one of other.record.asks) {
      const same = one.speaker === ask.speaker ? dueAct(one, at, hours, terms) : null;
      if (same?.kind === 'remind') together.push({ quote: other, ask: one, day: same.day });
    }
  }
  const letterId = await remind(parts, letters, records, quote, ask, together.length);
  for (const one of together) {
    // steps before it may have gone on in the same quote
    const now = (await loadQuote(records, one.quote.row.id)) ?? one.quote;
    const said = { kind: 'reminded', ask: one.ask.id, day: one.day } as const;
    const reminded: QuoteEvent = { at, by: { who: 'server' }, ...said };
    await appendStep(records, parts.random, now, reminded);
    await records
      .updateTable('quote_asks')
      .set({ letter_id: letterId })
      .where('id', '=', one.ask.id)
      .execute();
  }
  return true;
}

/** @returns the id of the letter that brings it */
async function remind(
  parts: Needs,
  letters: LetterDesk,
  records: Transaction<Tables>,
  { row, events }: KeptQuote,
  ask: Ask,
  quotes: number,
): Promise<string> {
  const speaker = await records
    .selectFrom('speakers')
    .selectAll()
    .where('id', '=', ask.speaker)
    .executeTakeFirstOrThrow();
  const study = await records
    .selectFrom('studies')
    .selectAll()
    .where('id', '=', row.study_id)
    .executeTakeFirstOrThrow();
  const waiting = await records
    .selectFrom('letters')
    .select('id')
    .where('kind', '=', 'quotes')
    .where('case_id', '=', row.case_id)
    .where('to_address', '=', speaker.email)
    .where('state', 'in', ['waiting', 'sending'])
    .executeTakeFirst();
  if (waiting) return waiting.id;
  const sent = events.find((event) => event.kind === 'sent' && event.ask === ask.id);
  const personId = await senderOf(records, study.id, sent?.by.who === 'member' ? sent.by.id : '');
  const by = { ...THE_SERVER, personId };
  const days = linkDaysUntil(USUAL_LINK_DAYS, parts.clock.now(), ask.lapsesAt);
  const to = await recipientOf(parts, records, { study, caseId: row.case_id, by }, speaker, days);
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', speaker.school_id)
    .executeTakeFirst();
  const { zone } = await hoursOf(records, study.id);
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(ask.lapsesAt);
  const about: AskLetterNeeds = {
    name: speaker.name,
    sender: (await loadPerson(records, personId))?.name ?? '',
    studyTitle: study.title,
    schoolName: school?.name ?? '',
    quotes,
    telephone: await telephoneIn(records, personId, study.id),
    printOn: (await termsOf(records, study.id)).printOn,
  };
  const id = parts.random.id();
  await letters.queue(records, {
    ...reminderLetter(about, until),
    ...{ id, kind: 'quotes', studyId: study.id, caseId: row.case_id, to, days, by, anyHour: false },
    // the days of a reminder are told to whoever is asked; they do not wait for the week to be over
    answers: true,
  });
  return id;
}

/** @returns whoever asked, else the first lead: letters have a sender who is in the study */
async function senderOf(records: Transaction<Tables>, studyId: string, personId: string): Promise<string> {
  const members = await records
    .selectFrom('members')
    .select(['user_id', 'role'])
    .where('study_id', '=', studyId)
    .where('role', '<>', 'contact')
    .orderBy('since')
    .execute();
  const lead = members.find(({ role }) => role === 'owner');
  const found = members.find(({ user_id }) => user_id === personId) ?? lead;
  if (!found) throw new Refusal('conflict', 'Nobody of the study could sign a letter.');
  return found.user_id;
}

async function put(
  records: Transaction<Tables> | Parts['records']['read'],
  id: string,
  next_at: number | null,
): Promise<void> {
  await records.updateTable('quote_asks').set({ next_at }).where('id', '=', id).execute();
}
