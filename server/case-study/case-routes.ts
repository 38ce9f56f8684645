import { includesAccess, isLocked, STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadDecisions, lookUpCase, readStage } from '../studies/access-lookup.ts';
import { caseAccessChanged, caseChanged } from '../studies/announcements.ts';
import { nothingThere, openCase, openStudy, stageLock } from '../studies/study-gate.ts';
import { partsOf } from '../studies/study-routes.ts';
import { insertCase } from './case-creation.ts';
import { caseAndStudy, caseDetail } from './case-detail.ts';
import { changeSchools, loadForSchoolChange } from './case-schools.ts';
import { loadFigures } from './projections.ts';
import { loadReadingCopies } from './reading-copies.ts';
import { loadSeen, mustStandAsSeen } from './seen-case.ts';

/** Cases: make, read, change, put into the bin. */
export function caseRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;
  return {
    'POST /api/studies/:studyId/cases': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      const { study, role } = await openStudy(records.read, personId, studyId, 'create-case');
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const wanted = { body: call.body, studyId, framework, by: personId, now: clock.now() };
      await records.transaction(async (transaction) => {
        if (!(await insertCase(transaction, parts.random, wanted))) return;
        const deed = { by: call.actor, at: clock.now(), caseId: call.body.id, detail: {} };
        await recordInStudy(transaction, studyId, { kind: 'case-made', ...deed });
      });
      caseChanged(bus, studyId, call.body.id);
      return caseDetail(parts, call.body.id, personId, role);
    },

    'GET /api/cases/:caseId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { role } = await openCase(records.read, personId, caseId, 'see-study', { binned: true });
      return caseDetail(parts, caseId, personId, role);
    },

    'PATCH /api/cases/:caseId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { title, subtitle, stage, stageWhy = '', schoolIds, seen } = call.body;
      const opened = await openCase(records.read, personId, caseId, 'see-study', { binned: true });
      const { studyId, role } = opened;
      const changes = title !== undefined || subtitle !== undefined || schoolIds !== undefined;
      if (stage !== undefined) await openCase(records.read, personId, caseId, 'move-stage');
      if (stage === undefined || changes) {
        await openCase(records.read, personId, caseId, 'change-case');
      }
      const { row, study } = await caseAndStudy(records.read, caseId);
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const figures = schoolIds ? await loadForSchoolChange(parts, framework, caseId) : [];
      const shown = seen?.sections
        ? await loadSeen(parts, framework, { personId, studyId, caseId }, opened)
        : [];
      await records.transaction(async (transaction) => {
        // Reading the figures takes its time: where the case stands now is what counts.
        const from = await standingStage(transaction, caseId);
        const moves = stage !== undefined && stage !== from.stage;
        if (stage !== undefined && !moves && stageWhy !== '' && stageWhy !== from.why) {
          throw alreadyThere(from.stage);
        }
        if (moves && seen) await mustStandAsSeen(transaction, caseId, from.stage, seen, shown);
        if (changes && isLocked(from.stage) && isLocked(stage ?? from.stage)) {
          throw new Refusal('no-access', await stageLock(transaction, caseId));
        }
        if (schoolIds) {
          const authority = row.authority === 1;
          const change = { caseId, studyId, authority, framework, schoolIds, figures };
          await changeSchools(transaction, parts, { ...change, by: call.actor, at: clock.now() });
        }
        await transaction
          .updateTable('cases')
          .set({
            changed_at: clock.now(),
            ...(title !== undefined && { title }),
            ...(subtitle !== undefined && { subtitle }),
            ...(moves && {
              stage,
              stage_by: personId,
              stage_at: clock.now(),
              stage_why: stageWhy,
            }),
          })
          .where('id', '=', caseId)
          .execute();
        const deed = { by: call.actor, at: clock.now(), caseId };
        const changed = partsOf({ title, subtitle, schools: schoolIds });
        if (changed !== '') {
          await recordInStudy(transaction, studyId, {
            kind: 'case-changed',
            ...deed,
            detail: { parts: changed },
          });
        }
        if (moves) {
          const detail = { from: from.stage, to: stage };
          await recordInStudy(transaction, studyId, { kind: 'stage-moved', ...deed, detail });
        }
      });
      if (stage !== undefined || schoolIds !== undefined) caseAccessChanged(bus, caseId);
      caseChanged(bus, studyId, caseId);
      return caseDetail(parts, caseId, personId, role);
    },

    'DELETE /api/cases/:caseId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { studyId, deleted } = await openCase(records.read, personId, caseId, 'delete-case', {
        binned: true,
      });
      if (deleted) return { ok: true };
      await records.transaction(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('cases')
          .set({ deleted_at: clock.now(), deleted_by: personId })
          .where('id', '=', caseId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        const deed = { by: call.actor, at: clock.now(), caseId, detail: {} };
        await recordInStudy(transaction, studyId, { kind: 'case-deleted', ...deed });
        await dropLetters(transaction, { caseId }, { by: call.actor, at: clock.now() });
      });
      caseAccessChanged(bus, caseId);
      caseChanged(bus, studyId, caseId);
      return { ok: true };
    },

    'GET /api/cases/:caseId/framework': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      await openCase(records.read, personId, caseId, 'see-study', { binned: true });
      const { study } = await caseAndStudy(records.read, caseId);
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const version = `${encodeURIComponent(framework.id)}/${framework.version}`;
      call.response.set('Content-Location', `/api/frameworks/${version}`);
      return framework;
    },

    'GET /api/cases/:caseId/text': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const found = await lookUpCase(records.read, personId, caseId);
      if (!found?.role) throw nothingThere();
      const { study } = await caseAndStudy(records.read, caseId);
      const framework = await studyFramework(records.read, study.framework_id, study.framework_version);
      const decide = await loadDecisions(records.read, personId, found.studyId, [caseId]);
      const readable = (await loadFigures(parts, framework, [caseId])).filter((figures) =>
        includesAccess(decide.of(figures, found).access, 'read'),
      );
      if (readable.length === 0 && !mayInStudy(found.role, 'see-study')) throw nothingThere();
      return { blocks: await loadReadingCopies(parts, { role: found.role, personId }, readable) };
    },
  };
}

/** @returns the stage that a case is at, and why somebody moved it there */
async function standingStage(records: Records, caseId: string): Promise<{ stage: Stage; why: string }> {
  const row = await records
    .selectFrom('cases')
    .select(['stage', 'stage_why'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return { stage: readStage(row.stage), why: row.stage_why ?? '' };
}

/** Who moved it there, and why, stays as they said it. */
const alreadyThere = (stage: Stage) =>
  new Refusal(
    'conflict',
    `This case is at “${STAGE_NAMES[stage]}” already. To give another reason, move it away first, then back.`,
  );
