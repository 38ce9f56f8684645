import { afterEach, beforeEach, expect, it } from 'vitest';
import { sharingDetail } from '../../server/audit/sharing-seal.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import type { Access } from '../../shared/permissions/access.ts';
import { setUpStudy } from '../studies/world.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

let trial: AuditOnTrial;
let study: Awaited<ReturnType<typeof setUpStudy>>;
beforeEach(async () => {
  trial = await openAudit();
  study = await setUpStudy(trial.world, 'one');
});
afterEach(() => trial.close());

const step = (section: string, personId: string, from: Access | null, to: Access | null) => ({
  blockId: study.block(section),
  personId,
  from,
  to,
});

async function told(about: string): Promise<string[]> {
  const path = `/api/studies/${study.studyId}/audit?about=${about}`;
  const { body } = await trial.as(trial.world.people.ada).send('GET', path);
  const { entries, names } = body as RouteReply<'GET /api/studies/:studyId/audit'>;
  return entries.map((entry) => auditSentence(entry, names));
}

/** Ada gives, gives and takes, and takes back. */
async function share(): Promise<void> {
  const { ada, cleo, dan } = trial.world.people;
  const steps = [
    [step('2.4', dan, null, 'write')],
    [step('2.4', dan, 'write', null), step('2.5', dan, null, 'none'), step('2.4', cleo, null, 'read')],
  ];
  for (const [at, made] of steps.entries()) {
    await trial
      .as(ada)
      .call('POST /api/cases/:caseId/sharing', { id: `n${at}`, steps: made }, { caseId: study.caseId });
  }
}

it('[AUDIT-1] giving and taking what somebody may do with sections are told apart, and which they were', async () => {
  await share();
  expect(await told('access')).toEqual([
    'Ada Lead set what Cleo Fieldworker may do with “2.4 Observing” of “Case one” (now: reads).',
    'Ada Lead set what Dan Viewer may do with “2.4 Observing” and “2.5 Learning from it” of “Case one” (now: nothing, as usual for their part).',
    'Ada Lead set what Dan Viewer may do with “2.4 Observing” of “Case one” (now: fills in).',
  ]);
});

it('[AUDIT-1] of several sections an entry holds the ids, and of many how many more there are', () => {
  const detailOf = (count: number) => {
    const steps = Array.from({ length: count }, (_, at) => ({
      blockId: `b${at}`,
      personId: 'dan',
      from: null,
      to: 'read' as const,
    }));
    return sharingDetail({ id: 'n', steps: [...steps, { ...step('2.4', 'cleo', null, 'read') }] }, 'dan');
  };
  expect(detailOf(1)).toMatchObject({ sections: 1, block: 'b0' });
  expect(detailOf(2)).toMatchObject({ sections: 2, blocks: 'b0,b1' });
  expect(detailOf(20)).not.toHaveProperty('more');
  const many = detailOf(25);
  expect(many).toMatchObject({ sections: 25, more: 5 });
  expect(many.blocks?.split(',')).toHaveLength(20);
});

it.each([
  [
    'other cells',
    "update sharing_changes set cells = replace(cells, '\"write\"', '\"read\"') where id = 'n0'",
  ],
  ['a change that is gone', "delete from sharing_changes where id = 'n0'"],
])('[AUDIT-1] the chain holds the cells of a change: %s are found', async (_what, statement) => {
  await share();
  expect((await trial.check()).faults).toEqual([]);
  trial.world.parts.database.raw.exec(statement);
  expect((await trial.check()).faults).toEqual([
    `audit of study/${study.studyId}: record 4 tells of a change of sharing that is not there as it was made`,
  ]);
});

it('[AUDIT-1] an entry of before levels were noted is told without them', () => {
  const entry = { kind: 'sharing-set', personId: 'a', way: 'page', tokenId: null, caseId: null } as const;
  const object = { kind: 'person', id: 'b' } as const;
  expect(
    auditSentence({ ...entry, object, detail: { sections: 2 } }, { 'person/a': 'Ada', 'person/b': 'Ben' }),
  ).toBe('Ada set what Ben may do with 2 sections.');
  expect(
    auditSentence({ ...entry, object, detail: { sections: 1 } }, { 'person/a': 'Ada', 'person/b': 'Ben' }),
  ).toBe('Ada set what Ben may do with a section.');
});

it('[AUDIT-1] many sections are named as far as one reads, and the rest is counted', () => {
  const entry = { kind: 'sharing-set', personId: 'a', way: 'page', tokenId: null, caseId: null } as const;
  const ids = Array.from({ length: 20 }, (_, at) => `b${at}`);
  const names = Object.fromEntries(ids.map((id, at) => [`block/${id}`, `${at} Section`]));
  const detail = { sections: 25, blocks: ids.join(','), more: 5, to: 'read' };
  const told = auditSentence(
    { ...entry, object: { kind: 'person', id: 'b' }, detail },
    { ...names, 'person/a': 'Ada', 'person/b': 'Ben' },
  );
  expect(told).toBe(
    'Ada set what Ben may do with “0 Section”, “1 Section”, “2 Section”, “3 Section”, “4 Section”, “5 Section” ' +
      'and 19 more sections (now: reads).',
  );
});
