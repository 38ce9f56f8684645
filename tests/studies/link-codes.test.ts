import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ComposedService, composeService } from '../support/composed.ts';

let service: ComposedService;
beforeAll(async () => {
  service = await composeService();
});
afterAll(() => service.close());

it('[LINK-1] [AUDIT-1] a lead turns the code of contacts’ links off and on; who is no lead does not, and it is in the record', async () => {
  const lead = await service.person('Lena Lead');
  const { studyId } = await service.study(lead);
  const editor = await service.person('Edda Editor');
  await service.join(studyId, editor, 'editor');
  const page = await service.signedIn(lead);
  const params = { studyId };
  const asked = () => page.call('GET /api/studies/:studyId/link-codes', undefined, params);
  // Without a mail server no code reaches anybody, whatever is set.
  expect(await asked()).toEqual({ required: true, asked: false });
  const refused = await (await service.signedIn(editor)).ask(
    'PUT /api/studies/:studyId/link-codes',
    { required: false },
    params,
  );
  expect(refused.status).toBe(403);
  for (const required of [false, false, true]) {
    await page.call('PUT /api/studies/:studyId/link-codes', { required }, params);
    expect((await asked()).required).toBe(required);
  }
  const rows = await service.parts.records.read
    .selectFrom('audit')
    .select('kind')
    .where('chain', '=', `study/${studyId}`)
    .where('kind', 'like', 'link-codes-%')
    .orderBy('seq')
    .execute();
  expect(rows.map(({ kind }) => kind)).toEqual(['link-codes-not-required', 'link-codes-required']);
});
