import { followChain, type QuoteStep, type QuoteWords } from '../../shared/quotes/quote-chain.ts';
import { eventOfStep } from '../../shared/quotes/quote-step.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { asStep } from './quote-store.ts';

export interface QuoteCheck {
  readonly quotes: number;
  /** One line for each quote whose record does not hold, naming its first broken step. */
  readonly faults: readonly string[];
}

/** Quotes followed at once. */
const AT_ONCE = 200;

/** Follows the chain of every quote to the end that was noted for it, words that are still there included (QUOTE-6). */
export function checkQuotes(records: RecordStore): Promise<QuoteCheck> {
  return records.transaction(followAll);
}

async function followAll(records: Records): Promise<QuoteCheck> {
  const faults: string[] = [];
  let quotes = 0;
  for (let after = ''; ; ) {
    const rows = await records
      .selectFrom('quotes')
      .select(['id', 'head_seq', 'head_hash'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    for (const { id, head_seq: seq, head_hash: hash } of rows) {
      const fault = await follow(records, id, { seq, hash });
      if (fault !== null) faults.push(`quote ${id}: ${fault}`);
    }
    quotes += rows.length;
    if (rows.length < AT_ONCE) break;
    after = rows.at(-1)?.id ?? after;
  }
  const stray = await records
    .selectFrom('quote_steps')
    .select('quote_id')
    .where('quote_id', 'not in', records.selectFrom('quotes').select('id'))
    .distinct()
    .execute();
  for (const { quote_id } of stray) faults.push(`quote ${quote_id}: it has steps and is not there`);
  return { quotes, faults };
}

async function follow(
  records: Records,
  id: string,
  end: { readonly seq: number; readonly hash: string },
): Promise<string | null> {
  const { steps, words, broken } = await followQuote(records, id, end);
  if (broken) return `step ${broken.seq} ${BROKEN[broken.what]}`;
  try {
    for (const step of steps) eventOfStep(step, words.get(step.seq) ?? []);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
  return null;
}

/**
 * Follows the chain of one quote to its end, words that are still there included (QUOTE-6).
 * @param end as it was noted beside the quote
 */
export async function followQuote(
  records: Records,
  id: string,
  end: { readonly seq: number; readonly hash: string },
) {
  const rows = await records
    .selectFrom('quote_steps')
    .selectAll()
    .where('quote_id', '=', id)
    .orderBy('seq')
    .execute();
  const words = new Map<number, QuoteWords[]>();
  for (const { seq, part, salt, text } of await records
    .selectFrom('quote_words')
    .selectAll()
    .where('quote_id', '=', id)
    .execute()) {
    words.set(seq, [...(words.get(seq) ?? []), { part, salt, text }]);
  }
  const steps: readonly QuoteStep[] = rows.map(asStep);
  return { steps, words, broken: followChain(steps, words, end) };
}

/** @returns where the chain of a quote ends, as it was noted beside it */
export function headOf({ head_seq, head_hash }: Pick<Tables['quotes'], 'head_seq' | 'head_hash'>) {
  return { seq: Number(head_seq), hash: head_hash };
}

const BROKEN = {
  order: 'is missing, was added, or is another quote’s',
  record: 'is not as it was written',
  words: 'has other words than it was written with',
} as const;
