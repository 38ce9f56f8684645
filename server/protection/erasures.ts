import type { Transaction } from 'kysely';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { THE_SERVER } from '../letters/letter-purpose.ts';
import type { Randomness } from '../ports/clock.ts';
import type { ListedErasure } from '../ports/erasure-list.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { appendStep, loadQuotes, type QuoteChoice } from '../quotes/quote-store.ts';
import { idTaken } from '../studies/study-gate.ts';

export type Erasure = Tables['erasures'];

/** What is to be erased, and by whom it was asked for. */
export interface WantedErasure {
  /** Client-made. */
  readonly id: string;
  readonly studyId: string;
  readonly speakerId: string | null;
  /** Of one quote: its case. */
  readonly caseId: string | null;
  /** The quotes whose words go. */
  readonly which: QuoteChoice;
  readonly by: Actor;
  readonly at: number;
}

/**
 * Writes down that words are to be erased for good, before anything of them is: whatever happens
 * then, it is carried out until nothing is left (ERASE-1). From here on nothing can be done with
 * the quotes, and nobody can be quoted as that speaker.
 * @throws Refusal conflict for an id that stands for something else
 */
export async function noteErasure(
  random: Pick<Randomness, 'bytes'>,
  records: Transaction<Tables>,
  { id, studyId, speakerId, caseId, which, by, at }: WantedErasure,
): Promise<void> {
  const quotes = await loadQuotes(records, which);
  const ids = JSON.stringify(quotes.map(({ row }) => row.id));
  const earlier = await records.selectFrom('erasures').selectAll().where('id', '=', id).executeTakeFirst();
  if (earlier) {
    if (earlier.study_id !== studyId || earlier.speaker_id !== speakerId) throw idTaken();
    if (speakerId === null && earlier.quotes !== ids) throw idTaken();
    return;
  }
  const row: Erasure = {
    ...{ id, study_id: studyId, speaker_id: speakerId, quotes: ids },
    ...{ asked_by: by.personId ?? '', asked_at: at, done_at: null },
  };
  await records.insertInto('erasures').values(row).execute();
  for (const quote of quotes) {
    if (quote.record.erased) continue;
    const event: QuoteEvent = { kind: 'erased', at, by: { who: 'member', id: row.asked_by } };
    await appendStep(records, random, quote, event);
    await records.updateTable('quotes').set({ erased_at: at }).where('id', '=', quote.row.id).execute();
  }
  if (speakerId !== null) {
    await records.updateTable('speakers').set({ erased_at: at }).where('id', '=', speakerId).execute();
  }
  await recordInStudy(records, studyId, {
    ...{ kind: 'words-erased', by, at, caseId },
    ...(speakerId !== null && { object: { kind: 'speaker', id: speakerId } as const }),
    detail: { erasure: id, of: speakerId === null ? 'quote' : 'speaker', quotes: quotes.length },
  });
}

export function listedErasure(row: Erasure): ListedErasure {
  return {
    ...{ id: row.id, studyId: row.study_id, speakerId: row.speaker_id },
    ...{ quoteIds: JSON.parse(row.quotes) as string[], askedBy: row.asked_by, askedAt: row.asked_at },
  };
}

/**
 * Notes again what a database does not know of that was put back.
 * @returns false where it knows, or has nothing of that study
 */
export async function repeatErasure(
  random: Pick<Randomness, 'bytes'>,
  records: Transaction<Tables>,
  { id, studyId, speakerId, quoteIds, askedBy, askedAt }: ListedErasure,
): Promise<boolean> {
  const known = await records.selectFrom('erasures').select('id').where('id', '=', id).executeTakeFirst();
  const study = await records.selectFrom('studies').select('id').where('id', '=', studyId).executeTakeFirst();
  if (known || !study) return false;
  const by = { ...THE_SERVER, personId: askedBy };
  const wanted = { id, studyId, speakerId, caseId: null, by, at: askedAt };
  const which = speakerId === null ? { id: quoteIds[0] ?? '' } : { speakerIds: [speakerId] };
  await noteErasure(random, records, { ...wanted, which });
  return true;
}

/** @returns those that are not carried out yet, oldest first */
export function openErasures(records: Records): Promise<Erasure[]> {
  return records
    .selectFrom('erasures')
    .selectAll()
    .where('done_at', 'is', null)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
}
