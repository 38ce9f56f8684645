import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { LiveClient } from '../collaboration/live-client.ts';
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
