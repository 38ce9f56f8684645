import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RouteBody, RouteReply } from '../../shared/api/contract.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { paragraph, setUpStudy } from '../studies/world.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

let trial: AuditOnTrial;
let study: Awaited<ReturnType<typeof setUpStudy>>;
let blockId: string;
beforeEach(async () => {
  trial = await openAudit();
  study = await setUpStudy(trial.world, 'one');
  blockId = study.block('2.4');
  await trial.world.write(blockId, trial.world.people.cleo, paragraph('What was seen'));
});
afterEach(() => trial.close());

type Wish = RouteBody<'PUT /api/blocks/:blockId/status'>;
const say = (wish: Wish) =>
  trial.as(trial.world.people.ada).call('PUT /api/blocks/:blockId/status', wish, { blockId });

/** Newest first. */
async function told(): Promise<string[]> {
  const path = `/api/studies/${study.studyId}/audit?about=sections`;
  const { body } = await trial.as(trial.world.people.ada).send('GET', path);
  const { entries, names } = body as RouteReply<'GET /api/studies/:studyId/audit'>;
  expect((await trial.check()).faults).toEqual([]);
  return entries.map((entry) => auditSentence(entry, names).replace(/“2\.4 [^”]+” of “Case one”/, 'SECTION'));
}

it('[AUDIT-1] how far a section is said to be stands in the record, once for each change', async () => {
  for (const status of ['ready', 'ready', 'agreed', 'agreed'] as const) await say({ status });
  await trial.world.write(blockId, trial.world.people.cleo, paragraph('More'));
  await say({ status: 'agreed' });
  await say({ status: 'drafting' });
  expect(await told()).toEqual([
    'Ada Lead said of SECTION that it is being drafted; before: agreed.',
    'Ada Lead agreed SECTION again, as it reads now.',
    'Ada Lead said of SECTION that it is agreed; before: ready for review.',
    'Ada Lead said of SECTION that it is ready for review; before: being drafted.',
  ]);
});

it('[AUDIT-1] so does who sees to it, by when, and that it does not apply, without the reason', async () => {
  const { ben, cleo } = trial.world.people;
  for (const assigneeId of [ben, cleo, cleo, null]) await say({ assigneeId });
  for (const dueOn of ['2026-05-01', '2026-06-01', null]) await say({ dueOn });
  for (const notApplicable of ['Nobody was there', 'Nobody would', null]) await say({ notApplicable });
  expect(await told()).toEqual([
    'Ada Lead said that SECTION applies after all.',
    'Ada Lead said that SECTION does not apply, for another reason.',
    'Ada Lead said that SECTION does not apply.',
    'Ada Lead took back the day on which SECTION is due; before: 1 June 2026.',
    'Ada Lead set 1 June 2026 as the day on which SECTION is due; before: 1 May 2026.',
    'Ada Lead set 1 May 2026 as the day on which SECTION is due.',
    'Ada Lead no longer asks Cleo Fieldworker to see to SECTION.',
    'Ada Lead asked Cleo Fieldworker to see to SECTION.',
    'Ada Lead asked Ben Editor to see to SECTION.',
  ]);
});

it('[AUDIT-1] so does what becomes of words that merging hid', async () => {
  const nobody = {
    author_id: null,
    caused_by_id: null,
    settled_at: null,
    settled_by: null,
    settled_how: null,
  };
  const words = { words: 'w', before_text: '', after_text: '', cause: 'removed', at: 1, block_id: blockId };
  for (const [lostId, how] of [
    ['l1', 'put-back'],
    ['l2', 'let-go'],
  ] as const) {
    await trial.world.parts.records.read
      .insertInto('lost_words')
      .values({ id: lostId, ...words, ...nobody })
      .execute();
    for (let time = 0; time < 2; time += 1) {
      await trial.as(trial.world.people.ada).call('POST /api/lost-words/:lostId/settle', { how }, { lostId });
    }
  }
  expect(await told()).toEqual([
    'Ada Lead let words go that merging had hidden in SECTION.',
    'Ada Lead put words back that merging had hidden in SECTION.',
  ]);
});
