import type { Transaction } from 'kysely';
import { nextStep, type QuoteStep, type QuoteWords } from '../../shared/quotes/quote-chain.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { isGuardianAskOpen, type QuoteRecord, recordOf } from '../../shared/quotes/quote-record.ts';
import { eventOfStep, stepParts } from '../../shared/quotes/quote-step.ts';
import { nextSilenceMoment } from '../../shared/quotes/reminders.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Randomness } from '../ports/clock.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken } from '../studies/study-gate.ts';
import { termsOf } from './quote-terms.ts';

/** A quote as it is kept, with what its steps come to. */
export interface KeptQuote {
  readonly row: Tables['quotes'];
  readonly steps: readonly QuoteStep[];
  readonly events: readonly QuoteEvent[];
  readonly record: QuoteRecord;
}

export type QuoteChoice =
  | { readonly id: string }
  | { readonly caseId: string }
  | { readonly studyId: string }
  /** Of whoever they are the words of, alone or with others. */
  | { readonly speakerIds: readonly string[] };

/** @returns quotes in the order in which they were captured, a few statements for however many */
export async function loadQuotes(records: Records, choice: QuoteChoice): Promise<KeptQuote[]> {
  const rows = await chosen(records, choice).selectAll('quotes').orderBy('made_at').orderBy('id').execute();
  if (rows.length === 0) return [];
  const ids = chosen(records, choice).select('quotes.id');
  const steps = await records
    .selectFrom('quote_steps')
    .selectAll()
    .where('quote_id', 'in', ids)
    .orderBy('quote_id')
    .orderBy('seq')
    .execute();
  const words = await records.selectFrom('quote_words').selectAll().where('quote_id', 'in', ids).execute();
  const stepsOf = grouped(steps, (step) => step.quote_id);
  const wordsOf = grouped(words, ({ quote_id, seq }) => `${quote_id} ${seq}`);
  return rows.map((row) => {
    const kept = (stepsOf.get(row.id) ?? []).map(asStep);
    const events = kept.map((step) => eventOfStep(step, wordsOf.get(`${row.id} ${step.seq}`) ?? []));
    return { row, steps: kept, events, record: recordOf(events) };
  });
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

function chosen(records: Records, choice: QuoteChoice) {
  const quotes = records.selectFrom('quotes');
  if ('id' in choice) return quotes.where('quotes.id', '=', choice.id);
  if ('caseId' in choice) return quotes.where('case_id', '=', choice.caseId);
  if ('studyId' in choice) return quotes.where('study_id', '=', choice.studyId);
  return quotes.where('quotes.id', 'in', (eb) =>
    eb
      .selectFrom('quote_speakers')
      .select('quote_id')
      .where('speaker_id', 'in', [...choice.speakerIds]),
  );
}

/** @returns null where there is no such quote */
export async function loadQuote(records: Records, id: string): Promise<KeptQuote | null> {
  return (await loadQuotes(records, { id }))[0] ?? null;
}

export function asStep(row: Tables['quote_steps']): QuoteStep {
  return {
    quoteId: row.quote_id,
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind,
    who: row.who,
    whoId: row.who_id,
    detail: row.detail,
    words: JSON.parse(row.words) as Record<string, string>,
    hash: row.hash,
  };
}

const SALT_BYTES = 32;

/**
 * Appends a step that `refusalOf` let through (QUOTE-6), in the transaction in which the quote was read.
 * @returns the quote with it
 * @throws Refusal conflict for a question whose id stands for one about another quote
 */
export async function appendStep(
  records: Transaction<Tables>,
  random: Pick<Randomness, 'bytes'>,
  quote: KeptQuote,
  event: QuoteEvent,
): Promise<KeptQuote> {
  if (event.kind === 'sent' || event.kind === 'guardian-asked')
    await requireFree(records, event.ask, quote.row.id);
  const { step, words } = stepParts(event);
  const salted: QuoteWords[] = words.map((part) => ({
    ...part,
    salt: Buffer.from(random.bytes(SALT_BYTES)).toString('hex'),
  }));
  const made = nextStep(quote.steps.at(-1) ?? null, { ...step, quoteId: quote.row.id }, salted);
  await records.insertInto('quote_steps').values(asRow(made)).execute();
  for (const { part, salt, text } of salted) {
    const row = { quote_id: made.quoteId, seq: made.seq, part, salt, text };
    await records.insertInto('quote_words').values(row).execute();
  }
  await records
    .updateTable('quotes')
    .set({ head_seq: made.seq, head_hash: made.hash })
    .where('id', '=', made.quoteId)
    .execute();
  const events = [...quote.events, event];
  const next = { ...quote, steps: [...quote.steps, made], events, record: recordOf(events) };
  await reckonAsks(records, next.row.study_id, [next]);
  return next;
}

/** Ids of questions are made by clients: one that is another's would be called back and end with it. */
async function requireFree(records: Records, askId: string, quoteId: string): Promise<void> {
  const known = await records
    .selectFrom('quote_asks')
    .select('quote_id')
    .where('id', '=', askId)
    .executeTakeFirst();
  if (known && known.quote_id !== quoteId) throw idTaken();
}

function asRow(step: QuoteStep): Tables['quote_steps'] {
  return {
    quote_id: step.quoteId,
    seq: step.seq,
    at: step.at,
    kind: step.kind,
    who: step.who,
    who_id: step.whoId,
    detail: step.detail,
    words: JSON.stringify(step.words),
    hash: step.hash,
  };
}

/** @returns whether nobody is called to mind of it: it was taken back, or the team does not use it */
export function isAtRest({ withdrawn, setAside }: QuoteRecord): boolean {
  return withdrawn.size > 0 || setAside;
}

/** The days of a study changed: what waits for an answer is reckoned anew (QUOTE-5). */
export async function reckonStudy(records: Transaction<Tables>, studyId: string): Promise<void> {
  const waiting = (await loadQuotes(records, { studyId })).filter(
    ({ record }) =>
      record.asks.some(({ answer, over }) => answer === null && over === null) ||
      record.guardianAsks.some((ask) => isGuardianAskOpen(record, ask)),
  );
  await reckonAsks(records, studyId, waiting);
}

/** When each question of quotes of a study is due next (QUOTE-5); a new one gets its row. */
async function reckonAsks(
  records: Transaction<Tables>,
  studyId: string,
  quotes: readonly KeptQuote[],
): Promise<void> {
  if (quotes.every(({ record }) => record.asks.length + record.guardianAsks.length === 0)) return;
  const hours = await hoursOf(records, studyId);
  const terms = await termsOf(records, studyId);
  for (const { row, record } of quotes) {
    const due = [
      ...record.asks.map((ask) => ({
        ask,
        next_at: isAtRest(record) ? null : nextSilenceMoment(ask, hours, terms),
      })),
      // parents and carers are asked once: what they do not answer lapses
      ...record.guardianAsks.map((ask) => ({
        ask,
        next_at: isGuardianAskOpen(record, ask) ? ask.lapsesAt : null,
      })),
    ];
    for (const { ask, next_at } of due) {
      await records
        .insertInto('quote_asks')
        .values({ id: ask.id, quote_id: row.id, speaker_id: ask.speaker, letter_id: null, next_at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ next_at }))
        .execute();
    }
  }
}
