import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import type { AuditDetails } from '../../shared/audit/audit-record.ts';
import { refusalOf } from '../../shared/quotes/acts.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { guardianAgreed } from '../../shared/quotes/quote-record.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere } from '../studies/study-gate.ts';
import type { AtTheirPage } from './own-acts.ts';
import { asksTo, type OwnCharge, ownCharge, ownCharges } from './own-charges.ts';
import { type QuoteParts, refused, type WantedEvent } from './quote-acts.ts';
import { appendStep, type KeptQuote } from './quote-store.ts';
import { setNaming } from './speakers.ts';

/** What parents and carers do at their page, for a child (QUOTE-1: whether words are right is the child's to say). */

type Records = Transaction<Tables>;

/** The team sees that questions were read; that answers nothing (QUOTE-4). */
export async function openGuardianAsks(
  parts: QuoteParts,
  { personId }: AtTheirPage,
  askIds: readonly string[],
): Promise<void> {
  const changed = await parts.records.transaction(async (records) => {
    const opened: KeptQuote[] = [];
    for (const charge of await ownCharges(records, personId)) {
      for (const quote of charge.quotes) {
        let after = quote;
        for (const { id, openedAt } of asksTo(charge, quote)) {
          if (!askIds.includes(id) || openedAt !== null) continue;
          const event = byThem(charge, { kind: 'opened', ask: id }, parts.clock.now());
          if (refusalOf(after.record, event, factsOf(charge)) !== null) continue;
          after = await appendStep(records, parts.random, after, event);
        }
        if (after !== quote) opened.push(after);
      }
    }
    return opened;
  });
  tell(parts, changed);
}

/**
 * Says where words of a child may appear, and how the child is named at most. All of it or nothing.
 * @throws Refusal not-found; bad-request for a day that is over; conflict where the question is over
 */
export async function consentAsGuardian(
  parts: QuoteParts,
  by: AtTheirPage,
  wish: RouteInput<'POST /api/contact/guarded/consent'>,
): Promise<void> {
  await forEach(parts, by, wish, async (records, charge, quote, at) => {
    if (wish.until !== null && wish.until <= at) {
      const message = 'choose a day that is still to come';
      throw new Refusal('bad-request', 'Choose a day that is still to come.', [{ path: 'until', message }]);
    }
    requireAsked(charge, quote, at);
    const consent = { channels: [...new Set(wish.channels)], until: wish.until, naming: wish.naming };
    const event: WantedEvent = { kind: 'consented', speaker: charge.row.id, from: 'guardian', consent };
    const after = await take(parts, records, charge, quote, event, at);
    await note(records, charge, quote, {
      ...{ kind: 'quote-consented', by: by.actor, at },
      detail: { quote: quote.row.id, from: 'guardian' },
    });
    return after;
  });
}

/**
 * Says that the child was asked and agrees, to what the parent agreed to.
 * @throws Refusal not-found; conflict before they agreed themselves, and against what the child said
 */
export async function assentAsTold(
  parts: QuoteParts,
  by: AtTheirPage,
  wish: RouteInput<'POST /api/contact/guarded/assent'>,
): Promise<void> {
  await forEach(parts, by, wish, async (records, charge, quote, at) => {
    const { id: speaker, name, role, chosen } = charge.row;
    const consent = quote.record.guardianConsents.get(speaker);
    if (!consent) throw refused('guardian-first');
    const attribution = attributionOf({ name, role, naming: consent.naming });
    const after = await take(
      parts,
      records,
      charge,
      quote,
      { kind: 'consented', speaker, from: 'speaker', consent, attribution },
      at,
    );
    // how the child itself chose to be named stays
    if (chosen === 0) await setNaming(records, speaker, consent.naming);
    await note(records, charge, quote, {
      ...{ kind: 'quote-assented', by: by.actor, at },
      detail: { quote: quote.row.id },
    });
    return after;
  });
}

/** Takes words of a child back, or says no to them. Again, it changes nothing. @throws Refusal not-found */
export async function withdrawAsGuardian(
  parts: QuoteParts,
  by: AtTheirPage,
  quoteId: string,
  speakerId: string,
): Promise<{ readonly charge: OwnCharge; readonly quote: KeptQuote }> {
  const done = await parts.records.transaction(async (records) => {
    const charge = ownCharge(await ownCharges(records, by.personId), speakerId);
    const quote = charge.quotes.find(({ row }) => row.id === quoteId);
    if (!quote) throw nothingThere();
    if (quote.record.withdrawn.has(speakerId)) return { charge, quote };
    const at = parts.clock.now();
    const event: WantedEvent = { kind: 'withdrawn', speaker: speakerId, from: 'guardian' };
    const after = await take(parts, records, charge, quote, event, at);
    await note(records, charge, quote, {
      ...{ kind: 'quote-withdrawn', by: by.actor, at },
      detail: { quote: quoteId, from: 'guardian' },
    });
    return { charge, quote: after };
  });
  tell(parts, [done.quote]);
  return done;
}

/**
 * They are no parent or carer of the child. What they agreed to as one does not count, and nothing more
 * is asked of them for it. @throws Refusal not-found
 */
export async function isNotTheirs(parts: QuoteParts, by: AtTheirPage, speakerId: string): Promise<void> {
  const quotes = await parts.records.transaction(async (records) => {
    const charge = ownCharge(await ownCharges(records, by.personId), speakerId);
    const at = parts.clock.now();
    const nothing = { channels: [], until: null, naming: 'anonymous' } as const;
    for (const quote of charge.quotes) {
      const { toldByGuardian, declined, withdrawn } = quote.record;
      if (withdrawn.size > 0) continue;
      const consented = { kind: 'consented', speaker: speakerId, consent: nothing } as const;
      const steps: WantedEvent[] = [];
      if (guardianAgreed(quote.record, speakerId)) {
        // first: to what nobody agreed to, no child agrees
        if (toldByGuardian.has(speakerId) && !declined.has(speakerId))
          steps.push({ ...consented, from: 'speaker' });
        steps.push({ ...consented, from: 'guardian' });
      }
      for (const { id, over } of asksTo(charge, quote)) {
        if (over === null) steps.push({ kind: 'recalled', ask: id });
      }
      let after = quote;
      for (const step of steps) after = await take(parts, records, charge, after, step, at);
    }
    await records.deleteFrom('guardians').where('speaker_id', '=', speakerId).execute();
    await recordInStudy(records, charge.study.id, {
      ...{ kind: 'guardian-not-them', by: by.actor, at, detail: {} },
      object: { kind: 'speaker', id: speakerId },
    });
    return charge.quotes;
  });
  tell(parts, quotes);
}

async function forEach(
  parts: QuoteParts,
  by: AtTheirPage,
  wish: { readonly speakerId: string; readonly quoteIds: readonly string[] },
  act: (records: Records, charge: OwnCharge, quote: KeptQuote, at: number) => Promise<KeptQuote>,
): Promise<void> {
  const changed = await parts.records.transaction(async (records) => {
    const charge = ownCharge(await ownCharges(records, by.personId), wish.speakerId);
    await requireOutsider(records, charge, by.personId);
    const at = parts.clock.now();
    const after: KeptQuote[] = [];
    for (const id of new Set(wish.quoteIds)) {
      const quote = charge.quotes.find(({ row }) => row.id === id);
      if (!quote) throw nothingThere();
      after.push(await act(records, charge, quote, at));
    }
    return after;
  });
  tell(parts, changed);
}

/** Whoever is of the team does not agree for a child: a colleague writes it down. @throws Refusal conflict */
async function requireOutsider(records: Records, { study }: OwnCharge, personId: string): Promise<void> {
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

/** They answer while a question is open, and change later what they answered then. @throws Refusal conflict */
function requireAsked(charge: OwnCharge, quote: KeptQuote, at: number): void {
  if (guardianAgreed(quote.record, charge.row.id)) return;
  const asks = asksTo(charge, quote);
  if (asks.some(({ over, lapsesAt }) => over === null && at < lapsesAt)) return;
  throw refused(asks.every(({ over }) => over === 'recalled') ? 'recalled' : 'lapsed');
}

async function take(
  parts: QuoteParts,
  records: Records,
  charge: OwnCharge,
  quote: KeptQuote,
  wanted: WantedEvent,
  at: number,
): Promise<KeptQuote> {
  const event = byThem(charge, wanted, at);
  const refusal = refusalOf(quote.record, event, factsOf(charge));
  if (refusal) throw refused(refusal);
  return appendStep(records, parts.random, quote, event);
}

type GuardianDeed = 'quote-consented' | 'quote-assented' | 'quote-withdrawn';

async function note<K extends GuardianDeed>(
  records: Records,
  { study, row }: OwnCharge,
  quote: KeptQuote,
  deed: { readonly kind: K; readonly by: Actor; readonly at: number; readonly detail: AuditDetails[K] },
): Promise<void> {
  const object = { kind: 'speaker', id: row.id } as const;
  await recordInStudy(records, study.id, { ...deed, object, caseId: quote.row.case_id });
}

function byThem({ row }: OwnCharge, wanted: WantedEvent, at: number): QuoteEvent {
  return { ...wanted, at, by: { who: 'guardian', of: row.id } } as QuoteEvent;
}

function factsOf({ speakers }: OwnCharge) {
  return { ...speakers.facts, isCloser: false };
}

function tell({ bus }: QuoteParts, quotes: readonly KeptQuote[]): void {
  const cases = new Map(quotes.map(({ row }) => [row.case_id, row.study_id]));
  for (const [caseId, studyId] of cases) caseChanged(bus, studyId, caseId);
}
