import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { RoomsClient } from '../faults/support/rooms-client.ts';
import { type ComposedService, composeService } from '../support/composed.ts';

let service: ComposedService;
beforeAll(async () => {
  service = await composeService();
});
afterAll(() => service.close());

it('[AUDIT-2] [ACCESS-2] writing without the right to, and rooms that are not theirs, stand in the record; honest reading does not', async () => {
  const lead = await service.person('Lena Lead');
  const { studyId, case: made } = await service.study(lead);
  const dan = await service.person('Dan Viewer');
  const ria = await service.person('Ria Reader');
  await service.join(studyId, dan, 'viewer');
  await service.join(studyId, ria, 'viewer');
  const stranger = await service.person('Stig Stranger');
  const blockId = made.blocks[0]?.blockId as string;

  const writer = new LiveClient(service, blockId, (await service.program(lead)).token);
  await writer.synced();
  const reader = new LiveClient(service, blockId, (await service.program(ria)).token);
  await reader.synced();
  const forger = new LiveClient(service, blockId, (await service.program(dan)).token);
  await forger.synced();
  for (let at = 0; at < 20; at += 1) forger.doc.getText('field/aims').insert(0, 'x');
  const outside = new LiveClient(service, blockId, (await service.program(stranger)).token);
  expect((await outside.closed()).reason).toBe('not-found');
  writer.doc.getText('field/aims').insert(0, 'said');
  await forger.until((doc) => doc.getText('field/aims').toString().includes('said'));
  for (const client of [writer, reader, forger, outside]) client.end();

  await service.parts.refusals.settled();
  const calls = await service.signedIn(lead);
  const { entries, names } = await calls.call('GET /api/studies/:studyId/audit', undefined, { studyId });
  const refusals = entries.filter(({ kind }) => kind.includes('refused'));
  expect(refusals.map((entry) => auditSentence(entry, names)).toSorted()).toEqual([
    'Dan Viewer was refused: writing in “Profile” of “A case” that they may not write in, 19 times.',
    'Dan Viewer was refused: writing in “Profile” of “A case” that they may not write in.',
    'Stig Stranger was refused, without being part of this study: opening “Profile” of “A case”.',
  ]);
  expect(refusals.map(({ way, from }) => [way, from])).toEqual([
    ['token', '127.0.0.0/8'],
    ['token', '127.0.0.0/8'],
    ['token', '127.0.0.0/8'],
  ]);
});

it('[AUDIT-2] seeing who is in a case, and following what changes, stand in the record where they were refused, counted', async () => {
  const lead = await service.person('Lea Lead');
  const { studyId, case: made } = await service.study(lead);
  const head = await service.person('Hal Head');
  const stranger = await service.person('Sue Stranger');
  const member = await service.person('Mia Member');
  await service.join(studyId, head, 'contact');
  await service.join(studyId, member, 'editor');

  for (const person of [head, stranger, member]) {
    const client = await RoomsClient.connect(service, (await service.program(person)).token);
    let denied = 0;
    client.onControl = ({ t }) => {
      if (t === 'denied') denied += 1;
    };
    for (let at = 1; at <= 3; at += 1) {
      client.control({ t: 'follow', topic: `study/${studyId}` });
      client.control({ t: 'follow', topic: `case/${made.id}` });
      // Of nobody's study, or of no study.
      client.control({ t: 'follow', topic: 'case/none' });
      client.control({ t: 'follow', topic: `person/${lead}` });
      client.control({ t: 'open', channel: at, room: `case/${made.id}`, schema: SCHEMA_VERSION });
      client.control({ t: 'open', channel: 10 + at, room: 'case/none', schema: SCHEMA_VERSION });
      await client.until(() => denied >= (person === member ? at : 2 * at));
    }
    client.close();
  }

  await service.parts.refusals.settled();
  const calls = await service.signedIn(lead);
  const { entries, names } = await calls.call('GET /api/studies/:studyId/audit', undefined, { studyId });
  const refusals = entries.filter(({ kind }) => kind.includes('refused'));
  const outside = 'Sue Stranger was refused, without being part of this study';
  expect(refusals.map((entry) => auditSentence(entry, names)).toSorted()).toEqual(
    [outside, 'Hal Head was refused']
      .toReversed()
      .flatMap((who) => [
        `${who}: being told what changes in this study, 2 times.`,
        `${who}: being told what changes in this study.`,
        `${who}: being told what changes in “A case”, 2 times.`,
        `${who}: being told what changes in “A case”.`,
        `${who}: seeing who is in “A case”, 2 times.`,
        `${who}: seeing who is in “A case”.`,
      ]),
  );
});

it('[AUDIT-2] [PASSKEY-2] whoever only owes a passkey was refused nothing', async () => {
  const lead = await service.person('Lou Lead');
  const { studyId, case: made } = await service.study(lead);
  const member = await service.person('Moe Member');
  await service.join(studyId, member, 'editor');
  const { read } = service.parts.records;
  await read.insertInto('passkey_studies').values({ study_id: studyId, set_by: lead, set_at: 0 }).execute();
  const client = await RoomsClient.connect(service, (await service.program(member)).token);
  client.control({ t: 'follow', topic: `study/${studyId}` });
  client.control({ t: 'follow', topic: `case/${made.id}` });
  client.control({ t: 'open', channel: 1, room: `case/${made.id}`, schema: SCHEMA_VERSION });
  await client.until(() => client.controls.some(({ t }) => t === 'denied'));
  client.close();
  await service.parts.refusals.settled();
  const refusals = await read
    .selectFrom('audit')
    .select('kind')
    .where('chain', '=', `study/${studyId}`)
    .execute();
  expect(refusals.filter(({ kind }) => kind.includes('refused'))).toEqual([]);
});
