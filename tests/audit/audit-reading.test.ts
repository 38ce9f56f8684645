import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAudit } from '../../server/audit/audit-reading.ts';
import { studyChain } from '../../shared/audit/audit-record.ts';
import { setUpStudy } from '../studies/world.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

const MANY = 30_000;

let trial: AuditOnTrial;
let chain: string;
beforeEach(async () => {
  trial = await openAudit();
  const { studyId } = await setUpStudy(trial.world, 'one');
  chain = studyChain(studyId);
  // Behind the three of the study's beginning; their hashes are of no interest here.
  trial.world.parts.database.raw.exec(`
    with recursive numbers(n) as (select 4 union all select n + 1 from numbers where n < ${MANY})
    insert into audit
      select '${chain}', n, n, 'signed-out', null, 'server', null, '', null, null, null, '{}', '' from numbers;
    update audit_heads set seq = ${MANY} where chain = '${chain}';
  `);
});
afterEach(() => trial.close());

it('[INPUT-1] what is seldom is found in a long record, while others have their turns', async () => {
  const records = trial.world.parts.records.read;
  const { ada } = trial.world.people;
  const turns = { had: 0, going: true };
  const take = (): void => {
    turns.had += 1;
    if (turns.going) setImmediate(take);
  };
  setImmediate(take);
  const found = await readAudit(records, { chain, choice: { person: ada, about: 'study' }, limit: 51 });
  turns.going = false;
  expect(found.map(({ seq }) => seq)).toEqual([2, 1]);
  expect(turns.had).toBeGreaterThan(5);
});

it('a part that spans several looks is whole and in order, from wherever it is asked for', async () => {
  const records = trial.world.parts.records.read;
  const seqs = async (before: number | undefined, limit: number) =>
    (await readAudit(records, { chain, choice: {}, before, limit })).map(({ seq }) => seq);
  const downFrom = (first: number, many: number) => Array.from({ length: many }, (_, at) => first - at);
  expect(await seqs(undefined, 7_000)).toEqual(downFrom(MANY, 7_000));
  expect(await seqs(MANY * 2, 3)).toEqual(downFrom(MANY, 3));
  expect(await seqs(1_500, 2_000)).toEqual(downFrom(1_499, 1_499));
  expect(await seqs(1, 3)).toEqual([]);
});
