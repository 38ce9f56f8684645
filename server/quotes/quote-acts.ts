import type { Transaction } from 'kysely';
import type { QuoteView } from '../../shared/api/quotes.ts';
import type { AuditDetails } from '../../shared/audit/audit-record.ts';
import { contextChange } from '../../shared/document/quote-context.ts';
import { type QuoteRefusal, REFUSALS, refusalOf } from '../../shared/quotes/acts.ts';
import type { QuoteActor, QuoteEvent, Shown } from '../../shared/quotes/quote-event.ts';
import { turnsShown } from '../../shared/quotes/turns.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { loadPeople } from '../studies/people.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { appendStep, type KeptQuote, loadQuote } from './quote-store.ts';
import { quoteView, type ViewNeeds } from './quote-views.ts';
import { loadQuotedText, type PlacedUse, type QuotedText, readableBlocks } from './quoted-text.ts';
import { loadSpeakers, type Speakers } from './speakers.ts';
import { loadWaitingAsks } from './waiting-asks.ts';

export type QuoteParts = Pick<Parts, 'records' | 'blocks' | 'folder' | 'log' | 'clock' | 'random' | 'bus'>;

/** A quote with its case, and the text as it is. */
export interface QuoteScene {
  readonly row: Tables['quotes'];
  readonly theCase: Tables['cases'];
  readonly study: Tables['studies'];
  readonly text: QuotedText;
}

/** @throws Refusal not-found */
export async function sceneOf(parts: QuoteParts, quoteId: string): Promise<QuoteScene> {
  const row = await parts.records.read
    .selectFrom('quotes')
    .selectAll()
    .where('id', '=', quoteId)
    .executeTakeFirst();
  if (!row) throw nothingThere();
  const { row: theCase, study } = await caseAndStudy(parts.records.read, row.case_id);
  return { row, theCase, study, text: await loadQuotedText(parts, study, [row.case_id]) };
}

export function refused(refusal: QuoteRefusal): Refusal {
  return new Refusal('conflict', REFUSALS[refusal]);
}

/** Without its moment, which is the transaction's. */
export type WantedEvent = QuoteEvent extends infer E
  ? E extends QuoteEvent
    ? Omit<E, 'at' | 'by'>
    : never
  : never;

/** What is known in the transaction in which a step is taken. */
export interface StepNeeds {
  readonly quote: KeptQuote;
  readonly speakers: Speakers;
  readonly at: number;
  readonly uses: readonly PlacedUse[];
}

/** What is done with a quote, and what of it stands in the record. */
export interface QuoteAct<K extends QuoteDeed = QuoteDeed> {
  readonly quoteId: string;
  readonly by: QuoteActor;
  readonly actor: Actor;
  /** @returns the step; null where it was taken already, by a call that is repeated */
  readonly event: (needs: StepNeeds) => WantedEvent | null;
  /** Also done where the step is taken. */
  readonly beside?:
    | ((records: Transaction<Tables>, needs: StepNeeds, event: QuoteEvent) => Promise<void>)
    | undefined;
  readonly deed?: {
    readonly kind: K;
    readonly detail: AuditDetails[K];
    readonly object?: { readonly kind: 'speaker'; readonly id: string };
  };
}

/** Acts that the record of the study tells of. */
export type QuoteDeed =
  | 'quote-recalled'
  | 'quote-answered'
  | 'quote-corrected'
  | 'quote-found-fair'
  | 'quote-consented'
  | 'quote-withdrawn';

/**
 * Takes one step with a quote: in one transaction it is decided, kept, and told in the record.
 * @returns the quote after it
 * @throws Refusal not-found; conflict where the rules refuse it
 */
export async function takeStep(parts: QuoteParts, scene: QuoteScene, act: QuoteAct): Promise<KeptQuote> {
  const { records, clock, random, bus } = parts;
  const { row, study, text } = scene;
  const after = await records.transaction(async (transaction) => {
    const quote = await loadQuote(transaction, act.quoteId);
    if (!quote) throw nothingThere();
    const speakers = await loadSpeakers(transaction, study.id);
    const needs = { quote, speakers, at: clock.now(), uses: text.usesOf(row) };
    const wanted = act.event(needs);
    if (wanted === null) return quote;
    const event = { ...wanted, at: needs.at, by: act.by } as QuoteEvent;
    const refusal = refusalOf(quote.record, event, {
      ...speakers.facts,
      isCloser: event.kind === 'found-fair' && isCloser(quote, event, speakers),
    });
    if (refusal) throw refused(refusal);
    const next = await appendStep(transaction, random, quote, event);
    await act.beside?.(transaction, { ...needs, quote: next }, event);
    if (act.deed) {
      await recordInStudy(transaction, study.id, {
        ...act.deed,
        by: act.actor,
        at: needs.at,
        caseId: row.case_id,
      });
    }
    return next;
  });
  caseChanged(bus, study.id, row.case_id);
  return after;
}

/** Whether what stands around the words tells more of who said them than what they were verified in. */
function isCloser(
  { record }: KeptQuote,
  { speaker, shown }: Extract<QuoteEvent, { kind: 'found-fair' }>,
  speakers: Speakers,
): boolean {
  const { context } = shown;
  const seen = record.verifications.filter((one) => one.speaker === speaker);
  return (
    context === null ||
    seen.every(
      (one) =>
        one.shown.context === null ||
        contextChange(one.shown.context, context, speakers.identifying(speaker)) === 'closer',
    )
  );
}

type ShownNeeds = Pick<StepNeeds, 'uses' | 'speakers' | 'quote'>;

/**
 * @returns what a speaker is shown of a use as it stands in the text now
 * @throws Refusal conflict where it stands nowhere
 */
export function shownOf(needs: ShownNeeds, use: string, speaker: string): Shown {
  const shown = shownWhere(needs, use, speaker);
  if (!shown) throw new Refusal('conflict', 'These words are not in the text any more.');
  return shown;
}

/** @returns the same; null where it stands nowhere */
export function shownWhere(
  { uses, speakers, quote }: ShownNeeds,
  use: string,
  speaker: string,
): Shown | null {
  const found = uses.find((one) => one.use.use === use);
  if (!found) return null;
  const { wording, context } = found.use;
  const turns = turnsShown(quote.record, found.use, speaker);
  const attribution = speakers.attribution(speaker);
  return { use, wording, context, attribution, ...(turns && { turns }) };
}

/** @returns what views of these quotes are made from, as one person of the team may see them */
export async function viewNeeds(
  parts: QuoteParts,
  scene: Pick<QuoteScene, 'study' | 'text'>,
  cases: readonly Tables['cases'][],
  personId: string,
  quotes: readonly KeptQuote[],
): Promise<ViewNeeds> {
  const records: Records = parts.records.read;
  const { study, text } = scene;
  const people = new Set(quotes.map(({ row }) => row.made_by));
  for (const { steps } of quotes.length === 1 ? quotes : []) {
    for (const { who, whoId } of steps) if (who === 'member') people.add(whoId);
  }
  return {
    text,
    speakers: await loadSpeakers(records, study.id),
    readable: await readableBlocks(parts, study, cases, personId, text.figures),
    goesAt: await loadWaitingAsks(records, study.id),
    people: await loadPeople(records, [...people], study.id),
    now: parts.clock.now(),
  };
}

/** @returns one quote as it is now; its text is read anew where it was changed */
export async function viewOf(
  parts: QuoteParts,
  scene: QuoteScene,
  personId: string,
  options: { readonly textChanged?: boolean } = {},
): Promise<QuoteView> {
  const kept = await loadQuote(parts.records.read, scene.row.id);
  if (!kept) throw nothingThere();
  const text = options.textChanged
    ? await loadQuotedText(parts, scene.study, [scene.row.case_id])
    : scene.text;
  const needs = await viewNeeds(parts, { ...scene, text }, [scene.theCase], personId, [kept]);
  return quoteView(kept, needs);
}
