import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../../server/audit/audit-names.ts';
import { asEntry } from '../../server/audit/audit-reading.ts';
import { informationRows } from '../../server/protection/information-rows.ts';
import { madeRows } from '../../server/protection/made-rows.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
});
afterEach(() => here.world.close());

it('[PRIVACY-3] a person’s file tells what they were asked for and what they said, of their study alone', async () => {
  const { world, study, ask, finish } = here;
  const { ada, eve } = world.people;
  await ask(ada, { note: 'Ruth comes by.' });
  await finish(eve, { finished: true, couldNot: 'The roll.' });
  const reach = (personId: string, email: string, studyId: string | null) => ({
    records: world.parts.records.read,
    personId,
    email,
    studyId,
  });
  const [row, ...more] = await informationRows(reach(eve, 'eve@team.example', null));
  expect(more).toEqual([]);
  expect(row).toEqual({
    studyId: study.studyId,
    study: 'Study one',
    caseId: study.caseId,
    school: 'School one',
    askedFor: 'Context, Contacts',
    askedAt: '2030-01-15T09:00:00.000Z',
    dueOn: '2030-01-29',
    remindedAt: null,
    finishedAt: '2030-01-15T09:00:00.000Z',
    couldNot: 'The roll.',
    closedAt: null,
    withdrawnAt: null,
  });
  expect(await informationRows(reach(eve, 'eve@team.example', 'other'))).toEqual([]);
  expect(await informationRows(reach(world.people.host, 'host@team.example', null))).toEqual([]);
  const made = await madeRows(reach(ada, 'ada@team.example', study.studyId));
  expect(made.map(({ what }) => what)).toContain('information request');
});

it('[AUDIT-1] the record tells every step in a sentence, without words of people', async () => {
  const { world, study, ask, finish, end } = here;
  const { ada, eve } = world.people;
  await ask(ada, { note: 'Secret words.' });
  const params = { caseId: study.caseId, requestId: 'req-1' };
  const dueOn = '2030-02-01';
  await world.call('PATCH /api/cases/:caseId/information/:requestId', ada, params, { dueOn });
  world.parts.clock.advance(8 * 86_400_000);
  await here.remind('r1');
  await finish(eve, { finished: true, couldNot: 'Secret words.' });
  await finish(eve, { finished: false });
  await end('close');
  const rows = await world.parts.records.read
    .selectFrom('audit')
    .selectAll()
    .where('kind', 'like', 'information-%')
    .orderBy('seq')
    .execute();
  const entries = rows.map(asEntry);
  const names = await namesOf(world.parts.records.read, entries, study.studyId);
  const whole = 'of “Case one”';
  expect(entries.map((entry) => auditSentence(entry, names))).toEqual([
    `Ada Lead asked Eve Contact for information before the visit ${whole}: 2 sections, by 29 January 2030.`,
    `Ada Lead set 1 February 2030 as the day by which Eve Contact is asked for information ${whole}; before: 29 January 2030.`,
    `Ada Lead reminded Eve Contact of the information that is asked of them ${whole}.`,
    `Eve Contact said that they have filled in what they can ${whole}.`,
    `Eve Contact said that they go on filling in what is asked of them ${whole}.`,
    `Ada Lead closed what was asked of Eve Contact ${whole}: it is to be read by them now.`,
  ]);
  expect(JSON.stringify(rows)).not.toContain('Secret');
});
