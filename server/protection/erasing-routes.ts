import type { ErasedTexts } from '../../shared/api/erasing.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadQuote } from '../quotes/quote-store.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { caseChanged, studyChanged } from '../studies/announcements.ts';
import { nothingThere, openBlock, openStudy } from '../studies/study-gate.ts';
import type { ErasingDesk } from './erasing-desk.ts';
import { noteErasure } from './erasures.ts';
import { speakersHeld } from './held-speakers.ts';

/** What a study holds on those whom it quotes, and its erasing for good (ERASE-1). */
export function erasingRoutes(
  parts: Pick<Parts, 'records' | 'clock' | 'random' | 'bus'>,
  desk: Pick<ErasingDesk, 'now'>,
): Routes {
  const { records, clock, random, bus } = parts;

  const carriedOut = async (erasureId: string): Promise<{ done: boolean }> => {
    await desk.now();
    const row = await records.read
      .selectFrom('erasures')
      .select('done_at')
      .where('id', '=', erasureId)
      .executeTakeFirst();
    return { done: row?.done_at != null };
  };

  return {
    'GET /api/studies/:studyId/speakers': async (call) => {
      const { studyId } = call.params;
      await openStudy(records.read, signedIn(call).personId, studyId, 'export-person', { binned: true });
      return { speakers: await speakersHeld(records.read, studyId) };
    },

    'POST /api/studies/:studyId/speakers/:speakerId/erase': async (call) => {
      const { studyId, speakerId } = call.params;
      const { id } = call.body;
      await openStudy(records.read, signedIn(call).personId, studyId, 'erase-words', { binned: true });
      await records.transaction(async (transaction) => {
        const speaker = await transaction
          .selectFrom('speakers')
          .select('id')
          .where('id', '=', speakerId)
          .where('study_id', '=', studyId)
          .executeTakeFirst();
        if (!speaker) throw nothingThere();
        const which = { speakerIds: [speakerId] };
        const at = clock.now();
        const wanted = { id, studyId, speakerId, caseId: null, which, by: call.actor, at };
        await noteErasure(random, transaction, wanted);
      });
      studyChanged(bus, studyId);
      return carriedOut(id);
    },

    'POST /api/quotes/:quoteId/erase': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { id } = call.body;
      const row = await records.read
        .selectFrom('quotes')
        .select(['study_id', 'case_id', 'block_id'])
        .where('id', '=', quoteId)
        .executeTakeFirst();
      if (!row) throw nothingThere();
      await openBlock(records.read, personId, row.block_id, 'erase-words', 'read');
      await records.transaction(async (transaction) => {
        const quote = await loadQuote(transaction, quoteId);
        if (!quote) throw nothingThere();
        if (quote.record.withdrawn.size === 0) {
          throw new Refusal('conflict', 'These words have to be taken back before they are erased for good.');
        }
        const place = { studyId: row.study_id, caseId: row.case_id, speakerId: null };
        const wanted = { id, ...place, which: { id: quoteId }, by: call.actor, at: clock.now() };
        await noteErasure(random, transaction, wanted);
      });
      caseChanged(bus, row.study_id, row.case_id);
      return carriedOut(id);
    },

    'GET /api/account/erased-texts': async (call) => erasedTexts(records.read, signedIn(call).personId),
  };
}

/** Of the studies that they are in, and the texts that they may read: ids alone, so that a device can tell which of its copies are of before. */
async function erasedTexts(records: Records, personId: string): Promise<ErasedTexts> {
  const rows = await records
    .selectFrom('erasures')
    .innerJoin('members', 'members.study_id', 'erasures.study_id')
    .select(['erasures.id', 'erasures.study_id', 'erasures.quotes'])
    .where('members.user_id', '=', personId)
    // At a school they have no copies of the team's texts.
    .where('members.role', '<>', 'contact')
    .where('erasures.done_at', 'is not', null)
    .orderBy('erasures.asked_at')
    .execute();
  if (rows.length === 0) return { erasures: [] };
  const ids = rows.map(({ id }) => id);
  const all = await records
    .selectFrom('block_rewrites')
    .innerJoin('block_heads', 'block_heads.block_id', 'block_rewrites.block_id')
    .innerJoin('blocks', 'blocks.id', 'block_rewrites.block_id')
    .select(['block_rewrites.erasure_id', 'block_rewrites.block_id', 'block_heads.lineage', 'blocks.case_id'])
    .where('block_rewrites.erasure_id', 'in', ids)
    .execute();
  const readable = new Set<string>();
  for (const blockId of new Set(all.map((row) => row.block_id))) {
    const found = await lookUpBlock(records, personId, blockId);
    if (found && includesAccess(found.decision.access, 'read')) readable.add(blockId);
  }
  const rewritten = all.filter((row) => readable.has(row.block_id));
  const quotes = await records
    .selectFrom('quotes')
    .select(['id', 'case_id'])
    .where('erased_at', 'is not', null)
    .execute();
  const caseOf = new Map(quotes.map((quote) => [quote.id, quote.case_id]));
  return {
    erasures: rows.map(({ id, study_id: studyId, quotes: quoteIds }) => {
      const blocks = rewritten.filter((one) => one.erasure_id === id);
      const cases = (JSON.parse(quoteIds) as string[]).flatMap((quote) => caseOf.get(quote) ?? []);
      return {
        id,
        studyId,
        caseIds: [...new Set([...cases, ...blocks.map((block) => block.case_id)])],
        blocks: blocks.map(({ block_id: blockId, lineage }) => ({ blockId, lineage })),
      };
    }),
  };
}
