import type { RouteInput } from '../../shared/api/contract.ts';
import { wordingFaults, wordingFaultWords, wordingKey } from '../../shared/document/wording-form.ts';
import { refusalOf, type SpeakerFacts } from '../../shared/quotes/acts.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { NO_RECORD } from '../../shared/quotes/quote-record.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { idTaken } from '../studies/study-gate.ts';
import { refused } from './quote-acts.ts';
import { appendStep, loadQuote } from './quote-store.ts';
import { loadSpeakers } from './speakers.ts';

/**
 * Captures words of somebody. The mark in the text may come before or after it; a repeated call has
 * no second effect (SAVE-3).
 * @throws Refusal bad-request for speakers who are not of the study, and words that cannot be sent
 *   and are said to be checked; conflict where the id was used for something else
 */
export async function captureQuote(
  { records, clock, random, bus }: Pick<Parts, 'records' | 'clock' | 'random' | 'bus'>,
  place: { readonly studyId: string; readonly caseId: string; readonly by: Actor },
  wanted: RouteInput<'POST /api/cases/:caseId/quotes'>,
): Promise<void> {
  const { studyId, caseId, by } = place;
  const at = clock.now();
  const speakerIds = [...new Set(wanted.speakerIds)];
  await records.transaction(async (transaction) => {
    const earlier = await loadQuote(transaction, wanted.id);
    if (earlier) {
      const same =
        earlier.row.case_id === caseId &&
        earlier.row.made_by === by.personId &&
        earlier.row.use_id === wanted.use &&
        earlier.record.speakers.join() === speakerIds.join() &&
        (earlier.record.turns ?? []).join() === wanted.turns.join();
      if (!same) throw idTaken();
      return;
    }
    const { rows } = await loadSpeakers(transaction, studyId);
    const known = new Set(rows.flatMap(({ id, erased_at }) => (erased_at === null ? [id] : [])));
    if (!speakerIds.every((id) => known.has(id))) {
      throw new Refusal('bad-request', 'Choose speakers of this study.', [
        { path: 'speakerIds', message: 'names somebody who is no speaker of this study' },
      ]);
    }
    const row: Tables['quotes'] = {
      id: wanted.id,
      study_id: studyId,
      case_id: caseId,
      block_id: wanted.blockId,
      use_id: wanted.use,
      how: wanted.how,
      said_on: wanted.saidOn,
      source: wanted.source,
      captured: wanted.wording,
      original: wanted.original,
      language: wanted.language,
      translated: wanted.translated ? 1 : 0,
      made_by: by.personId ?? '',
      made_at: at,
      head_seq: 0,
      head_hash: '',
      erased_at: null,
    };
    await transaction.insertInto('quotes').values(row).execute();
    for (const [position, speaker_id] of speakerIds.entries()) {
      await transaction
        .insertInto('quote_speakers')
        .values({ quote_id: row.id, speaker_id, position })
        .execute();
    }
    const member = { who: 'member', id: row.made_by } as const;
    const turns = wanted.turns.length > 0 && { turns: wanted.turns };
    const captured: QuoteEvent = { kind: 'captured', at, by: member, speakers: speakerIds, ...turns };
    const refusal = refusalOf(NO_RECORD, captured, NOT_ASKED);
    if (refusal) throw refused(refusal);
    const quote = await appendStep(
      transaction,
      random,
      { row, steps: [], events: [], record: NO_RECORD },
      captured,
    );
    if (wanted.checked) {
      refuseUnfit(wanted.wording);
      const checked: QuoteEvent = { kind: 'checked', at, by: member, wording: wanted.wording };
      await appendStep(transaction, random, quote, checked);
    }
    await recordInStudy(transaction, studyId, {
      kind: 'quote-captured',
      by,
      at,
      caseId,
      object: { kind: 'block', id: wanted.blockId },
      detail: { quote: row.id },
    });
  });
  caseChanged(bus, studyId, caseId);
}

/** What capturing asks nobody. */
const NOT_ASKED: SpeakerFacts = { age: () => 'not-known', address: () => 'none', isCloser: false };

/** @throws Refusal bad-request naming what no speaker could be asked about */
export function refuseUnfit(wording: string): void {
  const [fault] = wordingFaults(wording);
  if (!fault) return;
  const message = wordingFaultWords(fault);
  throw new Refusal('bad-request', message, [{ path: 'wording', message }]);
}

/** @returns whether it is the same, as quotes are compared */
export function sameWording(one: string, other: string): boolean {
  return wordingKey(one) === wordingKey(other);
}
