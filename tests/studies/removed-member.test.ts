import { afterAll, beforeAll, expect, it } from 'vitest';
import { FILE_ROUTES } from '../../shared/api/file-routes.ts';
import { ROUTE_AND_FILE_RULES as RULES } from '../../shared/api/route-rules.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { type ComposedService, composeService } from '../support/composed.ts';

let service: ComposedService;
beforeAll(async () => {
  service = await composeService();
});
afterAll(() => service.close());

type Key = keyof typeof RULES;

it('[ACCESS-4] whoever is removed is out at once, of every route, file and open room, and can be seen trying', async () => {
  const lead = await service.person('Lena Lead');
  const cleo = await service.person('Cleo Fieldworker');
  const { studyId, schoolId, case: made } = await service.study(lead);
  await service.join(studyId, cleo, 'fieldworker');
  const blockId = made.blocks[0]?.blockId as string;
  const page = await service.signedIn(cleo);
  const { token } = await service.program(cleo);
  const room = new LiveClient(service, blockId, token);
  await room.synced();
  expect((await page.ask('GET /api/cases/:caseId', undefined, { caseId: made.id })).status).toBe(200);

  const closed = room.closed();
  const calls = await service.signedIn(lead);
  await calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, { studyId, personId: cleo });

  expect(await closed).toMatchObject({ code: 4403 });
  const params: Readonly<Record<string, string>> = {
    studyId,
    schoolId,
    caseId: made.id,
    blockId,
    personId: lead,
    kind: 'case',
    itemId: made.id,
  };
  const named = (Object.keys(RULES) as Key[]).filter((key) => /:(study|case|school|block|item)Id/.test(key));
  expect(named.filter((key) => key in FILE_ROUTES)).toHaveLength(7);
  for (const key of named) {
    const [method = '', pattern = ''] = key.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const answer = await page.send(
      method,
      path,
      method === 'GET' || method === 'DELETE' ? {} : { body: '{}' },
    );
    expect(['not-found', 'bad-request'], key).toContain((answer.body as { code: string }).code);
    if (method === 'GET') expect(answer.body, key).toMatchObject({ code: 'not-found' });
  }
  const again = new LiveClient(service, blockId, token);
  expect(await again.closed()).toMatchObject({ code: 4403, reason: 'not-found' });
  for (const client of [room, again]) client.end();
  // They are still somebody: it is the study that they are no longer in.
  expect((await page.call('GET /api/session')).person?.id).toBe(cleo);
  expect((await page.call('GET /api/studies')).studies).toEqual([]);

  await service.parts.refusals.settled();
  const { entries } = await calls.call('GET /api/studies/:studyId/audit', undefined, { studyId });
  const routes = entries.filter(({ personId, kind }) => personId === cleo && kind === 'refused');
  expect(routes.every(({ detail }) => detail.known === 'stranger')).toBe(true);
  expect(routes.map(({ detail }) => detail.route)).toEqual(
    expect.arrayContaining(['/api/cases/:caseId', '/api/cases/:caseId/export.docx', '/collab/block']),
  );
});
