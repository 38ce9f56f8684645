import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type RouteKey } from '../../shared/api/contract.ts';
import { FILE_ROUTES } from '../../shared/api/file-routes.ts';
import { describeInterface } from '../../shared/api/openapi.ts';
import { ROUTE_AND_FILE_RULES as RULES } from '../../shared/api/route-rules.ts';
import { ruleWords } from '../../shared/api/rule-words.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { mayInStudy, type StudyAct } from '../../shared/permissions/study-acts.ts';
import { informationRequest } from '../information/requests-on-trial.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { letterRow } from '../support/letter-row.ts';
import { plantQuote, plantScan } from '../support/quote-row.ts';
import { routeBody } from '../support/route-bodies.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';

type Key = keyof typeof RULES;
const KEYS = Object.keys(RULES) as Key[];

let service: ComposedService;
let params: Readonly<Record<string, string>>;
/** Pages of people by their part in the study; `stranger` has none. */
const pages = new Map<Role | 'stranger', PageCalls>();

beforeAll(async () => {
  service = await composeService();
  const lead = await service.person('Lena Lead');
  const { studyId, schoolId, case: made } = await service.study(lead);
  const calls = await service.signedIn(lead);
  pages.set('owner', calls);
  for (const role of ['editor', 'fieldworker', 'viewer'] as const) {
    const id = await service.person(`Person ${role}`);
    await service.join(studyId, id, role);
    pages.set(role, await service.signedIn(id));
  }
  pages.set('stranger', await service.signedIn(await service.person('Stig Stranger')));
  // Nobody but the lead owns the service.
  await service.parts.records.read
    .updateTable('people')
    .set({ is_host: 0 })
    .where('user_id', '<>', lead)
    .execute();
  const { invitation } = await calls.call(
    'POST /api/studies/:studyId/invitations',
    { id: newId(), email: 'a@b.example', role: 'viewer' },
    { studyId },
  );
  const blockId = made.blocks[0]?.blockId as string;
  await service.parts.records.read
    .insertInto('lost_words')
    .values({
      id: 'lost-1',
      block_id: blockId,
      words: 'w',
      before_text: '',
      after_text: '',
      author_id: null,
      caused_by_id: null,
      cause: 'removed',
      at: 1,
      settled_at: null,
      settled_by: null,
      settled_how: null,
    })
    .execute();
  await informationRequest(service.parts.records.read, { id: 'req-1', caseId: made.id, schoolId });
  await service.parts.records.read
    .insertInto('letters')
    .values(letterRow({ id: 'letter-1', study_id: studyId, case_id: made.id }))
    .execute();
  const planted = { id: 'quote-1', studyId, caseId: made.id, blockId, schoolId };
  await plantQuote(service.parts, planted);
  await plantScan(service.parts, planted);
  params = {
    quoteId: 'quote-1',
    speakerId: 'speaker-quote-1',
    scanId: 'scan-new',
    step: '2',
    askId: 'none',
    studyId,
    schoolId,
    caseId: made.id,
    blockId,
    lostId: 'lost-1',
    requestId: 'req-1',
    invitationId: invitation.id,
    letterId: 'letter-1',
    personId: lead,
    tokenId: 'none',
    deviceId: 'none',
    passkeyId: 'none',
    bindingId: 'none',
    kind: 'case',
    itemId: made.id,
    frameworkId: 'mentoring-and-coaching',
    version: '1',
  };
});
afterAll(() => service.close());

async function ask(page: PageCalls, key: Key): Promise<{ status: number; code: string | undefined }> {
  const [method = '', pattern = ''] = key.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
  const takesBody = method !== 'GET' && method !== 'DELETE';
  const body = takesBody && JSON.stringify(routeBody(key as RouteKey, params));
  const answer = await page.send(method, path, body ? { body } : {});
  return { status: answer.status, code: (answer.body as { code?: string } | undefined)?.code };
}

/** What has to be allowed in the study; null for what is of no study, or no act of it. */
function actFor(key: Key): StudyAct | null {
  const rule = RULES[key];
  return 'act' in rule ? rule.act : null;
}
/** What is erased is there for nobody after: those come last. */
const inStudy = KEYS.filter((key) => actFor(key) !== null).toSorted(
  (one, other) => Number(one.endsWith('/erase')) - Number(other.endsWith('/erase')),
);
const ofTeams = KEYS.filter((key) => ['team', 'team-page', 'maker'].includes(RULES[key].kind));

describe('the rule of every route', () => {
  it('[ACCESS-1] there is one, of the contract and of files, and none for what is no route', () => {
    expect(KEYS.toSorted()).toEqual([...Object.keys(contract), ...Object.keys(FILE_ROUTES)].toSorted());
  });

  it.each(KEYS)(
    '[ACCESS-1] %s: whoever is not signed in is told so, unless it is open to all',
    async (key) => {
      const { code } = await ask(service.browser(), key);
      if (RULES[key].kind === 'anyone') expect(code).not.toBe('not-signed-in');
      else expect(code).toBe('not-signed-in');
    },
  );

  it.each(KEYS.filter((key) => ['page', 'team-page'].includes(RULES[key].kind)))(
    '[TOKEN-1] %s is for pages, and no token does it',
    async (key) => {
      const program = await service.program(params.personId as string);
      expect(await ask(program, key)).toMatchObject({ status: 403, code: 'no-access' });
      expect((await ask(pages.get('viewer') as PageCalls, key)).code).not.toBe('no-access');
    },
  );

  it.each(inStudy)('[ACCESS-1] %s is refused to whoever may not, and to nobody else', async (key) => {
    expect(await ask(pages.get('stranger') as PageCalls, key)).toMatchObject({ code: 'not-found' });
    for (const role of ['viewer', 'fieldworker', 'editor', 'owner'] as const) {
      const { code } = await ask(pages.get(role) as PageCalls, key);
      const may = mayInStudy(role, actFor(key) as StudyAct);
      if (may) expect(['no-access', 'not-found'], role).not.toContain(code);
      else expect(code, role).toBe('no-access');
      if (key.startsWith('DELETE ')) await restore();
    }
  });

  it.each(ofTeams)('[ACCESS-1] %s is for people of any study’s team, or for leads alone', async (key) => {
    for (const [role, page] of pages) {
      const { code } = await ask(page, key);
      const may =
        role === 'owner' || (['team', 'team-page'].includes(RULES[key].kind) && role !== 'stranger');
      if (may) expect(code, role).not.toBe('no-access');
      else expect(code, role).toBe('no-access');
    }
  });
});

/** Puts back what a lead has just deleted by trying whether they may. */
async function restore(): Promise<void> {
  const { studyId, caseId, schoolId } = params as Record<'studyId' | 'caseId' | 'schoolId', string>;
  const { read } = service.parts.records;
  const back = { deleted_at: null, deleted_by: null };
  await read.updateTable('studies').set(back).where('id', '=', studyId).execute();
  await read.updateTable('cases').set(back).where('id', '=', caseId).execute();
  await read.updateTable('schools').set(back).where('id', '=', schoolId).execute();
  await read.updateTable('links').set({ revoked_at: null }).where('study_id', '=', studyId).execute();
}

describe('the description of the interface', () => {
  it('tells every route with its parts, and stands at its own address', async () => {
    const answer = await service.browser().send('GET', '/api/openapi.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const told = answer.body as ReturnType<typeof describeInterface>;
    expect(told).toEqual(JSON.parse(JSON.stringify(describeInterface(service.url))));
    const routes = Object.entries(told.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(routes.toSorted()).toEqual(KEYS.toSorted());
    for (const methods of Object.values(told.paths)) {
      for (const route of Object.values(methods)) {
        expect(route.summary).not.toBe('');
        expect(told.tags.map(({ name }) => name)).toContain(route.tags[0]);
      }
    }
    const invite = told.paths['/api/studies/{studyId}/invitations']?.post;
    expect(invite?.parameters).toEqual([
      { name: 'studyId', in: 'path', required: true, schema: { type: 'string' } },
    ]);
    expect(invite?.requestBody?.content).toMatchObject({
      'application/json': { schema: { required: ['id', 'email', 'role'] } },
    });
    expect(told.paths['/api/studies/{studyId}/audit']?.get?.parameters.map(({ name }) => name)).toEqual([
      'studyId',
      'person',
      'about',
      'case',
      'since',
      'until',
      'before',
    ]);
    expect(told.paths['/api/tokens']?.post?.security).toEqual([{ page: [] }]);
    expect(told.paths['/api/session']?.get?.security).toEqual([]);
  });

  it('[ACCESS-1] says who may in the words of the page, from the rule that is kept', () => {
    expect(KEYS.map((key) => ruleWords(RULES[key])).join('\n')).not.toMatch(/[a-z]-[a-z]|undefined/);
    const who = (key: Key) => ruleWords(RULES[key]);
    expect(who('POST /api/studies')).toBe('Leads of a study, and the owner of the service');
    expect(who('GET /api/studies/:studyId/audit')).toBe('Lead of the study');
    expect(who('GET /api/cases/:caseId/lost-words')).toBe('Lead, editor or fieldworker of the study');
    expect(who('PATCH /api/cases/:caseId')).toBe(
      'Lead, editor or fieldworker of the study; to move its stage, lead or editor',
    );
    expect(who('PUT /api/blocks/:blockId/status')).toBe(
      'Lead, editor or fieldworker of the study, where they fill the section in',
    );
    const told = describeInterface('https://casebook.example');
    expect(told.paths['/api/studies']?.post?.['x-who']).toBe(who('POST /api/studies'));
  });

  it('says of every code why, and of every route of the contract what comes back', () => {
    const told = describeInterface('https://casebook.example');
    for (const key of Object.keys(contract) as RouteKey[]) {
      const [method = '', pattern = ''] = key.split(' ');
      const route = told.paths[pattern.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect(route?.responses[200], key).toMatchObject({ content: { 'application/json': { schema: {} } } });
      expect(route?.responses.default, key).toMatchObject({
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      });
    }
  });
});
