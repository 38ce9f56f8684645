import type { InformationRequest } from '../../shared/api/information.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import type { Parts } from '../parts.ts';
import { openCase, openStudy } from '../studies/study-gate.ts';
import { askForInformation } from './asking.ts';
import { letterPlanOf } from './letter-day.ts';
import {
  changeDueOn,
  closeRequest,
  finishRequest,
  remindOfRequest,
  withdrawRequest,
} from './request-acts.ts';
import { requestsOf } from './request-views.ts';
import { requestRows } from './requests.ts';

/** Information before the visit: asked for by the team, answered by somebody at a school. */
export function informationRoutes(parts: Parts, desk: LetterDesk): Routes {
  const { records, clock } = parts;
  const told = async (caseId: string, personId: string, id: string): Promise<InformationRequest> => {
    const { row, study } = await caseAndStudy(records.read, caseId);
    const [request] = await requestsOf(parts, study, [row], personId, { id });
    if (!request) throw new Error('a request vanished while it was changed');
    return request;
  };
  return {
    'GET /api/studies/:studyId/information': async (call) => {
      const { personId } = signedIn(call);
      const { study } = await openStudy(records.read, personId, call.params.studyId, 'see-sharing');
      const cases = await records.read
        .selectFrom('cases')
        .selectAll()
        .where('study_id', '=', study.id)
        .where('deleted_at', 'is', null)
        .where('id', 'in', (eb) => eb.selectFrom('information_requests').select('case_id'))
        .execute();
      const asked = await records.read
        .selectFrom('information_requests')
        .innerJoin('cases', 'cases.id', 'information_requests.case_id')
        .select(['information_requests.case_id as caseId', 'school_id as schoolId'])
        .distinct()
        .where('cases.study_id', '=', study.id)
        .where('cases.deleted_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .execute();
      return { requests: await requestsOf(parts, study, cases, personId, 'under-way'), asked };
    },

    'GET /api/cases/:caseId/information': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      await openCase(records.read, personId, caseId, 'see-sharing', { binned: true });
      const { row, study } = await caseAndStudy(records.read, caseId);
      return { requests: await requestsOf(parts, study, [row], personId, 'all') };
    },

    'POST /api/cases/:caseId/information': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'change-sharing');
      if (call.body.invite) await openStudy(records.read, personId, studyId, 'manage-people');
      const link = await askForInformation(parts, desk, caseId, call.body, call.actor);
      return { request: await told(caseId, personId, call.body.id), link };
    },

    'POST /api/cases/:caseId/information/when': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'change-sharing');
      // When somebody was written to last is for those to know who may invite them.
      if (call.body.email !== '') await openStudy(records.read, personId, studyId, 'manage-people');
      return letterPlanOf(parts, { studyId, caseId }, call.body);
    },

    'PATCH /api/cases/:caseId/information/:requestId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, requestId } = call.params;
      await openCase(records.read, personId, caseId, 'change-sharing');
      await changeDueOn(parts, { caseId, requestId, by: call.actor }, call.body.dueOn);
      return told(caseId, personId, requestId);
    },

    'POST /api/cases/:caseId/information/:requestId/remind': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, requestId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'change-sharing');
      const [row] = await requestRows(records.read, { caseIds: [caseId], id: requestId, now: clock.now() });
      // Until they came in, what goes to them is their invitation once more.
      if (row?.personId === null) await openStudy(records.read, personId, studyId, 'manage-people');
      const link = await remindOfRequest(parts, desk, { caseId, requestId, by: call.actor }, call.body);
      return { request: await told(caseId, personId, requestId), link };
    },

    'POST /api/cases/:caseId/information/:requestId/close': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, requestId } = call.params;
      const { role } = await openCase(records.read, personId, caseId, 'change-sharing');
      await closeRequest(parts, {
        caseId,
        requestId,
        by: call.actor,
        mayInvite: mayInStudy(role, 'manage-people'),
      });
      return told(caseId, personId, requestId);
    },

    'POST /api/cases/:caseId/information/:requestId/withdraw': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, requestId } = call.params;
      const { role } = await openCase(records.read, personId, caseId, 'change-sharing');
      await withdrawRequest(parts, {
        caseId,
        requestId,
        by: call.actor,
        mayInvite: mayInStudy(role, 'manage-people'),
      });
      return told(caseId, personId, requestId);
    },

    'POST /api/contact/information/:requestId': async (call) => {
      await finishRequest(parts, signedIn(call).personId, call.params.requestId, call.body, call.actor);
      return { ok: true };
    },
  };
}
