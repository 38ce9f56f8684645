import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roomAccess } from '../../server/studies/room-access.ts';
import { scopedAccess } from '../../server/studies/scoped-access.ts';
import { FILE_ROUTES } from '../../shared/api/file-routes.ts';
import { ROUTE_AND_FILE_RULES as RULES } from '../../shared/api/route-rules.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import type { PageCalls } from '../support/web.ts';

let service: ComposedService;
let lead: string;
let mine: Awaited<ReturnType<ComposedService['study']>>;
let other: Awaited<ReturnType<ComposedService['study']>>;
beforeAll(async () => {
  service = await composeService();
  lead = await service.person('Lena Lead');
  mine = await service.study(lead);
  other = await service.study(lead);
});
afterAll(() => service.close());

type Study = typeof mine;
type Key = keyof typeof RULES;

async function codeOf(program: PageCalls, key: Key, study: Study): Promise<string> {
  const params: Readonly<Record<string, string>> = {
    studyId: study.studyId,
    schoolId: study.schoolId,
    caseId: study.case.id,
    blockId: study.case.blocks[0]?.blockId as string,
    personId: lead,
    kind: 'case',
    itemId: study.case.id,
    frameworkId: 'mentoring-and-coaching',
    version: '1',
  };
  const [method = '', pattern = ''] = key.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'none');
  const takesBody = method !== 'GET' && method !== 'DELETE';
  const answer = await program.send(method, path, takesBody ? { body: '{}' } : {});
  return answer.status < 400 ? 'ok' : ((answer.body as { code: string }).code ?? String(answer.status));
}

const inStudy = (Object.keys(RULES) as Key[]).filter((key) => !['anyone', 'page'].includes(RULES[key].kind));
const named = inStudy.filter((key) => /:(study|case|school|block|item)Id/.test(key));

describe('a token that may only read', () => {
  it('[TOKEN-1] reads what its person reads, and changes nothing by any route', async () => {
    const program = await service.program(lead, { reach: 'reads' });
    expect(await codeOf(program, 'GET /api/studies/:studyId', mine)).toBe('ok');
    expect(await codeOf(program, 'GET /api/cases/:caseId/export.docx', mine)).toBe('ok');
    const changing = inStudy.filter((key) => !key.startsWith('GET '));
    expect(changing.length).toBeGreaterThan(15);
    const before = await service.parts.records.read.selectFrom('cases').selectAll().execute();
    for (const key of changing) {
      // A body that cannot be read is refused before anybody is asked for.
      expect(['no-access', 'bad-request'], key).toContain(await codeOf(program, key, mine));
    }
    for (const key of changing.filter((one) => one.startsWith('DELETE '))) {
      expect(await codeOf(program, key, mine), key).toBe('no-access');
    }
    expect(await service.parts.records.read.selectFrom('cases').selectAll().execute()).toEqual(before);
  });

  it('[TOKEN-1] [ACCESS-2] writes nothing on the socket either', async () => {
    const { blockId } = mine.case.blocks[0] as { blockId: string };
    const { token } = await service.program(lead, { reach: 'reads' });
    const reader = new LiveClient(service, blockId, token);
    await reader.synced();
    reader.doc.getText('field/aims').insert(0, 'not mine to write');
    const { token: whole } = await service.program(lead);
    const writer = new LiveClient(service, blockId, whole);
    await writer.synced();
    writer.doc.getText('field/aims').insert(0, 'written');
    // What the reader sent before is not there when what the writer sent after is.
    await reader.until((doc) => doc.getText('field/aims').toString().includes('written'));
    const second = new LiveClient(service, blockId, whole);
    await second.synced();
    expect(second.doc.getText('field/aims').toString()).toBe('written');
    for (const client of [reader, writer, second]) client.end();
  });
});

describe('a token for one study', () => {
  it('[TOKEN-1] finds nothing of another by any route that names it, files included', async () => {
    const program = await service.program(lead, { studyId: mine.studyId });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((key) => key in FILE_ROUTES)).toHaveLength(7);
    for (const key of named) {
      const outside = await codeOf(program, key, other);
      // A body that cannot be read is refused before anybody is asked for.
      expect(
        key.startsWith('GET ') || key.startsWith('DELETE ') ? ['not-found'] : ['not-found', 'bad-request'],
        key,
      ).toContain(outside);
    }
    expect(await codeOf(program, 'GET /api/studies/:studyId', mine)).toBe('ok');
    expect(await codeOf(program, 'GET /api/cases/:caseId/export.html', mine)).toBe('ok');
    const { studies, mayCreate } = await program.call('GET /api/studies');
    expect(studies.map(({ id }) => id)).toEqual([mine.studyId]);
    expect(mayCreate).toBe(false);
  });

  it('[TOKEN-1] does nothing that is of no study', async () => {
    const program = await service.program(lead, { studyId: mine.studyId });
    for (const key of ['GET /api/bin', 'GET /api/contact'] as const) {
      expect(await codeOf(program, key, mine), key).toBe('no-access');
    }
    const study = { id: 'n1', title: 'x', frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 };
    expect((await program.refused('POST /api/studies', study)).code).toBe('no-access');
    expect(await codeOf(program, 'GET /api/frameworks/:frameworkId/:version', mine)).toBe('ok');
  });

  it('[TOKEN-1] opens no room of another', async () => {
    const { token } = await service.program(lead, { studyId: mine.studyId });
    const inside = new LiveClient(service, mine.case.blocks[1]?.blockId as string, token);
    await inside.synced();
    const outside = new LiveClient(service, other.case.blocks[1]?.blockId as string, token);
    expect(await outside.closed()).toMatchObject({ code: 4403, reason: 'not-found' });
    inside.end();
    outside.end();
  });

  it('[TOKEN-1] hears of what is shared with its person, and with nobody else', async () => {
    const { records } = service.parts;
    const scope = { writes: true, studyId: mine.studyId };
    const access = scopedAccess(roomAccess(service.parts), records.read, scope);
    expect(await access.topic(lead, `person/${lead}`)).toBe('open');
    expect(await access.topic(lead, 'person/somebody-else')).toBe('closed');
    expect(await access.topic(lead, `study/${mine.studyId}`)).toBe('open');
    expect(await access.topic(lead, `study/${other.studyId}`)).toBe('closed');
    expect(await access.topic(lead, `case/${other.case.id}`)).toBe('closed');
  });

  it('[TOKEN-1] is made at a page, by somebody of that study', async () => {
    const page = await service.signedIn(lead);
    const made = await page.call('POST /api/tokens', {
      id: 'scoped',
      name: 'for one',
      reach: 'reads',
      studyId: mine.studyId,
      days: 7,
    });
    expect(made.token).toMatch(/^cbk_/);
    expect((await page.call('GET /api/tokens')).tokens.find(({ id }) => id === 'scoped')).toMatchObject({
      reach: 'reads',
      studyId: mine.studyId,
      expiresAt: expect.any(Number),
    });
    const eve = await service.signedIn(await service.person('Eve Elsewhere'));
    expect((await eve.refused('POST /api/tokens', { id: 't9', name: 'x', studyId: mine.studyId })).code).toBe(
      'not-found',
    );
  });
});

describe('a token with a last day', () => {
  it('[TOKEN-1] speaks for nobody once it has run out', async () => {
    const program = await service.program(lead, { days: 1, id: 'short' });
    expect((await program.call('GET /api/session')).person?.id).toBe(lead);
    await service.parts.records.read
      .updateTable('api_tokens')
      .set({ expires_at: service.parts.clock.now() })
      .where('id', '=', 'short')
      .execute();
    expect((await program.call('GET /api/session')).person).toBeNull();
  });
});
