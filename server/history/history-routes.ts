import { findSection } from '../../shared/framework/framework.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { loadPeople } from '../studies/people.ts';
import { nothingThere, openBlock, openCase } from '../studies/study-gate.ts';
import { pastOf } from './past.ts';
import { erasedBefore, loadTimeline } from './timeline.ts';
import { type Versions, versionsOf } from './versions.ts';

/** Moments told at once. */
const MOST_MOMENTS = 200;

/** What a section was before, for whoever of the team may read it. */
export function historyRoutes(parts: Parts, versions: Pick<Versions, 'keep'>): Routes {
  const { records } = parts;

  const named = async (personIds: readonly string[], studyId: string) => {
    const people = await loadPeople(records.read, [...new Set(personIds)], studyId);
    return [...people.values()].map(({ id, name, colour }) => ({ id, name, colour }));
  };

  return {
    'GET /api/blocks/:blockId/history': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const { studyId } = await openBlock(records.read, personId, blockId, 'see-study', 'read');
      const before = call.query.before ?? null;
      const { moments, more } = await loadTimeline(records.read, blockId, before, MOST_MOMENTS);
      const ids = moments.flatMap(({ people }) => people.flatMap(({ id }) => id ?? []));
      const kept = await versionsOf(records.read, blockId);
      ids.push(...kept.flatMap(({ by }) => by ?? []));
      return { moments: [...moments], more, people: await named(ids, studyId), versions: [...kept] };
    },

    'POST /api/cases/:caseId/versions': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      await openCase(records.read, personId, caseId, 'set-section-status');
      const { id, name } = call.body;
      const version = { id, name, kind: 'named', made_by: personId, stage_at: null };
      await versions.keep(caseId, version, call.actor);
      return { ok: true };
    },

    'GET /api/blocks/:blockId/history/:seq': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const block = await openBlock(records.read, personId, blockId, 'see-study', 'read');
      const study = await records.read
        .selectFrom('studies')
        .selectAll()
        .where('id', '=', block.studyId)
        .executeTakeFirstOrThrow();
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const section = findSection(framework, block.sectionId);
      if (!section || !/^\d{1,12}$/.test(call.params.seq)) throw nothingThere();
      const seq = Number(call.params.seq);
      if (seq > 0 && seq < (await erasedBefore(records.read, blockId))) {
        throw new Refusal(
          'gone',
          'Words were erased here for good since. Of what stood here before, only who wrote when is known.',
        );
      }
      const past = await pastOf(parts, blockId, section, seq);
      if (!past)
        throw new Refusal(
          'gone',
          'This moment cannot be shown by itself any more. Choose one from the list.',
        );
      const { personIds, ...rest } = past;
      return { ...rest, people: await named(personIds, block.studyId) };
    },
  };
}
