import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { createPerson } from '../../server/accounts/people.ts';
import { auditRoutes } from '../../server/audit/audit-routes.ts';
import { caseRoutes } from '../../server/case-study/case-routes.ts';
import { contactRoutes } from '../../server/case-study/contact-routes.ts';
import { lostWordsRoutes } from '../../server/case-study/lost-words-routes.ts';
import { sectionRoutes } from '../../server/case-study/section-routes.ts';
import { sharingRoutes } from '../../server/case-study/sharing-routes.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import type { BlockWriting } from '../../server/collaboration/block-writing.ts';
import { threadRoutes } from '../../server/comments/thread-routes.ts';
import { frameworkRoutes } from '../../server/frameworks/framework-routes.ts';
import { Refusal } from '../../server/http/refusal.ts';
import type { Handler, Routes } from '../../server/http/routes.ts';
import { informationRoutes } from '../../server/information/information-routes.ts';
import { LetterDesk } from '../../server/letters/letter-desk.ts';
import { letterRoutes } from '../../server/letters/letter-routes.ts';
import type { Parts } from '../../server/parts.ts';
import { formerRoutes } from '../../server/protection/former-routes.ts';
import { sheetRoutes } from '../../server/protection/sheet-routes.ts';
import { quoteBoardRoutes } from '../../server/quotes/board-routes.ts';
import { guardianRoutes } from '../../server/quotes/guardian-routes.ts';
import { quoteRoutes } from '../../server/quotes/quote-routes.ts';
import { ScanKeeping } from '../../server/quotes/scan-keeping.ts';
import { scanRoutes } from '../../server/quotes/scan-routes.ts';
import { quoteTermsRoutes } from '../../server/quotes/terms-routes.ts';
import { binRoutes } from '../../server/studies/bin-routes.ts';
import { invitationRoutes } from '../../server/studies/invitation-routes.ts';
import { memberRoutes } from '../../server/studies/member-routes.ts';
import { outboxRoutes } from '../../server/studies/outbox-routes.ts';
import { schoolRoutes } from '../../server/studies/school-routes.ts';
import { studyRoutes } from '../../server/studies/study-routes.ts';
import { contract, type RouteBody, type RouteKey, type RouteReply } from '../../shared/api/contract.ts';
import type { ProblemCode } from '../../shared/api/problem.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { createTestParts, type TestParts } from '../support/parts.ts';

type Params = Readonly<Record<string, string>>;

/** A service with people, where each call goes through the contract as HTTP's would. */
export interface World {
  readonly parts: TestParts;
  readonly routes: Routes;
  readonly letters: LetterDesk;
  /** Ids by first name. */
  readonly people: Readonly<Record<'ada' | 'ben' | 'cleo' | 'dan' | 'eve' | 'host' | 'stranger', string>>;
  call<K extends RouteKey>(
    key: K,
    personId: string | null,
    params: Params,
    body?: RouteBody<K>,
  ): Promise<RouteReply<K>>;
  /** @returns the code of the refusal, or `ok` */
  outcome<K extends RouteKey>(
    key: K,
    personId: string | null,
    params: Params,
    body?: RouteBody<K>,
  ): Promise<ProblemCode | 'ok'>;
  join(studyId: string, personId: string, role: Role): Promise<void>;
  joinAsContact(caseId: string, schoolId: string, personId: string): Promise<void>;
  /** Writes into a block as a room would. */
  write(blockId: string, personId: string, change: (doc: Y.Doc, lineage: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** @param settings where they are to be others than usual */
export async function createWorld(settings: Partial<Parts['settings']> = {}): Promise<World> {
  const plain = await createTestParts();
  const parts: TestParts = { ...plain, settings: { ...plain.settings, ...settings } };
  const letters = new LetterDesk(parts, 'a secret of these tests');
  const write: World['write'] = async (blockId, personId, change) => {
    const block = await readBlock(parts.blocks, blockId);
    if (!block) throw new Error(`no block ${blockId}`);
    const before = Y.encodeStateVector(block.doc);
    block.doc.transact(() => change(block.doc, block.lineage));
    await parts.blocks.append([
      {
        blockId,
        lineage: block.lineage,
        authorId: personId,
        onBehalfOf: null,
        serverTime: parts.clock.now(),
        deviceTime: null,
        clients: [],
        bytes: Y.encodeStateAsUpdate(block.doc, before),
      },
    ]);
  };
  const writing: Pick<BlockWriting, 'edit'> = {
    edit: (blockId, by, change) => write(blockId, by ?? '', change),
  };
  const routes: Routes = {
    ...studyRoutes(parts),
    ...binRoutes(parts),
    ...schoolRoutes(parts),
    ...memberRoutes(parts),
    ...invitationRoutes(parts, letters),
    ...letterRoutes(parts, letters),
    ...outboxRoutes(parts),
    ...auditRoutes(parts),
    ...caseRoutes(parts),
    ...sectionRoutes(parts),
    ...sharingRoutes(parts),
    ...lostWordsRoutes(parts),
    ...contactRoutes(parts),
    ...threadRoutes(parts, { edit: (blockId, by, change) => write(blockId, by ?? '', change) }),
    ...informationRoutes(parts, letters),
    ...frameworkRoutes(parts),
    ...sheetRoutes(parts),
    ...formerRoutes(parts),
    ...quoteBoardRoutes(parts, letters),
    ...quoteTermsRoutes(parts),
    ...scanRoutes(parts, new ScanKeeping(parts)),
    ...quoteRoutes(parts, writing),
    ...guardianRoutes(parts, letters, writing),
  };
  const named = async (name: string, isHost = false) =>
    (
      await createPerson(parts.records.read, parts, {
        name,
        email: `${name.split(' ')[0]?.toLowerCase()}@team.example`,
        isHost,
      })
    ).id;
  const people = {
    host: await named('Host Person', true),
    ada: await named('Ada Lead'),
    ben: await named('Ben Editor'),
    cleo: await named('Cleo Fieldworker'),
    dan: await named('Dan Viewer'),
    eve: await named('Eve Contact'),
    stranger: await named('Stranger Danger'),
  };

  const call: World['call'] = async (key, personId, params, body) => {
    const handler = routes[key] as Handler<typeof key> | undefined;
    if (!handler) throw new Error(`no handler for ${key}`);
    const by = personId === null ? null : { personId, credentialId: 'test', via: 'session' as const };
    const read = contract[key].body.parse(body ?? {});
    const actor = { personId, way: 'page', tokenId: null, from: '192.0.2.0/24' } as const;
    const given = { by, actor, params, query: {}, body: read } as unknown as Parameters<typeof handler>[0];
    const told = await handler(given);
    const reply = contract[key].reply.parse(told);
    // HTTP sends what the handler gave: nothing of it may be more than the contract says.
    if (!isDeepStrictEqual(reply, told)) throw new Error(`${key} tells more than its contract says`);
    return reply as typeof told;
  };

  return {
    parts,
    routes,
    letters,
    people,
    call,
    outcome: async (key, personId, params, body) => {
      try {
        await call(key, personId, params, body);
        return 'ok';
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
    },
    join: async (studyId, personId, role) => {
      await parts.records.read
        .insertInto('members')
        .values({ study_id: studyId, user_id: personId, role, since: parts.clock.now() })
        .execute();
    },
    joinAsContact: async (caseId, schoolId, personId) => {
      const { study_id } = await parts.records.read
        .selectFrom('cases')
        .select('study_id')
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      await parts.records.read
        .insertInto('members')
        .values({ study_id, user_id: personId, role: 'contact', since: parts.clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await parts.records.read
        .insertInto('case_contacts')
        .values({ case_id: caseId, user_id: personId, school_id: schoolId, since: parts.clock.now() })
        .execute();
    },
    write,
    close: async () => {
      await letters.stop();
      await parts.close();
    },
  };
}

/** Puts a paragraph at the end of the running text. */
export function paragraph(words: string): (doc: Y.Doc) => void {
  return (doc) => {
    const content = doc.getXmlFragment('content');
    const element = new Y.XmlElement('paragraph');
    content.insert(content.length, [element]);
    element.insert(0, [new Y.XmlText(words)]);
  };
}

/** A study of Ada's with her team, one school and one case about it; ids begin with `name`. */
export async function setUpStudy(world: World, name: string, lead: string = world.people.ada) {
  const { people } = world;
  const studyId = `${name}-study`;
  const schoolId = `${name}-school`;
  const caseId = `${name}-case`;
  await world.parts.records.read
    .updateTable('people')
    .set({ is_host: 1 })
    .where('user_id', '=', lead)
    .execute();
  await world.call(
    'POST /api/studies',
    lead,
    {},
    {
      id: studyId,
      title: `Study ${name}`,
      frameworkId: 'mentoring-and-coaching',
      frameworkVersion: 1,
    },
  );
  await world.parts.records.read
    .updateTable('people')
    .set({ is_host: 0 })
    .where('user_id', '=', lead)
    .execute();
  if (lead === people.ada) {
    await world.join(studyId, people.ben, 'editor');
    await world.join(studyId, people.cleo, 'fieldworker');
    await world.join(studyId, people.dan, 'viewer');
  }
  await world.call(
    'POST /api/studies/:studyId/schools',
    lead,
    { studyId },
    {
      id: schoolId,
      name: `School ${name}`,
      place: 'Northtown',
    },
  );
  const detail = await world.call(
    'POST /api/studies/:studyId/cases',
    lead,
    { studyId },
    {
      id: caseId,
      title: `Case ${name}`,
      schoolIds: [schoolId],
    },
  );
  const block = (sectionId: string, school: string | null = null) => {
    const found = detail.blocks.find((one) => one.sectionId === sectionId && one.schoolId === school);
    if (!found) throw new Error(`no block of section ${sectionId}`);
    return found.blockId;
  };
  return { studyId, schoolId, caseId, detail, block };
}
