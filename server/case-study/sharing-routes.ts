import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { caseChanged, personAccessChanged } from '../studies/announcements.ts';
import { openCase } from '../studies/study-gate.ts';
import { caseSharing } from './case-sharing.ts';
import { changeSharingOnRecord } from './sharing-change.ts';
import { viewAs } from './view-as.ts';

/** Who may do what with which section of a case. */
export function sharingRoutes(parts: Parts): Routes {
  const { records, bus, clock, refusals } = parts;
  return {
    'GET /api/cases/:caseId/sharing': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { role } = await openCase(records.read, personId, caseId, 'see-sharing', { binned: true });
      return caseSharing(parts, caseId, personId, role);
    },

    'POST /api/cases/:caseId/sharing': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { role, studyId } = await openCase(records.read, personId, caseId, 'change-sharing');
      const { id, steps } = call.body;
      const wish = { id, caseId, studyId, by: personId, at: clock.now(), steps };
      const touched = await records.transaction((transaction) =>
        changeSharingOnRecord(transaction, wish, call.actor),
      );
      for (const step of touched.size > 0 ? steps : []) {
        refusals.taken.note(step.personId, { blockId: step.blockId });
      }
      for (const id of touched) personAccessChanged(bus, id);
      if (touched.size > 0) caseChanged(bus, studyId, caseId);
      return caseSharing(parts, caseId, personId, role);
    },

    'GET /api/cases/:caseId/view-as/:personId': async (call) => {
      const { personId: askerId } = signedIn(call);
      const { caseId, personId } = call.params;
      await openCase(records.read, askerId, caseId, 'see-sharing', { binned: true });
      return viewAs(parts, askerId, caseId, personId);
    },
  };
}
