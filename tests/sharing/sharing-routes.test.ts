import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SharingStep } from '../../shared/api/sharing.ts';
import { findSection } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import type { Access } from '../../shared/permissions/access.ts';
import { FIXED_WORDS } from '../../shared/permissions/sharing.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';

let world: World;
let study: Awaited<ReturnType<typeof setUpStudy>>;
let count = 0;
beforeEach(async () => {
  world = await createWorld();
  study = await setUpStudy(world, 'one');
  await world.joinAsContact(study.caseId, study.schoolId, world.people.eve);
});
afterEach(() => world.close());

const step = (section: string, personId: string, from: Access | null, to: Access | null): SharingStep => ({
  blockId: study.block(section),
  personId,
  from,
  to,
});
const share = (by: string, ...steps: SharingStep[]) =>
  world.call('POST /api/cases/:caseId/sharing', by, { caseId: study.caseId }, { id: `n${count++}`, steps });
const tryShare = (by: string, ...steps: SharingStep[]) =>
  world.outcome(
    'POST /api/cases/:caseId/sharing',
    by,
    { caseId: study.caseId },
    { id: `n${count++}`, steps },
  );
const sharing = (by: string) => world.call('GET /api/cases/:caseId/sharing', by, { caseId: study.caseId });
const detail = (by: string) => world.call('GET /api/cases/:caseId', by, { caseId: study.caseId });
const told = () => world.parts.published.filter((message) => message.t === 'access-changed');

describe('the sharing of a case', () => {
  it('[ACCESS-1] is seen by the team’s writers, changed by the lead and editors', async () => {
    const { ada, ben, cleo, dan, eve } = world.people;
    for (const [id, mayChange] of [
      [ada, true],
      [ben, true],
      [cleo, false],
    ] as const) {
      expect((await sharing(id)).mayChange).toBe(mayChange);
    }
    const see = (id: string) => world.outcome('GET /api/cases/:caseId/sharing', id, { caseId: study.caseId });
    expect(await see(dan)).toBe('no-access');
    expect(await see(eve)).toBe('not-found');
    expect(await tryShare(cleo, step('2.4', eve, null, 'read'))).toBe('no-access');
    expect(await tryShare(ben, step('2.4', eve, null, 'read'))).toBe('ok');
  });

  it('[ACCESS-4] names everybody who takes part, and tells at once whoever has something else now', async () => {
    const { ada, dan, eve } = world.people;
    const { people, sections } = await sharing(ada);
    expect(people.map(({ name, role }) => [name, role])).toEqual([
      ['Eve Contact', 'contact'],
      ['Ada Lead', 'owner'],
      ['Ben Editor', 'editor'],
      ['Cleo Fieldworker', 'fieldworker'],
      ['Dan Viewer', 'viewer'],
    ]);
    expect(JSON.stringify(people)).not.toContain('@');
    expect(sections.length).toBe(study.detail.blocks.length);
    const before = told().length;
    world.parts.clock.advance(1_000);
    const after = await share(ada, step('2.4', eve, null, 'read'), step('2.4', dan, null, 'write'));
    expect(
      told()
        .slice(before)
        .map((message) => message.personId),
    ).toEqual([eve, dan]);
    expect(after.cells).toHaveLength(2);
    expect(after.cells[0]).toMatchObject({ by: ada, at: world.parts.clock.now() });
    expect(after.changes).toMatchObject([{ by: ada, steps: [{ to: 'read' }, { to: 'write' }] }]);
  });

  it('[SAVE-3] made again with the same id has no second effect, and with other cells none at all', async () => {
    const { ada, eve } = world.people;
    const body = { id: 'once', steps: [step('2.4', eve, null, 'read')] };
    const params = { caseId: study.caseId };
    const first = await world.call('POST /api/cases/:caseId/sharing', ada, params, body);
    await share(ada, step('2.4', eve, 'read', null));
    const again = await world.call('POST /api/cases/:caseId/sharing', ada, params, body);
    expect(again.cells).toMatchObject([{ level: null }]);
    expect(again.changes).toHaveLength(2);
    expect(first.changes).toHaveLength(1);
    const other = { id: 'once', steps: [step('2.5', eve, null, 'read')] };
    expect(await world.outcome('POST /api/cases/:caseId/sharing', ada, params, other)).toBe('conflict');
    expect(await world.outcome('POST /api/cases/:caseId/sharing', world.people.ben, params, body)).toBe(
      'conflict',
    );
  });

  it('[ACCESS-1] is changed whole or not at all, and not over somebody else’s change', async () => {
    const { ada, ben, eve, dan } = world.people;
    await share(ada, step('2.4', eve, null, 'read'));
    const before = await sharing(ada);
    expect(await tryShare(ben, step('2.5', eve, null, 'read'), step('2.4', eve, null, 'write'))).toBe(
      'conflict',
    );
    expect(await tryShare(ben, step('2.5', dan, null, 'write'), step('2.5', ada, null, 'read'))).toBe(
      'no-access',
    );
    expect(await tryShare(ben, step('2.5', dan, null, 'write'), step('2.5', ben, null, 'read'))).toBe(
      'no-access',
    );
    expect(await sharing(ada)).toEqual(before);
    // taking back goes by what stood there
    await share(ada, step('2.4', eve, 'read', null));
    expect((await sharing(ada)).cells).toMatchObject([{ level: null, by: ada }]);
  });

  it('[ACCESS-1] knows neither blocks nor people of other cases and studies', async () => {
    const { ada, eve, stranger } = world.people;
    const other = await setUpStudy(world, 'two', stranger);
    const foreign = { blockId: other.block('2.4'), personId: eve, from: null, to: 'read' as const };
    expect(await tryShare(ada, foreign)).toBe('not-found');
    expect(await tryShare(ada, step('2.4', stranger, null, 'read'))).toBe('not-found');
    const params = { caseId: study.caseId, personId: stranger };
    expect(await world.outcome('GET /api/cases/:caseId/view-as/:personId', ada, params)).toBe('not-found');
    const second = { id: 'c2', title: 'Second', schoolIds: [study.schoolId] };
    await world.call('POST /api/studies/:studyId/cases', ada, { studyId: study.studyId }, second);
    const there = { id: 'n', steps: [step('2.4', eve, null, 'read')] };
    expect(await world.outcome('POST /api/cases/:caseId/sharing', ada, { caseId: 'c2' }, there)).toBe(
      'not-found',
    );
    const ofSecond = { caseId: 'c2', personId: eve };
    expect(await world.outcome('GET /api/cases/:caseId/view-as/:personId', ada, ofSecond)).toBe('not-found');
  });

  it('[ACCESS-5] never gives a school what is the team’s alone', async () => {
    const { ada, eve } = world.people;
    // In the words that the grid has for it.
    await expect(share(ada, step('4-culture', eve, null, 'read'))).rejects.toMatchObject({
      code: 'no-access',
      message: FIXED_WORDS['team-only'],
    });
  });

  it('[ACCESS-6] an editor passes on nothing that was taken from them', async () => {
    const { ada, ben, eve } = world.people;
    await share(ada, step('2.4', ben, null, 'read'));
    expect(await tryShare(ben, step('2.4', eve, null, 'read'))).toBe('no-access');
    expect(await tryShare(ben, step('2.4', ben, 'read', null))).toBe('no-access');
  });
});

describe('what was taken away from somebody of the team', () => {
  it('[ACCESS-1] is nowhere: not in the case, its sums, its text, its lost words, its drafts', async () => {
    const { ada, cleo } = world.people;
    const blockId = study.block('2.4');
    await world.write(blockId, ada, paragraph('four words of secret'));
    const row = { id: 'lost', block_id: blockId, words: 'secret', before_text: '', after_text: '', at: 1 };
    const who = { author_id: null, caused_by_id: null, cause: 'removed' };
    const open = { settled_at: null, settled_by: null, settled_how: null };
    await world.parts.records.read
      .insertInto('lost_words')
      .values({ ...row, ...who, ...open })
      .execute();
    expect(await detail(cleo)).toMatchObject({ words: 4, lostWords: 1 });
    await share(ada, step('2.4', cleo, null, 'none'));
    const seen = await detail(cleo);
    expect(seen).toMatchObject({ words: 0, lostWords: 0, total: study.detail.total - 1 });
    expect(seen.blocks.some((one) => one.blockId === blockId)).toBe(false);
    const params = { caseId: study.caseId };
    const everything = [
      seen,
      await world.call('GET /api/cases/:caseId/text', cleo, params),
      await world.call('GET /api/cases/:caseId/lost-words', cleo, params),
      await world.call('GET /api/studies/:studyId', cleo, { studyId: study.studyId }),
    ];
    expect(JSON.stringify(everything)).not.toContain('secret');
    const held = (await sharing(cleo)).sections.find((one) => one.blockId === blockId);
    expect(held?.holds).toBeNull();
    expect(await detail(ada)).toMatchObject({ words: 4, lostWords: 1 });
    const status = { status: 'ready' as const };
    expect(await world.outcome('PUT /api/blocks/:blockId/status', cleo, { blockId }, status)).toBe(
      'not-found',
    );
    expect(
      await world.outcome('PUT /api/blocks/:blockId/status', ada, { blockId }, { assigneeId: cleo }),
      'nobody is asked to see to what they cannot write',
    ).toBe('bad-request');
  });

  it('[ACCESS-4] [ACCESS-6] ends with their part in the study; a narrower part keeps nothing wider', async () => {
    const { ada, cleo, dan } = world.people;
    const member = (personId: string) => ({ studyId: study.studyId, personId });
    await share(
      ada,
      step('2.4', dan, null, 'write'),
      step('2.5', cleo, null, 'none'),
      step('2.4', cleo, null, 'comment'),
    );
    await world.call('PATCH /api/studies/:studyId/members/:personId', ada, member(cleo), { role: 'viewer' });
    const cells = (await sharing(ada)).cells.filter((cell) => cell.personId === cleo);
    expect(cells.map(({ blockId, level }) => [blockId, level])).toEqual([[study.block('2.5'), 'none']]);
    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, member(dan), {});
    await world.join(study.studyId, dan, 'viewer');
    expect((await sharing(ada)).cells.some((cell) => cell.personId === dan)).toBe(false);
    const access = (await detail(dan)).blocks.find((one) => one.sectionId === '2.4')?.access;
    expect(access).toBe('read');
  });

  it('[ACCESS-6] a part that is said again takes nothing away', async () => {
    const { ada, dan } = world.people;
    await share(ada, step('2.4', dan, null, 'write'));
    const member = { studyId: study.studyId, personId: dan };
    await world.call('PATCH /api/studies/:studyId/members/:personId', ada, member, { role: 'viewer' });
    expect((await sharing(ada)).cells).toMatchObject([{ personId: dan, level: 'write' }]);
  });

  it('[ACCESS-5] what was shared with a school does not wait for it to come back', async () => {
    const { ada, eve } = world.people;
    const school = { id: 'school-2', name: 'Second' };
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId: study.studyId }, school);
    await share(ada, step('2.4', eve, null, 'read'));
    const params = { caseId: study.caseId };
    await world.call('PATCH /api/cases/:caseId', ada, params, { schoolIds: ['school-2'] });
    await world.call('PATCH /api/cases/:caseId', ada, params, { schoolIds: ['school-2', study.schoolId] });
    await world.joinAsContact(study.caseId, study.schoolId, eve);
    expect((await sharing(ada)).cells).toEqual([]);
  });
});

describe('what a school contact gets', () => {
  const asked = (by: string) => world.call('GET /api/contact', by, {});

  it('[ACCESS-5] is a reading copy of what they read, and nothing of whose it is', async () => {
    const { ada, eve } = world.people;
    await world.write(study.block('2.4'), ada, (doc) => {
      paragraph('As it was told.')(doc);
      doc.getMap('fields').set('prompt/span', 'ask');
    });
    await world.call(
      'PUT /api/blocks/:blockId/status',
      ada,
      { blockId: study.block('2.4') },
      { assigneeId: ada, status: 'ready', dueOn: '2031-01-01' },
    );
    await share(ada, step('2.4', eve, null, 'read'));
    const [one] = (await asked(eve)).cases;
    const block = one?.blocks.find((each) => each.section.id === '2.4');
    // Nothing else: neither how far the team is with it, nor who sees to it and until when.
    expect(block).toEqual({
      blockId: study.block('2.4'),
      section: { ...findSection(mentoringAndCoaching, '2.4'), prompts: [] },
      schoolId: null,
      access: 'read',
      reason: 'set',
    });
    expect(one?.copies).toMatchObject([{ blockId: study.block('2.4'), html: '<p>As it was told.</p>' }]);
    await share(ada, step('2.4', eve, 'read', null));
    expect((await asked(eve)).cases[0]?.copies).toEqual([]);
  });

  it('[INPUT-1] is told apart, what cannot be read from what is empty', async () => {
    const { ada, eve } = world.people;
    const [empty, damaged] = [study.block('2.4'), study.block('4-facts', study.schoolId)];
    await share(ada, step('2.4', eve, null, 'read'));
    await world.write(damaged, eve, paragraph('We are 318.'));
    world.parts.database.raw
      .prepare("update block_log set bytes = x'00ff' where block_id = ? and seq = 1")
      .run(damaged);
    const [one] = (await asked(eve)).cases;
    expect(one?.copies).toEqual([{ blockId: empty, html: '', values: {}, seq: 0 }]);
    expect(one?.blocks.find(({ blockId }) => blockId === damaged)).toMatchObject({
      access: 'none',
      reason: 'damaged',
    });
  });

  it('[ACCESS-5] stays to be read, and only read, once the case is closed', async () => {
    const { ada, eve } = world.people;
    const blockId = study.block('4-facts', study.schoolId);
    await world.write(blockId, eve, paragraph('We are 318.'));
    const closing = { stage: 'approved' as const, stageWhy: 'Read by the school' };
    await world.call('PATCH /api/cases/:caseId', ada, { caseId: study.caseId }, closing);
    const [one] = (await asked(eve)).cases;
    expect(one?.blocks.every((block) => block.access === 'read' && block.reason === 'stage')).toBe(true);
    expect(one?.copies.find((copy) => copy.blockId === blockId)?.html).toBe('<p>We are 318.</p>');
    expect((await detail(ada)).stageSet).toMatchObject({ by: ada, why: 'Read by the school' });
    const change = world.call('PATCH /api/cases/:caseId', ada, { caseId: study.caseId }, { title: 'New' });
    await expect(change).rejects.toThrow(/Approved by Ada Lead on .*: “Read by the school”/);
    const status = { status: 'ready' as const };
    const said = world.call('PUT /api/blocks/:blockId/status', ada, { blockId }, status);
    await expect(said).rejects.toThrow(/“Read by the school”/);
  });

  it('says of each section what a school may do with it', async () => {
    const { ada, eve } = world.people;
    const school = async (section: string) =>
      (await detail(ada)).blocks.find((block) => block.sectionId === section)?.schoolAccess;
    expect(await school('4-facts')).toBe('write');
    expect(await school('2.4')).toBe('none');
    await share(ada, step('2.4', eve, null, 'read'));
    expect(await school('2.4')).toBe('read');
  });
});

describe('the case through another’s eyes', () => {
  const view = (by: string, personId: string) =>
    world.call('GET /api/cases/:caseId/view-as/:personId', by, { caseId: study.caseId, personId });

  it('[ACCESS-6] is what that person gets, and no more than one may read oneself', async () => {
    const { ada, ben, cleo, dan } = world.people;
    await world.write(study.block('2.4'), ada, paragraph('secret'));
    await share(ada, step('2.4', dan, null, 'none'), step('2.5', dan, null, 'write'));
    const asDan = await view(ada, dan);
    expect(asDan.blocks.map(({ blockId, access }) => [blockId, access])).toEqual(
      (await detail(dan)).blocks.map(({ blockId, access }) => [blockId, access]),
    );
    expect(JSON.stringify(asDan)).not.toContain('secret');
    await share(ada, step('2.4', cleo, null, 'none'));
    const asBen = await view(cleo, ben);
    expect(asBen.leftOut).toBe(1);
    expect(JSON.stringify(asBen)).not.toContain('secret');
    expect(JSON.stringify(await view(ada, ben))).toContain('secret');
  });

  it('[ACCESS-5] of a school contact is their page', async () => {
    const { ada, eve } = world.people;
    await share(ada, step('2.4', eve, null, 'read'));
    const asEve = await view(ada, eve);
    expect(asEve.asked).toEqual((await world.call('GET /api/contact', eve, {})).cases);
    expect(asEve.blocks).toEqual([]);
    expect(asEve.text.map(({ blockId }) => blockId).sort()).toEqual(
      asEve.asked.flatMap(({ blocks }) => blocks.map(({ blockId }) => blockId)).sort(),
    );
  });
});
