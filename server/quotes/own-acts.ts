import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import { type QuoteRefusal, refusalOf } from '../../shared/quotes/acts.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';
import type { QuoteActor, QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { refuseUnfit } from './capturing.ts';
import { type OwnSpeaker, ownSpeaker, ownSpeakers } from './own-speakers.ts';
import { answerTo, isAsAsked } from './own-words.ts';
import { type QuoteParts, refused, type WantedEvent } from './quote-acts.ts';
import { appendStep, type KeptQuote } from './quote-store.ts';
import { loadQuotedText } from './quoted-text.ts';
import { setNaming } from './speakers.ts';

/** Who is at the page, as the server knows it. */
export interface AtTheirPage {
  readonly personId: string;
  readonly actor: Actor;
}

/** What a speaker did, to be told in their receipt. */
export interface OwnDeed {
  readonly own: OwnSpeaker;
  /** As they are afterwards. */
  readonly quotes: readonly KeptQuote[];
  readonly at: number;
}

type Records = Transaction<Tables>;

/** The team sees that questions were read; that answers nothing (QUOTE-4). What is none of theirs is passed over. */
export async function openAsks(
  parts: QuoteParts,
  { personId }: AtTheirPage,
  askIds: readonly string[],
): Promise<void> {
  const wanted = new Set(askIds);
  const changed = await parts.records.transaction(async (records) => {
    const quotes: KeptQuote[] = [];
    for (const own of await ownSpeakers(records, personId)) {
      for (const quote of own.quotes) {
        const after = await openedAsks(parts, records, own, quote, wanted);
        if (after !== quote) quotes.push(after);
      }
    }
    return quotes;
  });
  tell(parts, changed);
}

async function openedAsks(
  parts: QuoteParts,
  records: Records,
  own: OwnSpeaker,
  quote: KeptQuote,
  wanted: ReadonlySet<string>,
): Promise<KeptQuote> {
  let after = quote;
  for (const { id, openedAt } of quote.record.asks) {
    if (!wanted.has(id) || openedAt !== null) continue;
    const event = byThem(own, { kind: 'opened', ask: id }, parts.clock.now());
    if (refusalOf(after.record, event, factsOf(own)) === null) {
      after = await appendStep(records, parts.random, after, event);
    }
  }
  return after;
}

/**
 * Answers a question about words of theirs (QUOTE-1). The same answer again changes nothing.
 * @throws Refusal not-found; bad-request for words that nobody could be quoted with; conflict where the
 *   question is over, was answered otherwise meanwhile, is about what stands there no more, or where
 *   somebody else may be at the page
 */
export async function answerAsk(
  parts: QuoteParts,
  by: AtTheirPage,
  askId: string,
  said: RouteInput<'POST /api/contact/asks/:askId/answer'>,
): Promise<OwnDeed> {
  const known = asked(await ownSpeakers(parts.records.read, by.personId), askId);
  // before the transaction, which waits for nothing but the database
  const text = await loadQuotedText(parts, known.own.study, [known.quote.row.case_id]);
  const wording = said.kind === 'correction-proposed' ? (said.wording ?? '') : undefined;
  if (wording !== undefined) refuseUnfit(wording);
  const deed = await parts.records.transaction(async (records) => {
    const { own, quote, ask } = asked(await ownSpeakers(records, by.personId), askId);
    const at = parts.clock.now();
    const last = answerTo(quote, ask);
    if (last?.kind === said.kind && (last.wording ?? undefined) === wording)
      return { own, quotes: [quote], at };
    if ((last?.at ?? null) !== said.after) {
      throw new Refusal(
        'conflict',
        'You have answered this meanwhile. Look at how it stands, then answer again.',
      );
    }
    if (ask.over === null && at >= ask.lapsesAt) throw refused('lapsed');
    if (said.kind === 'confirmed' && !isAsAsked(own, quote, ask, text.usesOf(quote.row))) {
      throw new Refusal('conflict', 'The text has been changed meanwhile. Look at what stands there now.');
    }
    if (said.kind === 'confirmed' || wording !== undefined) await requireTheirOwn(records, own, by.personId);
    const event = { kind: said.kind, ask: askId, ...(wording !== undefined && { wording }) } as WantedEvent;
    const after = await take(parts, records, own, quote, event, at);
    await recordInStudy(records, own.study.id, {
      kind: 'quote-answered',
      by: by.actor,
      at,
      caseId: quote.row.case_id,
      object: { kind: 'speaker', id: own.row.id },
      detail: { quote: quote.row.id, said: said.kind, way: 'page' },
    });
    return { own, quotes: [after], at };
  });
  tell(parts, deed.quotes);
  return deed;
}

/**
 * Words are verified by who said them: not from an address that others read as well (LINK-1), nor by
 * whoever could put an address of their own beside somebody's name (QUOTE-1).
 * @throws Refusal conflict
 */
async function requireTheirOwn(
  records: Records,
  { row, study, speakers }: OwnSpeaker,
  personId: string,
): Promise<void> {
  if (speakers.facts.address(row.id) === 'shared') {
    throw new Refusal('conflict', 'Others read your address as well. Please answer by phone or on paper.');
  }
  const member = await records
    .selectFrom('members')
    .select('role')
    .where('study_id', '=', study.id)
    .where('user_id', '=', personId)
    .where('role', '<>', 'contact')
    .executeTakeFirst();
  if (!member) return;
  throw new Refusal(
    'conflict',
    'You are of the team of this study. Have a colleague write your answer down, by phone or on paper.',
  );
}

/**
 * Says how they are named, which holds for all their words, and where some of them may appear.
 * All of it or nothing.
 * @throws Refusal not-found; bad-request for a day that is over
 */
export async function consentTo(
  parts: QuoteParts,
  by: AtTheirPage,
  wish: RouteInput<'POST /api/contact/quotes/consent'>,
): Promise<OwnDeed> {
  const deed = await parts.records.transaction(async (records) => {
    const own = ownSpeaker(await ownSpeakers(records, by.personId), wish.speakerId);
    const at = parts.clock.now();
    if (wish.until !== null && wish.until <= at) {
      const message = 'choose a day that is still to come';
      throw new Refusal('bad-request', 'Choose a day that is still to come.', [{ path: 'until', message }]);
    }
    const { name, role } = own.row;
    const attribution = attributionOf({ name, role, naming: wish.naming });
    const isRenamed = wish.naming !== own.speakers.attribution(own.row.id).naming;
    const quotes: KeptQuote[] = [];
    for (const quote of own.quotes) {
      const isChosen = wish.quoteIds.includes(quote.row.id);
      const isOver = quote.record.withdrawn.size > 0;
      if (isOver || !(isChosen || isRenamed)) continue;
      const before = quote.record.consents.get(own.row.id);
      const { channels, until } = isChosen
        ? wish
        : { channels: before?.channels ?? [], until: before?.until ?? null };
      const consent = { channels: [...new Set(channels)], until, naming: wish.naming };
      const event: WantedEvent = {
        ...{ kind: 'consented', speaker: own.row.id, from: 'speaker' },
        consent,
        attribution,
      };
      const after = await take(parts, records, own, quote, event, at);
      if (isChosen) quotes.push(after);
      await recordInStudy(records, own.study.id, {
        kind: 'quote-consented',
        by: by.actor,
        at,
        caseId: quote.row.case_id,
        object: { kind: 'speaker', id: own.row.id },
        detail: { quote: quote.row.id, from: 'speaker' },
      });
    }
    if (quotes.length === 0) throw nothingThere();
    await setNaming(records, own.row.id, wish.naming);
    return { own, quotes, at };
  });
  tell(parts, deed.own.quotes);
  return deed;
}

/** Takes words back, whenever they like. Again, it changes nothing. @throws Refusal not-found */
export async function withdrawWords(
  parts: QuoteParts,
  by: AtTheirPage,
  quoteId: string,
  speakerId: string,
): Promise<OwnDeed> {
  const deed = await parts.records.transaction(async (records) => {
    const own = ownSpeaker(await ownSpeakers(records, by.personId), speakerId);
    const quote = own.quotes.find(({ row }) => row.id === quoteId);
    if (!quote) throw nothingThere();
    const at = parts.clock.now();
    if (quote.record.withdrawn.has(speakerId)) return { own, quotes: [quote], at };
    const event: WantedEvent = { kind: 'withdrawn', speaker: speakerId, from: 'speaker' };
    const after = await take(parts, records, own, quote, event, at);
    await recordInStudy(records, own.study.id, {
      kind: 'quote-withdrawn',
      by: by.actor,
      at,
      caseId: quote.row.case_id,
      object: { kind: 'speaker', id: speakerId },
      detail: { quote: quoteId, from: 'speaker' },
    });
    return { own, quotes: [after], at };
  });
  tell(parts, deed.quotes);
  return deed;
}

/**
 * They are not who the team takes them for. What was said and agreed to as that person does not count,
 * and nothing more is asked of them as that person. @throws Refusal not-found
 */
export async function isNotMe(parts: QuoteParts, by: AtTheirPage, speakerId: string): Promise<void> {
  const quotes = await parts.records.transaction(async (records) => {
    const own = ownSpeaker(await ownSpeakers(records, by.personId), speakerId);
    const at = parts.clock.now();
    for (const quote of own.quotes) {
      let after = quote;
      for (const ask of quote.record.asks) {
        const isTheirs = ask.speaker === speakerId && (ask.over === null || ask.answer !== null);
        const event = byThem(own, { kind: 'disputed', ask: ask.id, stranger: true }, at);
        if (!isTheirs || refusalOf(after.record, event, factsOf(own)) !== null) continue;
        after = await appendStep(records, parts.random, after, event);
      }
      if (!after.record.consents.has(speakerId) || after.record.withdrawn.size > 0) continue;
      const nothing = { channels: [], until: null, naming: 'anonymous' } as const;
      const attribution = attributionOf({ name: '', role: '', naming: 'anonymous' });
      const consented = { kind: 'consented', speaker: speakerId, from: 'speaker' } as const;
      after = await take(parts, records, own, after, { ...consented, consent: nothing, attribution }, at);
    }
    await records
      .updateTable('speakers')
      .set({ person_id: null, email: '', address: 'none', chosen: 0 })
      .where('id', '=', speakerId)
      .execute();
    await recordInStudy(records, own.study.id, {
      kind: 'speaker-not-them',
      by: by.actor,
      at,
      object: { kind: 'speaker', id: speakerId },
      detail: {},
    });
    return own.quotes;
  });
  tell(parts, quotes);
}

function asked(own: readonly OwnSpeaker[], askId: string) {
  for (const one of own) {
    for (const quote of one.quotes) {
      const ask = quote.record.asks.find(({ id, speaker }) => id === askId && speaker === one.row.id);
      if (ask) return { own: one, quote, ask };
    }
  }
  throw nothingThere();
}

/** @throws Refusal conflict where the rules refuse it */
async function take(
  parts: QuoteParts,
  records: Records,
  own: OwnSpeaker,
  quote: KeptQuote,
  wanted: WantedEvent,
  at: number,
): Promise<KeptQuote> {
  const event = byThem(own, wanted, at);
  const refusal: QuoteRefusal | null = refusalOf(quote.record, event, factsOf(own));
  if (refusal) throw refused(refusal);
  return appendStep(records, parts.random, quote, event);
}

function byThem({ row }: OwnSpeaker, wanted: WantedEvent, at: number): QuoteEvent {
  const by: QuoteActor = { who: 'speaker', id: row.id };
  return { ...wanted, at, by } as QuoteEvent;
}

function factsOf({ speakers }: OwnSpeaker) {
  return { ...speakers.facts, isCloser: false };
}

function tell({ bus }: QuoteParts, quotes: readonly KeptQuote[]): void {
  const cases = new Map(quotes.map(({ row }) => [row.case_id, row.study_id]));
  for (const [caseId, studyId] of cases) caseChanged(bus, studyId, caseId);
}
