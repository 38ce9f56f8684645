import { type LostWords, lostWords as lostWordsShape } from '../../shared/api/cases.ts';
import { findSection } from '../../shared/framework/framework.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions } from '../studies/access-lookup.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere, openBlock, openCase } from '../studies/study-gate.ts';
import { caseAndStudy } from './case-detail.ts';

/** Words that merging hid (SAVE-5): listed until somebody puts them back or lets them go. */
export function lostWordsRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;
  return {
    'GET /api/cases/:caseId/lost-words': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const found = await openCase(records.read, personId, caseId, 'see-lost-words', { binned: true });
      const { study } = await caseAndStudy(records.read, caseId);
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const decide = await loadDecisions(records.read, personId, study.id, [caseId]);
      const rows = await records.read
        .selectFrom('lost_words')
        .innerJoin('blocks', 'blocks.id', 'lost_words.block_id')
        .leftJoin('case_schools', (join) =>
          join
            .onRef('case_schools.case_id', '=', 'blocks.case_id')
            .onRef('case_schools.school_id', '=', 'blocks.school_id'),
        )
        .selectAll('lost_words')
        .select(['blocks.section_id', 'blocks.school_id'])
        .where('blocks.case_id', '=', caseId)
        .where('lost_words.settled_at', 'is', null)
        .where((eb) =>
          eb.or([eb('blocks.school_id', 'is', null), eb('case_schools.school_id', 'is not', null)]),
        )
        .orderBy('lost_words.at')
        .orderBy('lost_words.id')
        .execute();
      const readable = rows.filter(({ block_id: blockId, section_id, school_id: schoolId }) => {
        const section = findSection(framework, section_id);
        return (
          section && includesAccess(decide.of({ blockId, caseId, section, schoolId }, found).access, 'read')
        );
      });
      return { lostWords: readable.map(asLostWords) };
    },

    'POST /api/lost-words/:lostId/settle': async (call) => {
      const { personId } = signedIn(call);
      const { lostId } = call.params;
      const { how } = call.body;
      const lost = await records.read
        .selectFrom('lost_words')
        .selectAll()
        .where('id', '=', lostId)
        .executeTakeFirst();
      if (!lost) throw nothingThere();
      const block = await openBlock(records.read, personId, lost.block_id, 'see-lost-words', 'write');
      await records.transaction(async (transaction) => {
        const settled = await transaction
          .updateTable('lost_words')
          .set({ settled_at: clock.now(), settled_by: personId, settled_how: how })
          .where('id', '=', lostId)
          .where('settled_at', 'is', null)
          .executeTakeFirst();
        if (settled.numUpdatedRows === 1n) {
          return recordInStudy(transaction, block.studyId, {
            kind: 'lost-words-settled',
            by: call.actor,
            at: clock.now(),
            caseId: block.caseId,
            object: { kind: 'block', id: lost.block_id },
            detail: { how },
          });
        }
        const earlier = await transaction
          .selectFrom('lost_words')
          .select(['settled_by', 'settled_how'])
          .where('id', '=', lostId)
          .executeTakeFirst();
        if (earlier?.settled_by === personId && earlier.settled_how === how) return;
        throw new Refusal('conflict', 'Somebody has seen to these words already.');
      });
      caseChanged(bus, block.studyId, block.caseId);
      return { ok: true };
    },
  };
}

function asLostWords(row: Tables['lost_words']): LostWords {
  return {
    id: row.id,
    blockId: row.block_id,
    words: row.words,
    before: row.before_text,
    after: row.after_text,
    authorId: row.author_id,
    causedById: row.caused_by_id,
    cause: lostWordsShape.shape.cause.parse(row.cause),
    at: row.at,
  };
}
