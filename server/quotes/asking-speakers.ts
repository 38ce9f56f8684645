import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import { type QuoteRefusal, REFUSALS, refusalOf } from '../../shared/quotes/acts.ts';
import { askLetter } from '../../shared/quotes/ask-letter.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { lapseMoment, linkDaysUntil } from '../../shared/quotes/reminders.ts';
import { reserveLink } from '../accounts/links.ts';
import { findByEmail, loadPerson } from '../accounts/people.ts';
import { telephoneIn } from '../accounts/telephones.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Recipient } from '../letters/letter-addressee.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { type QuoteParts, refused, shownWhere } from './quote-acts.ts';
import { appendStep, loadQuote } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import type { QuotedText } from './quoted-text.ts';
import { speakerRow } from './speaker-keeping.ts';
import { loadSpeakers } from './speakers.ts';

type Wanted = RouteInput<'POST /api/cases/:caseId/asks'>;

export interface AskingPlace {
  readonly study: Tables['studies'];
  readonly caseId: string;
  readonly text: QuotedText;
  readonly by: Actor;
}

export interface Asked {
  readonly refused: readonly { readonly ask: string; readonly why: QuoteRefusal; readonly words: string }[];
  /** To be passed on by hand; empty where a letter brings it, or it was told before. */
  readonly link: string;
}

const DAY = 24 * 60 * 60_000;

/**
 * Asks one speaker about uses of quotes, each as it stands in the text now, by one letter (QUOTE-1).
 * What the rules refuse is told, and the rest is sent; an ask that is known is not sent again.
 * @throws Refusal not-found; conflict where nothing at all can be sent, and as letters are refused
 */
export async function askSpeaker(
  parts: QuoteParts & Parameters<typeof reserveLink>[0],
  desk: LetterDesk,
  place: AskingPlace,
  wanted: Wanted,
): Promise<Asked> {
  const { records, clock, bus } = parts;
  const at = clock.now();
  const asked = await records.transaction(async (transaction) => {
    const speaker = await speakerRow(transaction, wanted.speakerId);
    if (speaker?.study_id !== place.study.id) throw nothingThere();
    await requireSchoolOf(transaction, place.caseId, speaker);
    const { sent, refused: said, known, lapsesAt } = await sendAll(parts, transaction, place, wanted, at);
    if (sent.length === 0) {
      const [first] = said;
      if (!known && first) throw refused(first.why);
      return { refused: said, link: '' };
    }
    await recordInStudy(transaction, place.study.id, {
      kind: 'quotes-asked',
      by: place.by,
      at,
      caseId: place.caseId,
      object: { kind: 'speaker', id: speaker.id },
      detail: { quotes: sent.length },
    });
    const days = linkDaysUntil(wanted.days, at, lapsesAt);
    const link = await writeTo(parts, desk, transaction, place, speaker, { ...wanted, days }, sent);
    return { refused: said, link };
  });
  desk.wake();
  caseChanged(bus, place.study.id, place.caseId);
  return asked;
}

async function sendAll(
  parts: QuoteParts,
  records: Transaction<Tables>,
  { study, caseId, text, by }: AskingPlace,
  wanted: Wanted,
  at: number,
): Promise<{ sent: string[]; refused: Asked['refused']; known: boolean; lapsesAt: number }> {
  const lapsesAt = lapseMoment(at, await hoursOf(records, study.id), await termsOf(records, study.id));
  if (lapsesAt === null) {
    throw new Refusal('conflict', 'There are too few school days ahead. Look at the school hours first.');
  }
  const speakers = await loadSpeakers(records, study.id);
  const sent: string[] = [];
  const said: Asked['refused'][number][] = [];
  let known = false;
  for (const { id, quoteId, use } of wanted.asks) {
    const quote = await loadQuote(records, quoteId);
    if (quote?.row.case_id !== caseId) throw nothingThere();
    if (quote.record.asks.some((ask) => ask.id === id)) {
      known = true;
      continue;
    }
    const shown = shownWhere({ uses: text.usesOf(quote.row), speakers, quote }, use, wanted.speakerId);
    const event: QuoteEvent = {
      kind: 'sent',
      at,
      by: { who: 'member', id: by.personId ?? '' },
      ask: id,
      speaker: wanted.speakerId,
      way: 'link',
      shown: shown ?? { use, wording: null, context: null, attribution: null },
      lapsesAt,
    };
    const why = refusalOf(quote.record, event, { ...speakers.facts, isCloser: false });
    if (why) said.push({ ask: id, why, words: REFUSALS[why] });
    else {
      await appendStep(records, parts.random, quote, event);
      sent.push(id);
    }
  }
  return { sent, refused: said, known, lapsesAt };
}

/** @returns the link to be passed on by hand; empty where a letter brings it */
async function writeTo(
  parts: Parameters<typeof reserveLink>[0] & QuoteParts,
  desk: LetterDesk,
  records: Transaction<Tables>,
  { study, caseId, by }: AskingPlace,
  speaker: Tables['speakers'],
  wanted: Omit<Wanted, 'days'> & { readonly days: number },
  sent: readonly string[],
): Promise<string> {
  const waiting = await waitingLetter(records, caseId, speaker);
  if (waiting) {
    // it has not gone yet, and leads to the same page
    await noteLetter(records, sent, waiting);
    await records
      .updateTable('letters')
      .set({ days: wanted.days })
      .where('id', '=', waiting)
      .where('days', '<', wanted.days)
      .execute();
    return '';
  }
  const to = await recipientOf(parts, records, { study, caseId, by }, speaker, wanted.days);
  const sender = by.personId === null ? null : await loadPerson(records, by.personId);
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', speaker.school_id)
    .executeTakeFirst();
  const draft = askLetter({
    name: speaker.name,
    sender: sender?.name ?? '',
    studyTitle: study.title,
    schoolName: school?.name ?? '',
    quotes: new Set(wanted.asks.filter(({ id }) => sent.includes(id)).map(({ quoteId }) => quoteId)).size,
    telephone: await telephoneIn(records, by.personId ?? '', study.id),
    printOn: (await termsOf(records, study.id)).printOn,
  });
  const { link } = await desk.queue(records, {
    ...draft,
    anyHour: false,
    ...wanted.letter,
    id: wanted.id,
    kind: 'quotes',
    studyId: study.id,
    caseId,
    to,
    days: wanted.days,
    by,
  });
  await noteLetter(records, sent, wanted.id);
  return link;
}

export async function noteLetter(
  records: Records,
  asks: readonly string[],
  letter_id: string,
): Promise<void> {
  await records.updateTable('quote_asks').set({ letter_id }).where('id', 'in', asks).execute();
}

export async function waitingLetter(
  records: Records,
  caseId: string,
  speaker: Pick<QuotesAddressee, 'school_id' | 'email'>,
): Promise<string | null> {
  const row = await records
    .selectFrom('letters')
    .select('id')
    .where('kind', '=', 'quotes')
    .where('case_id', '=', caseId)
    .where('school_id', '=', speaker.school_id)
    .where('to_address', '=', speaker.email)
    .where('state', 'in', ['waiting', 'sending'])
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Whoever speaks for the school in this case already gets a letter to their page; anybody else is
 * invited, to check their own words and to nothing of the sections (ACCESS-5).
 */
export async function recipientOf(
  parts: Parameters<typeof reserveLink>[0],
  records: Transaction<Tables>,
  { study, caseId, by }: Pick<AskingPlace, 'study' | 'caseId' | 'by'>,
  speaker: Tables['speakers'],
  days: number,
): Promise<Recipient> {
  const to = await addresseeOf(parts, records, { study, caseId, by }, speaker, days);
  if ('personId' in to) {
    await records
      .updateTable('speakers')
      .set({ person_id: to.personId })
      .where('id', '=', speaker.id)
      .where('person_id', 'is', null)
      .execute();
  }
  return to;
}

/** Somebody of a school who is to come to the page of quotes. */
export type QuotesAddressee = Pick<Tables['speakers'], 'name' | 'email' | 'person_id' | 'school_id'>;

/** @returns the same, of whoever is asked for words: who said them, or a parent or carer */
export async function addresseeOf(
  parts: Parameters<typeof reserveLink>[0],
  records: Transaction<Tables>,
  { study, caseId, by }: Pick<AskingPlace, 'study' | 'caseId' | 'by'>,
  speaker: QuotesAddressee,
  days: number,
): Promise<Recipient> {
  const personId = speaker.person_id ?? (await findByEmail(records, speaker.email))?.id ?? null;
  if (personId !== null && (await isContact(records, caseId, speaker.school_id, personId))) {
    return { personId, schoolId: speaker.school_id };
  }
  const open = await records
    .selectFrom('links')
    .select('id')
    .where('kind', '=', 'contact')
    .where('role', '=', 'contact')
    .where('case_id', '=', caseId)
    .where('school_id', '=', speaker.school_id)
    .where('email', '=', speaker.email)
    // One to the sections may be taken back with what they are asked there.
    .where('quotes_alone', '=', 1)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (open) return { invitationId: open.id };
  const invitationId = await reserveLink(
    parts,
    {
      kind: 'contact',
      email: speaker.email,
      name: speaker.name,
      studyId: study.id,
      role: 'contact',
      caseId,
      schoolId: speaker.school_id,
      ...(by.personId !== null && { createdBy: by.personId }),
      lifetime: days * DAY,
    },
    records,
  );
  await records.updateTable('links').set({ quotes_alone: 1 }).where('id', '=', invitationId).execute();
  await recordInStudy(records, study.id, {
    kind: 'invited',
    by,
    at: parts.clock.now(),
    caseId,
    object: { kind: 'invitation', id: invitationId },
    detail: { role: 'contact' },
  });
  return { invitationId };
}

async function isContact(
  records: Records,
  caseId: string,
  schoolId: string,
  personId: string,
): Promise<boolean> {
  const row = await records
    .selectFrom('case_contacts')
    .select('user_id')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function requireSchoolOf(
  records: Records,
  caseId: string,
  speaker: Pick<QuotesAddressee, 'school_id'>,
): Promise<void> {
  const row = await records
    .selectFrom('case_schools')
    .select('school_id')
    .where('case_id', '=', caseId)
    .where('school_id', '=', speaker.school_id)
    .executeTakeFirst();
  if (!row) throw new Refusal('conflict', 'Their school is no longer part of this case study.');
}
