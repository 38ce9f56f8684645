import type { Person } from '../../shared/api/people.ts';
import type { OwnQuote, OwnWords, SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { contextKey } from '../../shared/document/quote-context.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';
import { needsGuardian } from '../../shared/quotes/consent.ts';
import { NAMINGS, sameAttribution } from '../../shared/quotes/naming.ts';
import { plainContext } from '../../shared/quotes/own-names.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import type { Ask } from '../../shared/quotes/quote-record.ts';
import { standingOf } from '../../shared/quotes/standing.ts';
import { turnsShown } from '../../shared/quotes/turns.ts';
import { telephoneIn } from '../accounts/telephones.ts';
import { currentSheet } from '../protection/information-sheets.ts';
import { loadPeople } from '../studies/people.ts';
import { guardedWords } from './guarded-words.ts';
import { codeOf, sourceShown, wordsShown } from './own-parts.ts';
import type { OwnSpeaker } from './own-speakers.ts';
import { ownSpeakers } from './own-speakers.ts';
import type { QuoteParts } from './quote-acts.ts';
import type { KeptQuote } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import { presentOf } from './quote-views.ts';
import { loadQuotedText, type PlacedUse, type QuotedText } from './quoted-text.ts';
import { ageOf, namingOf } from './speaker-parts.ts';
import { speakerView } from './speakers.ts';

/** @returns everything that somebody said and is quoted with, as they see it (ACCESS-5) */
export async function ownWords(parts: QuoteParts, personId: string): Promise<SpeakerQuotes> {
  const records = parts.records.read;
  const words: OwnWords[] = [];
  for (const own of await ownSpeakers(records, personId)) {
    const text = await loadQuotedText(
      parts,
      own.study,
      own.cases.map(({ id }) => id),
    );
    const told = await wordsOf(parts, own, text);
    // who is a speaker and has not been asked anything yet sees nothing
    if (told.quotes.length > 0) words.push(told);
  }
  return { words, guarded: await guardedWords(parts, personId), now: parts.clock.now() };
}

async function wordsOf(parts: QuoteParts, own: OwnSpeaker, text: QuotedText): Promise<OwnWords> {
  const { row, study, speakers } = own;
  const records = parts.records.read;
  const asks = own.quotes.flatMap((quote) => lastAsks(quote, row.id).map((ask) => ({ quote, ask })));
  asks.sort((one, other) => other.ask.sentAt - one.ask.sentAt);
  const senders = asks.map(({ quote, ask }) => senderOf(quote, ask));
  const people = await loadPeople(records, [...new Set(senders)], study.id);
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', row.school_id)
    .executeTakeFirst();
  const sheet = await currentSheet(records, study.id);
  const team = people.get(senders[0] ?? '');
  return {
    speakerId: row.id,
    name: row.name,
    role: row.role,
    schoolName: school?.name ?? '',
    studyTitle: study.title,
    naming: namingOf(row),
    namings: [...NAMINGS]
      .reverse()
      .map((naming) => attributionOf({ name: row.name, role: row.role, naming })),
    onlyOne: speakerView(row, speakers).onlyOne,
    needsGuardian: needsGuardian(ageOf(row)),
    team: {
      name: team?.name ?? '',
      email: team?.email ?? '',
      telephone: await telephoneIn(records, senders[0] ?? '', study.id),
      about: sheet?.parts.contact ?? '',
    },
    printOn: (await termsOf(records, study.id)).printOn,
    quotes: asks.map(({ quote, ask }) => ownQuote({ quote, ask, own, uses: text.usesOf(quote.row), people })),
  };
}

/** Of each place the question that was sent last, as far as its words were not erased. */
export function lastAsks({ record }: KeptQuote, speakerId: string): Ask[] {
  const byUse = new Map<string, Ask>();
  for (const ask of record.asks) if (ask.speaker === speakerId) byUse.set(ask.shown.use, ask);
  return [...byUse.values()].filter(({ shown }) => shown.wording !== null && shown.context !== null);
}

function senderOf({ events }: KeptQuote, { id }: Ask): string {
  const sent = events.find((event) => event.kind === 'sent' && event.ask === id);
  return sent?.by.who === 'member' ? sent.by.id : '';
}

type AnswerEvent = Extract<QuoteEvent, { ask: string; wording?: string | null }> & { kind: OwnAnswerKind };
type OwnAnswerKind = NonNullable<OwnQuote['answer']>['kind'];

/** @returns the answer to a question that counts, with when and how it was given */
export function answerTo({ events }: KeptQuote, { id }: Pick<Ask, 'id'>): AnswerEvent | null {
  const answers = events.filter(
    (event): event is AnswerEvent =>
      (event.kind === 'confirmed' ||
        event.kind === 'correction-proposed' ||
        event.kind === 'disputed' ||
        event.kind === 'declined') &&
      event.ask === id,
  );
  return answers.at(-1) ?? null;
}

interface Asked {
  readonly quote: KeptQuote;
  readonly ask: Ask;
  readonly own: OwnSpeaker;
  readonly uses: readonly PlacedUse[];
  readonly people: ReadonlyMap<string, Person>;
}

function ownQuote({ quote, ask, own, uses, people }: Asked): OwnQuote {
  const { record } = quote;
  const speaker = own.row.id;
  const use = uses.find((one) => one.use.use === ask.shown.use)?.use;
  const answer = answerTo(quote, ask);
  const withdrawal =
    quote.events.find((event) => event.kind === 'withdrawn' && event.speaker === speaker) ?? null;
  const said = ask.answer?.kind;
  const mayHold = said === 'confirmed' || ask.answer?.decided === 'accepted';
  const present = presentOf(uses, own.speakers);
  return {
    quoteId: quote.row.id,
    askId: ask.id,
    source: sourceShown(quote),
    shown: wordsShown(ask.shown.wording ?? '', ask.shown.context, ask.shown.turns),
    now:
      use && !isAsAsked(own, quote, ask, uses)
        ? wordsShown(use.wording, use.context, turnsShown(record, use, speaker))
        : null,
    gone: use === undefined,
    namedAs: own.speakers.attribution(speaker),
    askedBy: people.get(senderOf(quote, ask))?.name ?? '',
    askedAt: ask.sentAt,
    until: ask.lapsesAt,
    over: record.withdrawn.size > 0 ? 'withdrawn' : ask.over,
    answer: answer && {
      kind: answer.kind,
      wording: answer.wording ?? null,
      at: answer.at,
      way: answer.evidence?.how ?? 'page',
      code: codeOf(quote, answer),
    },
    withdrawn: withdrawal && { at: withdrawal.at, code: codeOf(quote, withdrawal) },
    decided: ask.answer?.decided ?? null,
    verified: mayHold && use !== undefined && standingOf(record, use, speaker, present) === 'verified',
    consent: consentOf(quote, speaker),
    exchange: record.speakers.length > 1,
  };
}

function consentOf({ record }: KeptQuote, speaker: string): OwnQuote['consent'] {
  const consent = record.consents.get(speaker);
  return consent ? { ...consent, channels: [...consent.channels] } : null;
}

/**
 * @returns whether what a speaker was asked about is what stands there now, words, surroundings and
 *   naming; how they chose themselves to be named is no change
 */
export function isAsAsked(
  { row, speakers }: OwnSpeaker,
  { record }: KeptQuote,
  ask: Ask,
  uses: readonly PlacedUse[],
): boolean {
  const use = uses.find((one) => one.use.use === ask.shown.use)?.use;
  const { wording, context, attribution } = ask.shown;
  if (!use || wording === null || context === null || attribution === null) return false;
  const present = speakers.attribution(row.id);
  const chosen = record.chosen.get(row.id);
  const names = speakers.ownNames(row.id);
  return (
    wordingKey(use.wording) === wordingKey(wording) &&
    contextKey(plainContext(use.context, names.now)) === contextKey(plainContext(context, names.before)) &&
    (sameAttribution(present, attribution) || (chosen !== undefined && sameAttribution(chosen, present)))
  );
}
