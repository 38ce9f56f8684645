import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RouteReply } from '../../shared/api/contract.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { setUpStudy } from '../studies/world.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

let trial: AuditOnTrial;
let study: Awaited<ReturnType<typeof setUpStudy>>;
beforeEach(async () => {
  trial = await openAudit();
  study = await setUpStudy(trial.world, 'one');
  await trial.world.joinAsContact(study.caseId, study.schoolId, trial.world.people.eve);
});
afterEach(() => trial.close());

async function told(about: string): Promise<string[]> {
  const path = `/api/studies/${study.studyId}/audit?about=${about}`;
  const { body } = await trial.as(trial.world.people.ada).send('GET', path);
  const { entries, names } = body as RouteReply<'GET /api/studies/:studyId/audit'>;
  return entries.map((entry) => auditSentence(entry, names));
}

it('[AUDIT-1] a school that is taken out of a case: each contact who loses something by it is named', async () => {
  const { world } = trial;
  const { ada, eve, stranger } = world.people;
  const { studyId, caseId, schoolId } = study;
  const lead = trial.as(ada);
  const second = { id: 'second', name: 'Second', place: '' };
  await lead.call('POST /api/studies/:studyId/schools', second, { studyId });
  await lead.call('PATCH /api/cases/:caseId', { schoolIds: [schoolId, 'second'] }, { caseId });
  await world.joinAsContact(caseId, 'second', eve);
  await world.joinAsContact(caseId, 'second', stranger);
  await lead.call('PATCH /api/cases/:caseId', { schoolIds: [schoolId] }, { caseId });
  expect(new Set(await told('access'))).toEqual(
    new Set([
      'Ada Lead took a school out of “Case one”, and with it what Eve Contact had there as its contact.',
      'Ada Lead took a school out of “Case one”, and with it what Stranger Danger had there as its contact.',
    ]),
  );
  expect((await trial.check()).faults).toEqual([]);
});

it('[AUDIT-1] invitations that end with a removal are told as taken back', async () => {
  const { ada, eve } = trial.world.people;
  const { studyId } = study;
  const lead = trial.as(ada);
  const second = { id: 'second', name: 'Second', place: '' };
  await lead.call('POST /api/studies/:studyId/schools', second, { studyId });
  await lead.call(
    'POST /api/studies/:studyId/cases',
    { id: 'c2', title: 'Case two', schoolIds: ['second'] },
    { studyId },
  );
  await lead.call(
    'POST /api/studies/:studyId/invitations',
    {
      id: 'i1',
      email: 'eve@team.example',
      name: 'Eve',
      role: 'contact',
      caseId: 'c2',
      schoolId: 'second',
    },
    { studyId },
  );
  await lead.call('DELETE /api/studies/:studyId/members/:personId', undefined, { studyId, personId: eve });
  expect(await told('access')).toEqual([
    'Ada Lead removed A former contact (school contact) from the study.',
    'Ada Lead took back the invitation of A former contact.',
    'Ada Lead invited A former contact as school contact of “Case two”.',
  ]);
});
