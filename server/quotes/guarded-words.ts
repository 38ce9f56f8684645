import type { GuardedQuote, GuardedWords } from '../../shared/api/guardian-quotes.ts';
import type { Person } from '../../shared/api/people.ts';
import { contextKey } from '../../shared/document/quote-context.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';
import { NAMINGS } from '../../shared/quotes/naming.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import type { GuardianAsk } from '../../shared/quotes/quote-record.ts';
import { telephoneIn } from '../accounts/telephones.ts';
import { currentSheet } from '../protection/information-sheets.ts';
import { loadPeople } from '../studies/people.ts';
import { asksTo, type OwnCharge, ownCharges } from './own-charges.ts';
import { codeOf, sourceShown, wordsShown } from './own-parts.ts';
import type { QuoteParts } from './quote-acts.ts';
import type { KeptQuote } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import { loadQuotedText, type PlacedUse } from './quoted-text.ts';
import { namingOf } from './speaker-parts.ts';
import { speakerView } from './speakers.ts';

/** @returns the words of children for whom somebody is asked, as they see them (ACCESS-5) */
export async function guardedWords(parts: QuoteParts, personId: string): Promise<GuardedWords[]> {
  const guarded: GuardedWords[] = [];
  for (const charge of await ownCharges(parts.records.read, personId)) {
    const told = await wordsOf(parts, charge);
    if (told.quotes.length > 0) guarded.push(told);
  }
  return guarded;
}

async function wordsOf(parts: QuoteParts, charge: OwnCharge): Promise<GuardedWords> {
  const { row, study, speakers, cases } = charge;
  const records = parts.records.read;
  const text = await loadQuotedText(
    parts,
    study,
    cases.map(({ id }) => id),
  );
  const asks = charge.quotes.flatMap((quote) => lastAsks(charge, quote).map((ask) => ({ quote, ask })));
  asks.sort((one, other) => other.ask.sentAt - one.ask.sentAt);
  const senders = asks.map(({ quote, ask }) => senderOf(quote, ask));
  const people = await loadPeople(records, [...new Set(senders)], study.id);
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', row.school_id)
    .executeTakeFirst();
  const team = people.get(senders[0] ?? '');
  return {
    speakerId: row.id,
    name: row.name,
    schoolName: school?.name ?? '',
    studyTitle: study.title,
    naming: namingOf(row),
    namings: [...NAMINGS]
      .reverse()
      .map((naming) => attributionOf({ name: row.name, role: row.role, naming })),
    onlyOne: speakerView(row, speakers).onlyOne,
    team: {
      ...{ name: team?.name ?? '', email: team?.email ?? '' },
      telephone: await telephoneIn(records, senders[0] ?? '', study.id),
      about: (await currentSheet(records, study.id))?.parts.contact ?? '',
    },
    printOn: (await termsOf(records, study.id)).printOn,
    quotes: asks.map(({ quote, ask }) => guardedQuote(charge, quote, ask, text.usesOf(quote.row), people)),
  };
}

/** Of each place the question that was sent last, as far as its words were not erased. */
function lastAsks(charge: OwnCharge, quote: KeptQuote): GuardianAsk[] {
  const byUse = new Map(asksTo(charge, quote).map((ask) => [ask.shown.use, ask]));
  return [...byUse.values()].filter(({ shown }) => shown.wording !== null && shown.context !== null);
}

function senderOf({ events }: KeptQuote, { id }: GuardianAsk): string {
  const sent = events.find((event) => event.kind === 'guardian-asked' && event.ask === id);
  return sent?.by.who === 'member' ? sent.by.id : '';
}

function guardedQuote(
  { row: { id: speaker } }: OwnCharge,
  quote: KeptQuote,
  ask: GuardianAsk,
  uses: readonly PlacedUse[],
  people: ReadonlyMap<string, Person>,
): GuardedQuote {
  const { record } = quote;
  const use = uses.find((one) => one.use.use === ask.shown.use)?.use;
  const isSame =
    use !== undefined &&
    wordingKey(use.wording) === wordingKey(ask.shown.wording ?? '') &&
    ask.shown.context !== null &&
    contextKey(use.context) === contextKey(ask.shown.context);
  const consent = record.guardianConsents.get(speaker);
  const agreed = last(quote, (event) => event.kind === 'consented' && event.from === 'guardian', speaker);
  const assented = record.consents.has(speaker)
    ? last(quote, (event) => event.kind === 'consented' && event.from === 'speaker', speaker)
    : null;
  const withdrawal = last(quote, (event) => event.kind === 'withdrawn', speaker);
  return {
    quoteId: quote.row.id,
    askId: ask.id,
    shown: wordsShown(ask.shown.wording ?? '', ask.shown.context),
    source: sourceShown(quote),
    now: use && !isSame ? wordsShown(use.wording, use.context) : null,
    gone: use === undefined,
    askedBy: people.get(senderOf(quote, ask))?.name ?? '',
    askedAt: ask.sentAt,
    until: ask.lapsesAt,
    over: record.withdrawn.size > 0 ? 'withdrawn' : consent ? null : ask.over,
    consent:
      consent && agreed
        ? { ...consent, channels: [...consent.channels], at: agreed.at, code: codeOf(quote, agreed) }
        : null,
    assent: assented && { told: record.toldByGuardian.has(speaker), at: assented.at },
    withdrawn: withdrawal && { at: withdrawal.at, code: codeOf(quote, withdrawal) },
  };
}

function last(
  { events }: KeptQuote,
  fits: (event: QuoteEvent) => boolean,
  speaker: string,
): QuoteEvent | null {
  return events.findLast((event) => fits(event) && 'speaker' in event && event.speaker === speaker) ?? null;
}
