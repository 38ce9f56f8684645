import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RefusedDeed } from '../../server/audit/refusals.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { setUpStudy } from '../studies/world.ts';
import { composeService } from '../support/composed.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

let trial: AuditOnTrial;
let study: Awaited<ReturnType<typeof setUpStudy>>;
beforeEach(async () => {
  trial = await openAudit();
  study = await setUpStudy(trial.world, 'one');
});
afterEach(() => trial.close());

type Reply = RouteReply<'GET /api/studies/:studyId/audit'>;
const asTold = ({ entries, names }: Reply) => entries.map((entry) => auditSentence(entry, names));

async function refusals(): Promise<Reply> {
  await trial.written();
  const path = `/api/studies/${study.studyId}/audit?about=refusals`;
  return (await trial.as(trial.world.people.ada).send('GET', path)).body as Reply;
}

describe('the record of what was refused', () => {
  it('[AUDIT-2] tells of what a stage closes', async () => {
    const { ada, ben } = trial.world.people;
    const { caseId } = study;
    await trial.as(ada).call('PATCH /api/cases/:caseId', { stage: 'published' }, { caseId });
    const editor = trial.as(ben);
    await editor.refused('PATCH /api/cases/:caseId', { title: 'Another' }, { caseId });
    const blockId = study.block('2.4');
    await editor.refused('PUT /api/blocks/:blockId/status', { status: 'drafting' }, { blockId });
    expect(asTold(await refusals())).toEqual([
      'Ben Editor was refused: saying how far a section is of “Case one”.',
      'Ben Editor was refused: changing a case study of “Case one”.',
    ]);
  });

  it('[AUDIT-2] tells of what sharing leaves to be read, takes away, or may not be shared on', async () => {
    const { ada, cleo } = trial.world.people;
    const { caseId } = study;
    const steps = (['read', 'none'] as const).map((to, at) => ({
      blockId: study.block(at === 0 ? '2.4' : '2.5'),
      personId: cleo,
      from: null,
      to,
    }));
    await trial.as(ada).call('POST /api/cases/:caseId/sharing', { id: 'n1', steps }, { caseId });
    const fieldworker = trial.as(cleo);
    for (const section of ['2.4', '2.5']) {
      const params = { blockId: study.block(section) };
      await fieldworker.refused('PUT /api/blocks/:blockId/status', { status: 'drafting' }, params);
    }
    const back = [{ blockId: study.block('2.4'), personId: cleo, from: 'read', to: 'write' } as const];
    await fieldworker.refused('POST /api/cases/:caseId/sharing', { id: 'n2', steps: back }, { caseId });
    expect(asTold(await refusals())).toEqual([
      'Cleo Fieldworker was refused: changing who may do what of “Case one”.',
      'Cleo Fieldworker was refused: saying how far a section is of “Case one”.',
      'Cleo Fieldworker was refused: saying how far a section is of “Case one”.',
    ]);
  });

  it('[AUDIT-2] tells of strangers, whatever they ask for by its address', async () => {
    const { stranger } = trial.world.people;
    const outside = trial.as(stranger);
    await outside.refused('GET /api/cases/:caseId/text', undefined, { caseId: study.caseId });
    await outside.refused('DELETE /api/schools/:schoolId', undefined, { schoolId: study.schoolId });
    await outside.refused(
      'POST /api/bin/:kind/:itemId/restore',
      {},
      { kind: 'study', itemId: study.studyId },
    );
    const { entries } = await refusals();
    expect(entries.map(({ detail }) => detail)).toEqual([
      { method: 'POST', route: '/api/bin/:kind/:itemId/restore', known: 'stranger', times: 1 },
      { method: 'DELETE', route: '/api/schools/:schoolId', known: 'stranger', times: 1 },
      { method: 'GET', route: '/api/cases/:caseId/text', known: 'stranger', times: 1 },
    ]);
  });

  it('[AUDIT-2] says nothing of what is not there, for members and strangers, and begins no record for it', async () => {
    const { ben, stranger } = trial.world.people;
    const nowhere = { studyId: study.studyId, personId: 'nobody' };
    await trial.as(trial.world.people.ada).send('DELETE', `/api/studies/${study.studyId}/members/nobody`);
    await trial.as(ben).refused('GET /api/cases/:caseId', undefined, { caseId: 'nothing' });
    await trial.as(stranger).refused('GET /api/studies/:studyId', undefined, { studyId: 'nothing' });
    await trial.as(null).refused('DELETE /api/studies/:studyId/members/:personId', undefined, nowhere);
    expect((await refusals()).entries).toEqual([]);
    const chains = await trial.world.parts.records.read
      .selectFrom('audit')
      .select('chain')
      .distinct()
      .execute();
    expect(chains).toEqual([{ chain: `study/${study.studyId}` }]);
  });

  it('[AUDIT-2] counts each network by itself, and at the time when it is written down', async () => {
    const { dan } = trial.world.people;
    const viewer = trial.as(dan);
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    for (const address of ['192.0.2.1', '192.0.2.77', '198.51.100.1', '192.0.2.1']) {
      await viewer.send('DELETE', `/api/cases/${study.caseId}`, from(address));
    }
    await trial.written({ flush: false });
    const { clock } = trial.world.parts;
    const began = clock.now();
    clock.advance(60_000);
    const { entries } = await refusals();
    expect(entries.map((entry) => [entry.from, entry.detail.times, entry.at - began])).toEqual([
      ['192.0.2.0/24', 2, 60_000],
      ['198.51.100.0/24', 1, 0],
      ['192.0.2.0/24', 1, 0],
    ]);
  });

  it('[STOP-1] is waited for at a stop, also what is still being found out', async () => {
    const { refusals: noted, records } = trial.world.parts;
    const refused: RefusedDeed = {
      by: { personId: null, way: 'page', tokenId: null, from: '' },
      what: 'a code',
      find: async () => {
        await records.read.selectFrom('studies').select('id').execute();
        const object = { kind: 'person', id: trial.world.people.ada } as const;
        return {
          where: { studyId: study.studyId },
          deed: (times) => ({ kind: 'code-refused', object, detail: { times } }),
        };
      },
    };
    const finding = records.read.selectFrom('studies').select('id').execute();
    noted.noteFound(finding.then(() => refused));
    noted.noteFound(finding.then(() => refused));
    await noted.settled();
    expect((await refusals()).entries.map(({ detail }) => detail)).toEqual([{ times: 1 }, { times: 1 }]);
  });
});

it('[AUDIT-2] [TOKEN-1] a token that is tried beyond its reach stands in the record of the study that it wanted', async () => {
  const service = await composeService();
  try {
    const lead = await service.person('Lena Lead');
    const [mine, other] = [await service.study(lead), await service.study(lead)];
    const program = await service.program(lead, { reach: 'reads', studyId: mine.studyId });
    await program.refused('GET /api/studies/:studyId', undefined, { studyId: other.studyId });
    await program.refused('GET /api/cases/:caseId', undefined, { caseId: other.case.id });
    await program.refused('DELETE /api/cases/:caseId', undefined, { caseId: mine.case.id });
    await program.refused('GET /api/bin');
    await program.refused('GET /api/cases/:caseId', undefined, { caseId: 'nothing' });
    await service.parts.refusals.settled();
    const page = await service.signedIn(lead);
    const of = async ({ studyId }: typeof mine) =>
      asTold(
        (await page.send('GET', `/api/studies/${studyId}/audit?about=refusals`)).body as Reply,
      ).toSorted();
    expect(await of(other)).toEqual([
      'Lena Lead was refused: opening the study.',
      'Lena Lead was refused: reading a case study of “A case”.',
    ]);
    expect(await of(mine)).toEqual([
      'Lena Lead was refused: looking into the bin, or taking out of it.',
      'Lena Lead was refused: putting a case study into the bin of “A case”.',
    ]);
  } finally {
    await service.close();
  }
});
