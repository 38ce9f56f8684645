import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditFiles } from '../../server/audit/audit-files.ts';
import { frameworkFiles } from '../../server/frameworks/framework-routes.ts';
import { interfaceFiles } from '../../server/http/interface-files.ts';
import { personFiles } from '../../server/protection/person-files.ts';
import { loadCaseContent } from '../../server/publishing/case-content.ts';
import { publishingFiles } from '../../server/publishing/publishing-files.ts';
import { certificateFiles } from '../../server/quotes/certificate-files.ts';
import { scanFiles } from '../../server/quotes/scan-files.ts';
import { roomAccess } from '../../server/studies/room-access.ts';
import { contract, type RouteKey } from '../../shared/api/contract.ts';
import type { Problem, ProblemCode } from '../../shared/api/problem.ts';
import { FILE_RULES, ROUTE_RULES, type RouteRule } from '../../shared/api/route-rules.ts';
import { type Decision, includesAccess, isLocked, opensDocument } from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { informationRequest } from '../information/requests-on-trial.ts';
import { createWorld, type World } from '../studies/world.ts';
import { letterRow } from '../support/letter-row.ts';
import { TEST_PERSON_HEADER } from '../support/parts.ts';
import { plantQuote } from '../support/quote-row.ts';
import { routeBody } from '../support/route-bodies.ts';
import { startWeb, type Web } from '../support/web.ts';
import { Scene } from '../support/wire.ts';
import {
  BLOCKS,
  CASES,
  plant,
  type RandomBlock,
  type RandomStudy,
  randomStudy,
  sayOf,
} from './random-study.ts';

/** A failure prints the seed; put it here to see it again. */
const SEED = 20_261_127;

async function everywhere(
  runs: number,
  check: (world: World, study: RandomStudy, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomStudy, async (study) => {
      const world = await createWorld();
      try {
        await check(world, study, await plant(world, study));
      } finally {
        await world.close();
      }
    }),
    { numRuns: runs, seed: SEED },
  );
}

const readable = (study: RandomStudy, who: number, caseId: string): readonly RandomBlock[] =>
  BLOCKS.filter(
    (block) => block.caseId === caseId && includesAccess(sayOf(study, who, block).access, 'read'),
  );
const idsOf = (blocks: readonly { readonly id: string }[]) => blocks.map(({ id }) => id).sort();
const roleOf = (study: RandomStudy, who: number): Role | null => study.people[who]?.role ?? null;
const onTeam = (role: Role | null) => role !== null && role !== 'contact';

it('[ACCESS-1] every route of the contract, and every file beside it, has a rule', async () => {
  expect(Object.keys(ROUTE_RULES).sort()).toEqual(Object.keys(contract).sort());
  for (const [route, rule] of [...Object.entries(ROUTE_RULES), ...Object.entries(FILE_RULES)]) {
    expect(rule.kind, route).toBeTruthy();
  }
  const world = await createWorld();
  const served = [
    publishingFiles(world.parts),
    auditFiles(world.parts),
    personFiles(world.parts),
    frameworkFiles(),
    certificateFiles(world.parts),
    scanFiles(world.parts),
    interfaceFiles(world.parts),
  ].flatMap(({ stack }) => stack.flatMap(({ route }) => (route ? [`GET ${route.path}`] : [])));
  await world.close();
  // What is also a page for people at an address of the contract has the rule of that.
  const files = served.filter((route) => !(route in contract));
  expect(files.sort()).toEqual(Object.keys(FILE_RULES).sort());
});

it('[ACCESS-1] [ACCESS-5] whatever is read of a case is what the function says, by every way', async () => {
  await everywhere(20, async (world, study, ids) => {
    for (const [who, id] of ids.entries()) {
      const role = roleOf(study, who);
      for (const caseId of CASES) {
        const expected = idsOf(readable(study, who, caseId));
        const params = { caseId };
        const text = await world.outcome('GET /api/cases/:caseId/text', id, params);
        const seesCase = onTeam(role) || expected.length > 0;
        expect(text).toBe(seesCase ? 'ok' : 'not-found');
        if (text === 'ok') {
          const { blocks } = await world.call('GET /api/cases/:caseId/text', id, params);
          expect(blocks.map(({ blockId }) => blockId).sort()).toEqual(expected);
        }
        if (!onTeam(role)) continue;
        const detail = await world.call('GET /api/cases/:caseId', id, params);
        expect(Object.fromEntries(detail.blocks.map((one) => [one.blockId, one.access]))).toEqual(
          Object.fromEntries(
            readable(study, who, caseId).map((block) => [block.id, sayOf(study, who, block).access]),
          ),
        );
        const file = await loadCaseContent(world.parts, id, caseId);
        expect(file.blocks.map((one) => `${one.sectionId} ${one.schoolId}`).sort()).toEqual(
          readable(study, who, caseId)
            .map((block) => `${block.section.id} ${block.schoolId}`)
            .sort(),
        );
      }
      const asked = (await world.call('GET /api/contact', id, {})).cases.flatMap(({ blocks }) => blocks);
      const theirs = role === 'contact' ? CASES.flatMap((caseId) => readable(study, who, caseId)) : [];
      expect(asked.map(({ blockId }) => blockId).sort()).toEqual(idsOf(theirs));
      for (const { section } of asked) expect(JSON.stringify(section)).not.toContain('"team"');
    }
  });
}, 120_000);

it('[ACCESS-2] [ACCESS-5] both sockets open, send and take what the function says', async () => {
  await everywhere(12, async (world, study, ids) => {
    const scene = Scene.over(world.parts, roomAccess(world.parts));
    const written = new Map<string, Set<string>>();
    const rooms = ids.flatMap((id, who) =>
      BLOCKS.map((block) => ({ id, block, says: sayOf(study, who, block), role: roleOf(study, who) })),
    );
    const open = rooms.map(({ id, block, says, role }) => {
      const page = scene.page(id);
      return {
        id,
        block,
        says,
        role,
        page,
        doc: page.open(1, `block/${block.id}`),
        stock: scene.stock(id, block.id),
      };
    });
    await scene.run();
    for (const { doc, stock } of open) {
      doc.getText('field/aims').insert(0, 'page ');
      stock.doc.getText('field/aims').insert(0, 'stock ');
    }
    await scene.run();
    for (const { id, block, says, role, page, doc, stock } of open) {
      const lets = role !== null && opensDocument(role, says.access);
      const where = `${role} at ${block.id}: ${says.access}`;
      expect(
        page.told('opened').map(({ access }) => access),
        where,
      ).toEqual(lets ? [says.access] : []);
      expect(page.told('denied').length, where).toBe(lets ? 0 : 1);
      // what was typed into a field is no suggestion
      expect(stock.socket.closed !== null, where).toBe(!lets || says.access === 'suggest');
      const secrets = [doc, stock.doc].map((one) => one.getXmlFragment('content').toString());
      for (const words of secrets) expect(words.includes('secret'), where).toBe(lets);
      if (says.access === 'write') written.set(block.id, (written.get(block.id) ?? new Set()).add(id));
    }
    for (const block of BLOCKS) {
      const rows = await world.parts.blocks.rowsAfter(block.id, 1, 10_000);
      expect(new Set(rows.map((row) => row.authorId)), block.id).toEqual(written.get(block.id) ?? new Set());
    }
    const access = roomAccess(world.parts);
    for (const [who, id] of ids.entries()) {
      for (const caseId of CASES) {
        expect(await access.case(id, caseId)).toBe(onTeam(roleOf(study, who)) ? 'open' : 'closed');
        expect(await access.topic(id, `case/${caseId}`)).toBe(onTeam(roleOf(study, who)) ? 'open' : 'closed');
      }
      expect(await access.topic(id, `person/${id}`)).toBe('open');
      expect(await access.topic(id, `person/${ids[(who + 1) % ids.length]}`)).toBe('closed');
    }
  });
}, 120_000);

/** @returns what a rule refuses with; null where it lets the person through */
function refusalBy(rule: RouteRule, study: RandomStudy, who: number, block: RandomBlock): ProblemCode | null {
  const role = roleOf(study, who);
  const standing = study.cases[block.caseId] as {
    stage: RandomStudy['cases'][string]['stage'];
    deleted: boolean;
  };
  switch (rule.kind) {
    case 'anyone':
    case 'own':
    case 'page':
      return null;
    case 'team':
    case 'team-page':
      return onTeam(role) ? null : 'no-access';
    case 'maker':
      return role === 'owner' ? null : 'no-access';
    case 'study':
    case 'case':
      if (!mayInStudy(role, 'see-study')) return 'not-found';
      return mayInStudy(role, rule.act) ? null : 'no-access';
    case 'case-change':
      if (!mayInStudy(role, 'see-study')) return 'not-found';
      if (!mayInStudy(role, rule.act)) return 'no-access';
      return isLocked(standing.stage) && !standing.deleted ? 'no-access' : null;
    case 'case-text':
      return onTeam(role) || readable(study, who, block.caseId).length > 0 ? null : 'not-found';
    case 'block': {
      const says: Decision = sayOf(study, who, block);
      if (!includesAccess(says.access, 'read') || !mayInStudy(role, 'see-study')) return 'not-found';
      if (!mayInStudy(role, rule.act)) return 'no-access';
      if (includesAccess(says.access, rule.needs)) return null;
      return says.reason === 'deleted' ? 'gone' : 'no-access';
    }
    case 'block-text': {
      const says: Decision = sayOf(study, who, block);
      if (!includesAccess(says.access, 'read')) return 'not-found';
      if (includesAccess(says.access, rule.needs)) return null;
      return says.reason === 'deleted' ? 'gone' : 'no-access';
    }
    default:
      return rule satisfies never;
  }
}

it('[ACCESS-1] every route refuses over HTTP whom its rule refuses, changing nothing, and nobody else', async () => {
  await everywhere(8, async (world, study, ids) => {
    const keys = (Object.keys(world.routes) as RouteKey[]).filter((key) => !NOT_OF_A_STUDY.includes(key));
    const web = await startWeb(world.parts, [world.routes]);
    try {
      const lead = ids[0] as string;
      const invitation = { id: 'inv', email: 'somebody@else.example', role: 'viewer' as const };
      await world.call('POST /api/studies/:studyId/invitations', lead, { studyId: 'study' }, invitation);
      for (const block of BLOCKS) await keepLostWords(world, block.id);
      for (const caseId of CASES) {
        const request = { id: `req-${caseId}`, caseId, schoolId: 's0' };
        await informationRequest(world.parts.records.read, request);
      }
      for (const { id, caseId } of BLOCKS) {
        const place = { studyId: 'study', caseId, blockId: id, schoolId: 's0' };
        await plantQuote(world.parts, { id: `quote-${id}`, ...place });
      }
      const letter = letterRow({ id: 'letter', study_id: 'study', case_id: CASES[0] as string });
      await world.parts.records.read.insertInto('letters').values(letter).execute();
      const victim = study.people.findIndex(({ role }, at) => at > 0 && onTeam(role));
      const target = ids[victim] ?? lead;
      const before = await dump(world);
      const allowed: { readonly key: RouteKey; readonly who: number; readonly block: RandomBlock }[] = [];
      for (const who of ids.keys()) {
        for (const block of BLOCKS.filter((_, at) => (at + who) % 5 === 0)) {
          for (const key of keys) {
            const refusal = refusalBy(ROUTE_RULES[key], study, who, block);
            if (refusal === null && !key.startsWith('GET ')) {
              allowed.push({ key, who, block });
              continue;
            }
            const outcome = await ask(web, ids[who] as string, key, block, target);
            const where = `${key} by ${roleOf(study, who)} at ${block.id}`;
            // Some of what a study lists lies in the bin, which is said.
            if (refusal === null) expect(['ok', 'gone'], where).toContain(outcome);
            else expect(outcome, where).toBe(refusal);
          }
        }
      }
      expect(await ask(web, null, 'GET /api/studies', BLOCKS[0] as RandomBlock, lead)).toBe('not-signed-in');
      expect(await dump(world)).toBe(before);
      // One act that is allowed: more would stand on each other.
      const act = allowed[study.grants.length % Math.max(1, allowed.length)];
      if (!act || act.key === 'POST /api/cases/:caseId/sharing') return;
      // Whoever may still has to show a passkey of their own (PASSKEY-2).
      if (act.key === 'PUT /api/studies/:studyId/passkeys') return;
      const outcome = await ask(web, ids[act.who] as string, act.key, act.block, target);
      // a scan is no JSON
      expect(['ok', 'gone', 'conflict', 'bad-request', 'unsupported'], act.key).toContain(outcome);
    } finally {
      await web.close();
    }
  });
}, 120_000);

/** Making a study or a framework belongs to none; what a page showed or asked, to whoever it was shown to. */
const NOT_OF_A_STUDY: readonly RouteKey[] = [
  'POST /api/studies',
  'POST /api/frameworks',
  'POST /api/contact/sheets/shown',
  'POST /api/contact/information/:requestId',
  'GET /api/certificates/:code',
];

/** Asks a route over HTTP about one block, its case and its study. @returns the code of the problem, or `ok` */
async function ask(
  web: Web,
  by: string | null,
  key: RouteKey,
  block: RandomBlock,
  target: string,
): Promise<string> {
  const params: Readonly<Record<string, string>> = {
    studyId: 'study',
    schoolId: 's0',
    caseId: block.caseId,
    blockId: block.id,
    lostId: `lost-${block.id}`,
    quoteId: `quote-${block.id}`,
    speakerId: `speaker-quote-${block.id}`,
    askId: 'none',
    scanId: 'scan-new',
    requestId: `req-${block.caseId}`,
    invitationId: 'inv',
    letterId: 'letter',
    personId: target,
    kind: 'case',
    itemId: block.caseId,
    frameworkId: 'small',
    version: '1',
    tokenId: 'none',
  };
  // Of this person and block, once: it is the only call here whose rule looks into its body.
  const steps = [{ blockId: block.id, personId: target, from: null, to: 'read' }];
  const body = key === 'POST /api/cases/:caseId/sharing' ? { id: `of-${by}`, steps } : routeBody(key, params);
  const [method, pattern] = key.split(' ') as [string, string];
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
  const takesBody = method !== 'GET' && method !== 'DELETE';
  const answer = await web.browser().send(method, path, {
    headers: by === null ? {} : { [TEST_PERSON_HEADER]: by },
    ...(takesBody && { body: JSON.stringify(body) }),
  });
  expect(answer.status, key).not.toBe(500);
  return answer.status < 400 ? 'ok' : (answer.body as Problem).code;
}

it('[ACCESS-1] the page’s grid says of everybody what the function says', async () => {
  const { SharingGrid } = await import('../../client/sharing/sharing-grid.ts');
  const { effectOf } = await import('../../shared/permissions/sharing.ts');
  await everywhere(12, async (world, study, ids) => {
    const open: RandomStudy = {
      ...study,
      cases: Object.fromEntries(CASES.map((id) => [id, { stage: 'drafting', deleted: false }])),
    };
    for (const caseId of CASES) {
      const grid = new SharingGrid(
        await world.call('GET /api/cases/:caseId/sharing', ids[0] as string, { caseId }),
        ids[0] as string,
      );
      for (const person of grid.people) {
        for (const section of grid.sharing.sections) {
          const block = BLOCKS.find(({ id }) => id === section.blockId) as RandomBlock;
          const says = sayOf(open, ids.indexOf(person.id), block);
          expect(grid.cell(person, section).effect).toBe(effectOf(says.access, person.role));
        }
      }
    }
  });
}, 120_000);

async function keepLostWords(world: World, blockId: string): Promise<void> {
  await world.parts.records.read
    .insertInto('lost_words')
    .values({
      id: `lost-${blockId}`,
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
}

/** Everything that a call could change; readings that are cached on the way are nobody's change. */
async function dump(world: World): Promise<string> {
  const tables = [
    'members',
    'cases',
    'case_schools',
    'case_contacts',
    'schools',
    'studies',
    'links',
  ] as const;
  const more = [
    'information_sheets',
    'information_requests',
    'sheets_shown',
    'former_people',
    'block_grants',
    'sharing_changes',
    'section_status',
    'lost_words',
    'blocks',
  ] as const;
  const all = [];
  for (const table of [...tables, ...more]) {
    all.push([table, await world.parts.records.read.selectFrom(table).selectAll().execute()]);
  }
  return JSON.stringify(all);
}
