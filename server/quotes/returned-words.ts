import type { BlockWriting } from '../collaboration/block-writing.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { editUses, takeOut } from './quote-text.ts';
import { loadQuotedText } from './quoted-text.ts';
import { RepeatedLook } from './repeated-look.ts';

/** The longest time that words which were taken back stand again, in milliseconds. */
const LOOK_EVERY = 60_000;

type Needs = Pick<Parts, 'records' | 'clock' | 'bus' | 'log'> & Parameters<typeof loadQuotedText>[0];

/**
 * Takes words that their speaker took back out of the text once more, wherever they come back:
 * with what somebody wrote offline before they heard of it, or out of what was copied.
 */
export function returnedWords(parts: Needs, writing: BlockWriting): RepeatedLook {
  return new RepeatedLook(parts.clock, LOOK_EVERY, async (isStopped) => {
    try {
      for (const [caseId, quotes] of await withdrawnByCase(parts.records.read)) {
        if (isStopped()) return;
        await lookThrough(parts, writing, caseId, quotes);
      }
    } catch (cause) {
      parts.log.error('quotes that were taken back could not be looked through', {}, cause);
    }
  });
}

type Withdrawn = Pick<Tables['quotes'], 'id' | 'case_id' | 'study_id'>;

/** @returns what was taken back in cases that somebody can write in */
async function withdrawnByCase(records: Records): Promise<ReadonlyMap<string, readonly Withdrawn[]>> {
  const rows = await records
    .selectFrom('quotes')
    .innerJoin('cases', 'cases.id', 'quotes.case_id')
    .innerJoin('studies', 'studies.id', 'quotes.study_id')
    .select(['quotes.id', 'quotes.case_id', 'quotes.study_id'])
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .where('quotes.id', 'in', (eb) =>
      eb.selectFrom('quote_steps').select('quote_id').where('kind', 'in', ['withdrawn', 'erased']),
    )
    .execute();
  const byCase = new Map<string, Withdrawn[]>();
  for (const row of rows) byCase.set(row.case_id, [...(byCase.get(row.case_id) ?? []), row]);
  return byCase;
}

/** What cannot be read or written just now is looked at again with the next look, and keeps nothing else. */
async function lookThrough(
  parts: Needs,
  writing: BlockWriting,
  caseId: string,
  quotes: readonly Withdrawn[],
): Promise<void> {
  const [first] = quotes;
  if (!first) return;
  try {
    const study = await parts.records.read
      .selectFrom('studies')
      .selectAll()
      .where('id', '=', first.study_id)
      .executeTakeFirstOrThrow();
    const text = await loadQuotedText(parts, study, [caseId]);
    let changed = false;
    for (const quote of quotes) {
      const places = text.usesOf(quote);
      if (places.length === 0) continue;
      changed = (await editUses(writing, places, null, (doc) => takeOut(doc, quote.id))) || changed;
    }
    if (changed) caseChanged(parts.bus, first.study_id, caseId);
  } catch (cause) {
    parts.log.error('words that were taken back could not be taken out', { case: caseId }, cause);
  }
}
