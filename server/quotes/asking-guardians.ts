import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import { REFUSALS, refusalOf } from '../../shared/quotes/acts.ts';
import { guardianLetter } from '../../shared/quotes/ask-letter.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { guardianAskOf, isGuardianAskOpen } from '../../shared/quotes/quote-record.ts';
import { lapseMoment, linkDaysUntil } from '../../shared/quotes/reminders.ts';
import type { reserveLink } from '../accounts/links.ts';
import { loadPerson } from '../accounts/people.ts';
import { telephoneIn } from '../accounts/telephones.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere } from '../studies/study-gate.ts';
import {
  type Asked,
  type AskingPlace,
  addresseeOf,
  noteLetter,
  requireSchoolOf,
  waitingLetter,
} from './asking-speakers.ts';
import { noteGuardian } from './guardians.ts';
import { type QuoteParts, refused, shownWhere } from './quote-acts.ts';
import { appendStep, loadQuote, loadQuotes } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import { speakerRow } from './speaker-keeping.ts';
import { loadSpeakers } from './speakers.ts';

type Wanted = RouteInput<'POST /api/cases/:caseId/guardian-asks'>;

/**
 * Asks a parent or carer about words of a child, each as it stands in the text now, by one letter.
 * What the rules refuse is told, and the rest is sent; an ask that is known is not sent again.
 * @throws Refusal not-found; conflict where nothing at all can be sent, as `noteGuardian`, and as
 *   letters are refused
 */
export async function askGuardian(
  parts: QuoteParts & Parameters<typeof reserveLink>[0],
  desk: LetterDesk,
  place: AskingPlace,
  wanted: Wanted,
): Promise<Asked> {
  const { records, clock, bus } = parts;
  const { study, caseId, by } = place;
  const at = clock.now();
  const asked = await records.transaction(async (transaction) => {
    const speaker = await speakerRow(transaction, wanted.speakerId);
    if (speaker?.study_id !== study.id) throw nothingThere();
    await requireSchoolOf(transaction, caseId, speaker);
    const { guardian, isAnother } = await noteGuardian(transaction, speaker, wanted.guardian, {
      personId: by.personId ?? '',
      at,
    });
    if (isAnother) await recallAll(parts, transaction, speaker.id, { personId: by.personId ?? '', at });
    const { sent, refused: said, known, lapsesAt } = await sendAll(parts, transaction, place, wanted, at);
    if (sent.length === 0) {
      const [first] = said;
      if (!known && first) throw refused(first.why);
      return { refused: said, link: '' };
    }
    await recordInStudy(transaction, study.id, {
      ...{ kind: 'guardian-asked', by, at, caseId },
      object: { kind: 'speaker', id: speaker.id },
      detail: { quotes: sent.length },
    });
    const days = linkDaysUntil(wanted.days, at, lapsesAt);
    const link = await writeTo(
      parts,
      desk,
      transaction,
      place,
      { speaker, guardian },
      { ...wanted, days },
      sent,
    );
    return { refused: said, link };
  });
  desk.wake();
  caseChanged(bus, study.id, caseId);
  return asked;
}

/** What was asked of somebody at another address is not answered by whoever is asked now (LINK-1). */
async function recallAll(
  { random }: Pick<QuoteParts, 'random'>,
  records: Transaction<Tables>,
  speakerId: string,
  by: { readonly personId: string; readonly at: number },
): Promise<void> {
  for (const quote of await loadQuotes(records, { speakerIds: [speakerId] })) {
    let after = quote;
    for (const ask of quote.record.guardianAsks) {
      if (ask.speaker !== speakerId || !isGuardianAskOpen(quote.record, ask)) continue;
      const recalled = { kind: 'recalled', ask: ask.id, at: by.at } as const;
      after = await appendStep(records, random, after, {
        ...recalled,
        by: { who: 'member', id: by.personId },
      });
    }
  }
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
    if (guardianAskOf(quote.record, id)) {
      known = true;
      continue;
    }
    const shown = shownWhere({ uses: text.usesOf(quote.row), speakers, quote }, use, wanted.speakerId);
    const event: QuoteEvent = {
      ...{ kind: 'guardian-asked', at, by: { who: 'member', id: by.personId ?? '' } },
      ...{ ask: id, speaker: wanted.speakerId, lapsesAt },
      shown: shown ?? { use, wording: null, context: null, attribution: null },
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
  who: { readonly speaker: Tables['speakers']; readonly guardian: Tables['guardians'] },
  wanted: Pick<Wanted, 'id' | 'asks'> & { readonly days: number },
  sent: readonly string[],
): Promise<string> {
  const { speaker, guardian } = who;
  const addressee = { ...guardian, school_id: speaker.school_id };
  const waiting = await waitingLetter(records, caseId, addressee);
  if (waiting) {
    // it has not gone yet, and leads to the same page
    await noteLetter(records, sent, waiting);
    return '';
  }
  const to = await addresseeOf(parts, records, { study, caseId, by }, addressee, wanted.days);
  if ('personId' in to) {
    await records
      .updateTable('guardians')
      .set({ person_id: to.personId })
      .where('speaker_id', '=', speaker.id)
      .execute();
  }
  const sender = by.personId === null ? null : await loadPerson(records, by.personId);
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', speaker.school_id)
    .executeTakeFirst();
  const about = {
    name: guardian.name,
    sender: sender?.name ?? '',
    studyTitle: study.title,
    schoolName: school?.name ?? '',
    quotes: new Set(wanted.asks.filter(({ id }) => sent.includes(id)).map(({ quoteId }) => quoteId)).size,
    telephone: await telephoneIn(records, by.personId ?? '', study.id),
    printOn: (await termsOf(records, study.id)).printOn,
  };
  const { link } = await desk.queue(records, {
    ...guardianLetter(about, speaker.name),
    ...{
      anyHour: false,
      id: wanted.id,
      kind: 'quotes',
      studyId: study.id,
      caseId,
      to,
      days: wanted.days,
      by,
    },
  });
  await noteLetter(records, sent, wanted.id);
  return link;
}
