import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteBody } from '../../shared/api/contract.ts';
import { ROUTE_RULES } from '../../shared/api/route-rules.ts';
import { createWorld, setUpStudy, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const framework = { frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 };

describe('studies', () => {
  it('are made by the owner of the service and by leads, and by nobody else', async () => {
    const { host, ada, stranger, cleo } = world.people;
    const make = (by: string, id: string) =>
      world.outcome('POST /api/studies', by, {}, { id, title: 'A study', ...framework });
    expect(await make(stranger, 's1')).toBe('no-access');
    expect(await make(host, 's2')).toBe('ok');
    await world.join('s2', ada, 'owner');
    await world.join('s2', cleo, 'fieldworker');
    expect(await make(ada, 's3')).toBe('ok');
    expect(await make(cleo, 's4')).toBe('no-access');
    expect((await world.call('GET /api/studies', ada, {})).mayCreate).toBe(true);
    expect((await world.call('GET /api/studies', cleo, {})).mayCreate).toBe(false);
  });

  it('[ACCESS-1] need somebody who is signed in, on every route that is not for anyone', async () => {
    for (const key of Object.keys(world.routes) as (keyof typeof world.routes)[]) {
      if (ROUTE_RULES[key].kind === 'anyone') continue;
      const handler = world.routes[key] as (call: object) => Promise<unknown>;
      const params = new Proxy({}, { get: () => 'x' });
      await expect(handler({ by: null, params, body: {} }), key).rejects.toMatchObject({
        code: 'not-signed-in',
      });
    }
  });

  it('answer the same creation again, and refuse the id for anything else', async () => {
    const { host, ada } = world.people;
    const body = { id: 's1', title: 'A study', description: 'Why', dueOn: '2031-05-01', ...framework };
    const first = await world.call('POST /api/studies', host, {}, body);
    expect(await world.call('POST /api/studies', host, {}, body)).toEqual(first);
    expect(await world.outcome('POST /api/studies', host, {}, { ...body, title: 'Other' })).toBe('conflict');
    await world.join('s1', ada, 'owner');
    expect(await world.outcome('POST /api/studies', ada, {}, body)).toBe('conflict');
    expect(first).toMatchObject({ title: 'A study', dueOn: '2031-05-01', myRole: 'owner', cases: 0 });
  });

  it('take a framework that exists', async () => {
    const body = { id: 's1', title: 'A study', frameworkId: 'mentoring-and-coaching', frameworkVersion: 99 };
    expect(await world.outcome('POST /api/studies', world.people.host, {}, body)).toBe('bad-request');
  });

  it('are changed by their leads, and each change is announced', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    const { ada, ben } = world.people;
    expect(await world.outcome('PATCH /api/studies/:studyId', ben, { studyId }, { title: 'x' })).toBe(
      'no-access',
    );
    const before = world.parts.published.length;
    const changed = await world.call(
      'PATCH /api/studies/:studyId',
      ada,
      { studyId },
      { title: 'New', dueOn: null },
    );
    expect(changed.title).toBe('New');
    expect(world.parts.published.slice(before)).toEqual([{ t: 'changed', topic: `study/${studyId}` }]);
  });

  it('go to the bin and come back, with their rooms decided anew [ACCESS-4]', async () => {
    const { studyId, caseId } = await setUpStudy(world, 'one');
    const { ada, ben } = world.people;
    expect(await world.outcome('DELETE /api/studies/:studyId', ben, { studyId })).toBe('no-access');
    const before = world.parts.published.length;
    await world.call('DELETE /api/studies/:studyId', ada, { studyId });
    expect(world.parts.published.slice(before)).toContainEqual({
      t: 'access-changed',
      personId: null,
      caseId,
    });
    expect((await world.call('GET /api/studies', ada, {})).studies).toEqual([]);
    expect(await world.outcome('GET /api/studies/:studyId', ben, { studyId })).toBe('gone');
    expect((await world.call('GET /api/bin', ben, {})).items).toEqual([]);
    expect((await world.call('GET /api/bin', ada, {})).items).toEqual([
      {
        kind: 'study',
        id: studyId,
        title: 'Study one',
        deletedAt: world.parts.clock.now(),
        deletedBy: 'Ada Lead',
      },
    ]);
    expect(
      await world.outcome('POST /api/bin/:kind/:itemId/restore', ben, { kind: 'study', itemId: studyId }),
    ).toBe('no-access');
    await world.call('POST /api/bin/:kind/:itemId/restore', ada, { kind: 'study', itemId: studyId });
    expect(await world.outcome('GET /api/studies/:studyId', ben, { studyId })).toBe('ok');
  });
});

describe('schools of a study', () => {
  it('share a name only where somebody says that they are two', async () => {
    const { studyId, schoolId } = await setUpStudy(world, 'one');
    const { cleo, ada } = world.people;
    const hill = { id: 'hill', name: 'Hill School', place: 'Leeds' };
    const add = (body: RouteBody<'POST /api/studies/:studyId/schools'>) =>
      world.outcome('POST /api/studies/:studyId/schools', cleo, { studyId }, body);
    expect(await add(hill)).toBe('ok');
    await expect(
      world.call(
        'POST /api/studies/:studyId/schools',
        cleo,
        { studyId },
        { id: 'h2', name: ' hill  SCHOOL' },
      ),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'There is a school of this name already: Hill School, Leeds.',
    });
    // The same call again makes no second one, and is no other of its name.
    expect(await add(hill)).toBe('ok');
    expect(await add({ id: 'h2', name: 'Hill School', place: 'York', sameName: true })).toBe('ok');
    const change = (body: RouteBody<'PATCH /api/schools/:schoolId'>) =>
      world.outcome('PATCH /api/schools/:schoolId', cleo, { schoolId }, body);
    expect(await change({ name: 'Hill School' })).toBe('conflict');
    expect(await change({ name: 'Hill School', sameName: true })).toBe('ok');
    expect(await change({ name: 'Hill School', place: 'Hull' })).toBe('ok');
    for (const id of ['hill', 'h2']) await world.call('DELETE /api/schools/:schoolId', ada, { schoolId: id });
    expect(await change({ name: 'Brook School' })).toBe('ok');
    // In the bin it stands in nobody's way.
    expect(await change({ name: 'Hill School' })).toBe('ok');
  });

  it('are made once, changed, and not deleted while a case is about them', async () => {
    const { studyId, schoolId, caseId } = await setUpStudy(world, 'one');
    const { ada, cleo, dan } = world.people;
    const body = { id: 'school-b', name: 'Brook School', place: '' };
    const first = await world.call('POST /api/studies/:studyId/schools', cleo, { studyId }, body);
    expect(await world.call('POST /api/studies/:studyId/schools', cleo, { studyId }, body)).toEqual(first);
    expect(
      await world.outcome(
        'POST /api/studies/:studyId/schools',
        cleo,
        { studyId },
        { ...body, name: 'Other' },
      ),
    ).toBe('conflict');
    expect(await world.outcome('PATCH /api/schools/:schoolId', dan, { schoolId }, { name: 'x' })).toBe(
      'no-access',
    );
    expect(
      await world.call('PATCH /api/schools/:schoolId', cleo, { schoolId }, { name: 'Hill' }),
    ).toMatchObject({
      name: 'Hill',
      place: 'Northtown',
    });
    expect(await world.outcome('DELETE /api/schools/:schoolId', ada, { schoolId })).toBe('conflict');
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    await world.call('DELETE /api/schools/:schoolId', ada, { schoolId });
    expect(await world.outcome('PATCH /api/schools/:schoolId', ada, { schoolId }, { name: 'x' })).toBe(
      'gone',
    );
    const { items } = await world.call('GET /api/studies/:studyId/bin', ada, { studyId });
    expect(items.map((item) => item.kind).sort()).toEqual(['case', 'school']);
    const restore = (kind: string, itemId: string) =>
      world.outcome('POST /api/bin/:kind/:itemId/restore', ada, { kind, itemId });
    expect(await restore('case', caseId)).toBe('conflict');
    expect(await restore('school', schoolId)).toBe('ok');
    expect(await restore('case', caseId)).toBe('ok');
    expect(await restore('constructor', caseId)).toBe('not-found');
    expect((await world.call('GET /api/cases/:caseId', ada, { caseId })).deletedAt).toBeNull();
  });
});

describe('members of a study', () => {
  it('[ACCESS-4] lose access at once when removed, with their tasks and open invitations', async () => {
    const { studyId, caseId, block } = await setUpStudy(world, 'one');
    const { ada, cleo } = world.people;
    await world.call('PUT /api/blocks/:blockId/status', ada, { blockId: block('1') }, { assigneeId: cleo });
    const records = world.parts.records.read;
    await records
      .insertInto('links')
      .values({
        id: 'again',
        token_hash: 'h',
        kind: 'member',
        user_id: null,
        email: 'cleo@team.example',
        name: '',
        study_id: studyId,
        role: 'editor',
        case_id: null,
        school_id: null,
        created_at: 0,
        created_by: ada,
        expires_at: Number.MAX_SAFE_INTEGER,
        used_at: null,
        revoked_at: null,
      })
      .execute();
    const before = world.parts.published.length;
    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, { studyId, personId: cleo });
    expect(world.parts.published.slice(before)).toContainEqual({
      t: 'access-changed',
      personId: cleo,
      caseId: null,
    });
    expect(await world.outcome('GET /api/cases/:caseId', cleo, { caseId })).toBe('not-found');
    const detail = await world.call('GET /api/cases/:caseId', ada, { caseId });
    expect(detail.assigneeIds).toEqual([]);
    const { invitations } = await world.call('GET /api/studies/:studyId/invitations', ada, { studyId });
    expect(invitations.map((one) => one.state)).toEqual(['revoked']);
  });

  it('keep at least one lead', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    const { ada, ben, stranger } = world.people;
    const role = (personId: string, role: 'owner' | 'editor' | 'contact') =>
      world.outcome('PATCH /api/studies/:studyId/members/:personId', ada, { studyId, personId }, { role });
    const remove = (by: string, personId: string) =>
      world.outcome('DELETE /api/studies/:studyId/members/:personId', by, { studyId, personId });
    expect(await role(ada, 'editor')).toBe('conflict');
    expect(await remove(ada, ada)).toBe('conflict');
    expect(await role(ben, 'contact')).toBe('bad-request');
    expect(await role(stranger, 'editor')).toBe('not-found');
    expect(await role(ben, 'owner')).toBe('ok');
    expect(await remove(ben, ada)).toBe('ok');
    expect(await remove(ben, ben)).toBe('conflict');
  });

  it('show to the team with their roles, contacts with their cases', async () => {
    const { studyId, caseId, schoolId } = await setUpStudy(world, 'one');
    await world.joinAsContact(caseId, schoolId, world.people.eve);
    const { members } = await world.call('GET /api/studies/:studyId', world.people.dan, { studyId });
    expect(members.map(({ name, role, caseIds }) => ({ name, role, caseIds }))).toEqual([
      { name: 'Ada Lead', role: 'owner', caseIds: [] },
      { name: 'Ben Editor', role: 'editor', caseIds: [] },
      { name: 'Cleo Fieldworker', role: 'fieldworker', caseIds: [] },
      { name: 'Dan Viewer', role: 'viewer', caseIds: [] },
      { name: 'Eve Contact', role: 'contact', caseIds: [caseId] },
    ]);
  });
});

describe('invitations', () => {
  const invite = (studyId: string, body: object) =>
    world.call('POST /api/studies/:studyId/invitations', world.people.ada, { studyId }, {
      id: 'inv-1',
      email: 'New@Person.example',
      role: 'fieldworker',
      ...body,
    } as never);

  it('[LINK-1] tell their link once; a repeated call makes no second one', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    const first = await invite(studyId, {});
    expect(first.link).toMatch(/\/enter#[A-Za-z0-9_-]{43}$/);
    expect(first.invitation).toMatchObject({
      email: 'new@person.example',
      state: 'open',
      role: 'fieldworker',
    });
    const again = await invite(studyId, {});
    expect(again).toEqual({ invitation: first.invitation, link: '', mailed: false });
    expect(world.parts.mailer.sent).toHaveLength(1);
    expect(world.parts.mailer.sent[0]?.text).toContain(first.link);
    await expect(invite(studyId, { role: 'owner' })).rejects.toMatchObject({ code: 'conflict' });
    const token = first.link.split('#')[1] as string;
    const stored = JSON.stringify(await world.parts.records.read.selectFrom('links').selectAll().execute());
    expect(stored).not.toContain(token);
  });

  it('say whether they were mailed, and stand when mail fails', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    world.parts.mailer.failure = new Error('no route to host');
    expect(await invite(studyId, {})).toMatchObject({ mailed: false, invitation: { state: 'open' } });
  });

  it('are revoked, and say so; those taken up are not', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    await invite(studyId, {});
    const { ada, ben } = world.people;
    const revoke = (by: string) =>
      world.outcome('DELETE /api/invitations/:invitationId', by, { invitationId: 'inv-1' });
    expect(await revoke(world.people.stranger)).toBe('not-found');
    expect(await revoke(ben)).toBe('no-access');
    expect(await revoke(ada)).toBe('ok');
    const { invitations } = await world.call('GET /api/studies/:studyId/invitations', ada, { studyId });
    expect(invitations[0]?.state).toBe('revoked');
    await invite(studyId, { id: 'inv-2', email: 'b@b.example' });
    await world.parts.records.read
      .updateTable('links')
      .set({ used_at: 1 })
      .where('id', '=', 'inv-2')
      .execute();
    expect(await world.outcome('DELETE /api/invitations/:invitationId', ada, { invitationId: 'inv-2' })).toBe(
      'conflict',
    );
    world.parts.clock.advance(40 * 24 * 3_600_000);
    await invite(studyId, { id: 'inv-3', email: 'c@c.example' });
    world.parts.clock.advance(15 * 24 * 3_600_000);
    const later = await world.call('GET /api/studies/:studyId/invitations', ada, { studyId });
    expect(later.invitations.find((one) => one.id === 'inv-3')?.state).toBe('expired');
  });

  it('bind a school contact to one school of one case, and members to none', async () => {
    const { studyId, caseId, schoolId } = await setUpStudy(world, 'one');
    const other = await setUpStudy(world, 'two');
    const attempt = async (body: object) => {
      try {
        await invite(studyId, body);
        return 'ok';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(await attempt({ id: 'a', role: 'contact' })).toBe('bad-request');
    expect(await attempt({ id: 'b', role: 'contact', caseId })).toBe('bad-request');
    expect(await attempt({ id: 'c', role: 'contact', caseId: other.caseId, schoolId: other.schoolId })).toBe(
      'bad-request',
    );
    expect(await attempt({ id: 'd', role: 'contact', caseId, schoolId: other.schoolId })).toBe('bad-request');
    const marked = async (body: object) => {
      const refusal = await invite(studyId, { role: 'contact', ...body }).catch((error: unknown) => error);
      return (refusal as { errors?: { path: string }[] }).errors?.map(({ path }) => path);
    };
    expect(await marked({ id: 'a' })).toEqual(['caseId']);
    expect(await marked({ id: 'a', schoolId })).toEqual(['caseId']);
    expect(await marked({ id: 'b', caseId })).toEqual(['schoolId']);
    expect(await marked({ id: 'd', caseId, schoolId: other.schoolId })).toEqual(['schoolId']);
    expect(await attempt({ id: 'e', role: 'editor', caseId })).toBe('bad-request');
    expect(await attempt({ id: 'f', role: 'editor', email: 'ben@team.example' })).toBe('conflict');
    expect(await attempt({ id: 'g', role: 'contact', caseId, schoolId })).toBe('ok');
  });
});

describe('the outbox', () => {
  it('lists invitations with their text and sign-in mails without it, for leads alone', async () => {
    const { studyId } = await setUpStudy(world, 'one');
    const mail = (id: string, kind: string, to: string, study: string | null) => ({
      id,
      study_id: study,
      kind,
      to_address: to,
      subject: 'S',
      text: 'secret words',
      file: `${id}.eml`,
      at: 1,
    });
    await world.parts.records.read
      .insertInto('outbox')
      .values([
        mail('m1', 'invitation', 'x@x.example', studyId),
        mail('m2', 'sign-in', 'ben@team.example', null),
        mail('m3', 'sign-in', 'stranger@team.example', null),
        mail('m4', 'invitation', 'y@y.example', 'other-study'),
      ])
      .execute();
    const { mails } = await world.call('GET /api/studies/:studyId/outbox', world.people.ada, { studyId });
    expect(mails.map(({ id, text }) => [id, text])).toEqual([
      ['m1', 'secret words'],
      ['m2', ''],
    ]);
    expect(await world.outcome('GET /api/studies/:studyId/outbox', world.people.ben, { studyId })).toBe(
      'no-access',
    );
  });
});
