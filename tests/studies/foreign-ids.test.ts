import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookUpBlock, lookUpCase } from '../../server/studies/access-lookup.ts';
import { type RoomAccess, roomAccess } from '../../server/studies/room-access.ts';
import type { RouteKey } from '../../shared/api/contract.ts';
import { informationRequest } from '../information/requests-on-trial.ts';
import { sheetOf } from '../protection/sheets-on-trial.ts';
import { letterRow } from '../support/letter-row.ts';
import { plantQuote } from '../support/quote-row.ts';
import { routeBody } from '../support/route-bodies.ts';
import { createWorld, paragraph, setUpStudy, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const QUOTES = /\/(quotes|quote-terms|speakers|asks|guardian-asks|guarded|threads)/;

/** A valid body for each route that takes one. */
const BODIES: Partial<Record<RouteKey, object>> = {
  'PATCH /api/studies/:studyId': { title: 'x' },
  'PUT /api/studies/:studyId/passkeys': { required: true },
  'POST /api/studies/:studyId/schools': { id: 'n1', name: 'x' },
  'PATCH /api/schools/:schoolId': { name: 'x' },
  'POST /api/studies/:studyId/invitations': { id: 'n2', email: 'a@b.example', role: 'viewer' },
  'POST /api/invitations/:invitationId/letters': { id: 'n6', subject: 'x', text: 'x' },
  'POST /api/studies/:studyId/letters/preview': { email: 'a@b.example', subject: 'x', text: 'x' },
  'PUT /api/studies/:studyId/school-hours': { days: [1], from: '08:00', to: '17:00', zone: 'Europe/London' },
  'PATCH /api/studies/:studyId/members/:personId': { role: 'viewer' },
  'POST /api/studies/:studyId/cases': { id: 'n3', title: 'x', schoolIds: ['theirs-school'] },
  'POST /api/studies/:studyId/sheets': { id: 'n5', after: 0, parts: sheetOf('Names.') },
  'PUT /api/studies/:studyId/former/:personId': { name: 'x' },
  'PATCH /api/cases/:caseId': { title: 'x' },
  'PUT /api/blocks/:blockId/status': { status: 'drafting' },
  'POST /api/cases/:caseId/sharing': {
    id: 'n4',
    steps: [{ blockId: 'x', personId: 'x', from: null, to: 'none' }],
  },
  'POST /api/lost-words/:lostId/settle': { how: 'let-go' },
  'POST /api/cases/:caseId/information': {
    id: 'n6',
    schoolId: 'theirs-school',
    personId: 'x',
    sections: [{ sectionId: '4-facts' }],
    dueOn: '2030-01-03',
    letter: { subject: 'x', text: 'x' },
  },
  'POST /api/cases/:caseId/information/when': { schoolId: 'theirs-school', personId: 'x' },
  'PATCH /api/cases/:caseId/information/:requestId': { dueOn: '2030-01-03' },
  'POST /api/cases/:caseId/information/:requestId/remind': { id: 'n7', letter: { subject: 'x', text: 'x' } },
  'POST /api/contact/information/:requestId': { finished: true },
};

function bodyOf(key: RouteKey, params: Readonly<Record<string, string>>): object | undefined {
  return BODIES[key] ?? (QUOTES.test(key) ? routeBody(key, params) : undefined);
}

/** Routes of these features that name something in their path. */
async function routesWithIds(): Promise<RouteKey[]> {
  const keys = Object.keys(world.routes) as RouteKey[];
  return keys.filter((key) => key.includes('/:') && !key.includes(':frameworkId'));
}

async function lostWords(id: string, blockId: string): Promise<void> {
  const row = { id, block_id: blockId, words: 'w', before_text: '', after_text: '', author_id: null };
  const cause = { caused_by_id: null, cause: 'removed', at: 1 };
  const open = { settled_at: null, settled_by: null, settled_how: null };
  await world.parts.records.read
    .insertInto('lost_words')
    .values({ ...row, ...cause, ...open })
    .execute();
}

async function letter(id: string, at: { readonly studyId: string; readonly caseId: string }): Promise<void> {
  await world.parts.records.read
    .insertInto('letters')
    .values(letterRow({ id, study_id: at.studyId, case_id: at.caseId }))
    .execute();
}

describe('ids of what is not one’s own', () => {
  it('[ACCESS-1] get the answer of ids that do not exist, in every route, for members of another study', async () => {
    const { ada, stranger } = world.people;
    const theirs = await setUpStudy(world, 'theirs', stranger);
    await setUpStudy(world, 'mine', ada);
    const blockId = theirs.block('1');
    await lostWords('lost-1', blockId);
    await letter('letter-1', theirs);
    await world.call(
      'POST /api/studies/:studyId/invitations',
      stranger,
      { studyId: theirs.studyId },
      {
        id: 'inv-1',
        email: 'x@x.example',
        role: 'viewer',
      },
    );
    const { studyId, caseId, schoolId } = theirs;
    await plantQuote(world.parts, { id: 'quote-1', studyId, caseId, blockId, schoolId });
    const params: Record<string, string> = {
      quoteId: 'quote-1',
      speakerId: 'speaker-quote-1',
      askId: 'none',
      scanId: 'scan-new',
      code: 'quote-1.none',
      studyId: theirs.studyId,
      schoolId: theirs.schoolId,
      caseId: theirs.caseId,
      blockId,
      lostId: 'lost-1',
      requestId: 'req-1',
      invitationId: 'inv-1',
      letterId: 'letter-1',
      personId: stranger,
      kind: 'case',
      itemId: theirs.caseId,
    };
    await informationRequest(world.parts.records.read, {
      id: 'req-1',
      caseId: theirs.caseId,
      schoolId: theirs.schoolId,
    });
    const nowhere = Object.fromEntries(Object.keys(params).map((name) => [name, 'no-such-thing']));
    const keys = await routesWithIds();
    expect(keys.length).toBeGreaterThan(20);
    for (const key of keys) {
      const body = bodyOf(key, params);
      expect(await world.outcome(key, ada, params, body as never), key).toBe('not-found');
      expect(await world.outcome(key, ada, { ...nowhere, kind: 'case' }, body as never), key).toBe(
        'not-found',
      );
    }
    for (const kind of ['study', 'case', 'school']) {
      const itemId = kind === 'study' ? theirs.studyId : kind === 'case' ? theirs.caseId : theirs.schoolId;
      const restore = { kind, itemId };
      expect(await world.outcome('POST /api/bin/:kind/:itemId/restore', ada, restore)).toBe('not-found');
    }
    const { asked, names, ...after } = await world.call('GET /api/cases/:caseId', stranger, {
      caseId: theirs.caseId,
    });
    expect(asked.map(({ id, finished }) => [id, finished])).toEqual([['req-1', null]]);
    // whom the text may name is what this test itself added
    expect(names?.map(({ id }) => id)).toEqual(['speaker-quote-1', 'theirs-school']);
    expect({ ...after, asked: [], names: theirs.detail.names }).toEqual(
      theirs.detail.id === after.id ? { ...theirs.detail, lostWords: 1 } : null,
    );
  });

  it('[ACCESS-1] do not let a case take schools, or a section an assignee, of another study', async () => {
    const { ada, stranger } = world.people;
    const theirs = await setUpStudy(world, 'theirs', stranger);
    const mine = await setUpStudy(world, 'mine', ada);
    const body = { id: 'c9', title: 'x', schoolIds: [theirs.schoolId] };
    const { studyId, caseId } = mine;
    expect(await world.outcome('POST /api/studies/:studyId/cases', ada, { studyId }, body)).toBe(
      'bad-request',
    );
    expect(
      await world.outcome(
        'PATCH /api/cases/:caseId',
        ada,
        { caseId },
        {
          schoolIds: [mine.schoolId, theirs.schoolId],
        },
      ),
    ).toBe('bad-request');
    expect(
      await world.outcome(
        'PUT /api/blocks/:blockId/status',
        ada,
        { blockId: mine.block('1') },
        {
          assigneeId: stranger,
        },
      ),
    ).toBe('bad-request');
  });

  it('[ACCESS-5] are all that a school contact finds, outside their own block and its text', async () => {
    const { ada, eve } = world.people;
    const { studyId, schoolId, caseId, block } = await setUpStudy(world, 'one', ada);
    await world.joinAsContact(caseId, schoolId, eve);
    await lostWords('lost-1', block('4-facts', schoolId));
    await informationRequest(world.parts.records.read, { id: 'req-1', caseId, schoolId });
    await letter('letter-1', { studyId, caseId });
    const blockId = block('4-facts', schoolId);
    await plantQuote(world.parts, { id: 'quote-1', studyId, caseId, blockId, schoolId });
    const params = {
      quoteId: 'quote-1',
      speakerId: 'speaker-quote-1',
      askId: 'none',
      scanId: 'scan-new',
      code: 'quote-1.none',
      studyId,
      schoolId,
      caseId,
      blockId,
      lostId: 'lost-1',
      requestId: 'req-1',
      invitationId: 'none',
      letterId: 'letter-1',
      personId: ada,
      kind: 'case',
      itemId: caseId,
    };
    for (const key of await routesWithIds()) {
      const own = ['GET /api/cases/:caseId/text', 'GET /api/blocks/:blockId/thread-people'].includes(key);
      const expected = own ? 'ok' : 'not-found';
      expect(await world.outcome(key, eve, params, bodyOf(key, params) as never), key).toBe(expected);
    }
    expect((await world.call('GET /api/studies', eve, {})).studies).toEqual([]);
  });
});

describe('what rooms ask of the records', () => {
  let access: RoomAccess;
  beforeEach(() => {
    access = roomAccess(world.parts);
  });

  it('[ACCESS-1] decides blocks as HTTP does: team, viewer, contact, stranger, bin, stage', async () => {
    const { ada, cleo, dan, eve, stranger } = world.people;
    const { caseId, schoolId, block } = await setUpStudy(world, 'one', ada);
    await world.joinAsContact(caseId, schoolId, eve);
    const facts = block('4-facts', schoolId);
    expect(await access.block(cleo, block('1'))).toEqual({ access: 'write', team: true });
    expect(await access.block(dan, block('1'))).toEqual({ access: 'read', reason: 'role', team: true });
    expect(await access.block(eve, facts)).toEqual({ access: 'write', team: false });
    expect(await access.block(eve, block('1'))).toEqual({
      access: 'none',
      reason: 'not-shared',
      team: false,
    });
    expect(await access.block(eve, block('4-culture'))).toEqual({
      access: 'none',
      reason: 'not-shared',
      team: false,
    });
    expect(await access.block(stranger, facts)).toEqual({
      access: 'none',
      reason: 'not-a-member',
      team: false,
    });
    expect(await access.block(ada, 'nothing')).toBeNull();
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'approved' });
    expect(await access.block(cleo, facts)).toEqual({ access: 'read', reason: 'stage', team: true });
    expect(await access.block(eve, facts), 'a reading copy is no room').toEqual({
      access: 'none',
      reason: 'stage',
      team: false,
    });
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect(await access.block(cleo, facts)).toEqual({ access: 'read', reason: 'deleted', team: true });
    expect(await access.block(eve, facts)).toEqual({ access: 'none', reason: 'deleted', team: false });
    expect(await lookUpBlock(world.parts.records.read, cleo, facts)).toMatchObject({
      caseId,
      role: 'fieldworker',
    });
  });

  it('[ACCESS-5] tells contacts nothing of presence and changes, and strangers nothing at all', async () => {
    const { ada, dan, eve, stranger } = world.people;
    const { studyId, caseId, schoolId } = await setUpStudy(world, 'one', ada);
    await world.joinAsContact(caseId, schoolId, eve);
    const asked = async (person: string) => [
      await access.case(person, caseId),
      await access.topic(person, `case/${caseId}`),
      await access.topic(person, `study/${studyId}`),
    ];
    expect(await asked(dan)).toEqual(['open', 'open', 'open']);
    expect(await asked(eve)).toEqual(['closed', 'closed', 'closed']);
    expect(await asked(stranger)).toEqual(['closed', 'closed', 'closed']);
    for (const topic of ['', 'case', 'case/', `case/${caseId}/more`, `other/${caseId}`, `study/${caseId}`]) {
      expect(await access.topic(ada, topic), topic).toBe('closed');
    }
    expect(await lookUpCase(world.parts.records.read, stranger, caseId)).toMatchObject({ role: null });
  });

  it('[ACCESS-3] names people by the records', async () => {
    expect(await access.person(world.people.ada)).toMatchObject({ name: 'Ada Lead', initials: 'AL' });
    expect(await access.person('nobody')).toBeNull();
  });

  it('finds no block of a school that left the case, until it returns', async () => {
    const { ada } = world.people;
    const { studyId, caseId, schoolId, block } = await setUpStudy(world, 'one', ada);
    const second = { id: 'school-2', name: 'Second School' };
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId }, second);
    const facts = block('4-facts', schoolId);
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: ['school-2'] });
    expect(await access.block(ada, facts)).toBeNull();
    await world.write(facts, ada, paragraph('typed just before'));
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: ['school-2', schoolId] });
    expect(await access.block(ada, facts)).toEqual({ access: 'write', team: true });
    const { blocks } = await world.call('GET /api/cases/:caseId/text', ada, { caseId });
    expect(blocks.find((one) => one.blockId === facts)?.html).toBe('<p>typed just before</p>');
  });
});
