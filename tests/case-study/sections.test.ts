import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteBody } from '../../shared/api/contract.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';

let world: World;
let study: Awaited<ReturnType<typeof setUpStudy>>;
beforeEach(async () => {
  world = await createWorld();
  study = await setUpStudy(world, 'one');
});
afterEach(() => world.close());

type Wish = RouteBody<'PUT /api/blocks/:blockId/status'>;
const put = (by: string, blockId: string, wish: Wish) =>
  world.call('PUT /api/blocks/:blockId/status', by, { blockId }, wish);
const outcome = (by: string, blockId: string, wish: Wish) =>
  world.outcome('PUT /api/blocks/:blockId/status', by, { blockId }, wish);

describe('how far a section is', () => {
  it('is empty by its text, whatever was said of it', async () => {
    const { cleo, ben } = world.people;
    const block = study.block('1');
    expect(await outcome(cleo, block, { status: 'ready' })).toBe('conflict');
    expect(await outcome(ben, block, { status: 'agreed' })).toBe('conflict');
    await world.write(block, cleo, paragraph('Some words'));
    expect(await put(cleo, block, { status: 'ready' })).toMatchObject({ status: 'ready', words: 2 });
    await world.write(block, cleo, (doc) => doc.getXmlFragment('content').delete(0, 1));
    const { blocks } = await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId });
    expect(blocks.find((one) => one.blockId === block)).toMatchObject({ status: 'empty' });
  });

  it('agreed names who, and goes stale exactly while the text is another', async () => {
    const { ada, ben, cleo } = world.people;
    const block = study.block('1');
    const state = async () => {
      const detail = await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId });
      return { ...detail.blocks.find((one) => one.blockId === block), done: detail.done };
    };
    await world.write(block, cleo, paragraph('Agreed words'));
    expect(await outcome(cleo, block, { status: 'agreed' })).toBe('no-access');
    const at = world.parts.clock.now();
    await put(ben, block, { status: 'agreed' });
    const agreed = { status: 'agreed', agreedBy: ben, agreedAt: at };
    expect(await state()).toMatchObject({ ...agreed, agreementStale: false, done: 1 });

    world.parts.clock.advance(60_000);
    await put(ada, block, { status: 'agreed' });
    expect(await state()).toMatchObject({ ...agreed, agreementStale: false });

    await world.write(block, cleo, (doc) => doc.getMap('fields').set('prompt/why', 'answered'));
    expect(await state()).toMatchObject({ ...agreed, agreementStale: false });

    await world.write(block, cleo, paragraph('and more'));
    expect(await state()).toMatchObject({ ...agreed, agreementStale: true, done: 0 });
    await world.write(block, cleo, (doc) => doc.getXmlFragment('content').delete(1, 1));
    expect(await state()).toMatchObject({ ...agreed, agreementStale: false, done: 1 });

    await world.write(block, cleo, paragraph('other words'));
    await put(ada, block, { status: 'agreed' });
    expect(await state()).toMatchObject({ agreedBy: ada, agreedAt: at + 60_000, agreementStale: false });
    await put(cleo, block, { status: 'drafting' });
    const setBack = { by: cleo, at: at + 60_000 };
    expect(await state()).toMatchObject({ status: 'drafting', agreedBy: null, agreedAt: null, setBack });
    await put(cleo, block, { assigneeId: ben });
    expect(await state()).toMatchObject({ status: 'drafting', setBack });
    await put(cleo, block, { status: 'ready' });
    expect(await state()).toMatchObject({ status: 'ready', setBack: null });
  });

  it('keeps what a wish does not mention', async () => {
    const { cleo, ben } = world.people;
    const block = study.block('2.1');
    await put(cleo, block, { assigneeId: ben, dueOn: '2031-02-03' });
    await put(cleo, block, { notApplicable: 'nobody was coached' });
    expect(await put(cleo, block, { dueOn: null })).toMatchObject({
      assigneeId: ben,
      dueOn: null,
      notApplicable: 'nobody was coached',
    });
    const detail = await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId });
    expect(detail).toMatchObject({ done: 1, started: 1, assigneeIds: [ben] });
    expect(await outcome(cleo, block, {})).toBe('bad-request');
  });

  it('[ACCESS-1] is for those who may write, and sections are given to those alone', async () => {
    const { cleo, dan, eve } = world.people;
    const block = study.block('1');
    expect(await outcome(dan, block, { status: 'drafting' })).toBe('no-access');
    expect(await outcome(cleo, block, { assigneeId: dan })).toBe('bad-request');
    await world.joinAsContact(study.caseId, study.schoolId, eve);
    expect(await outcome(cleo, block, { assigneeId: eve })).toBe('bad-request');
    await world.call(
      'PATCH /api/cases/:caseId',
      world.people.ben,
      { caseId: study.caseId },
      { stage: 'approved' },
    );
    expect(await outcome(cleo, block, { status: 'drafting' })).toBe('no-access');
  });

  it('counts prompts still to ask, not those of a section that does not apply', async () => {
    const { cleo } = world.people;
    const prompt = async (sectionId: string) => {
      const { blocks } = await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId });
      expect(blocks.some((one) => one.sectionId === sectionId)).toBe(true);
      const framework = (await world.call('GET /api/frameworks/:frameworkId/:version', cleo, {
        frameworkId: 'mentoring-and-coaching',
        version: '1',
      })) as { sections: { id: string; prompts: { id: string }[] }[] };
      return framework.sections.find((section) => section.id === sectionId)?.prompts[0]?.id as string;
    };
    const toAsk = async () =>
      (await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId })).toAsk;
    const id = await prompt('1');
    await world.write(study.block('1'), cleo, (doc) => {
      doc.getMap('fields').set(`prompt/${id}`, 'ask');
      doc.getMap('fields').set('prompt/no-such-prompt', 'ask');
    });
    expect(await toAsk()).toBe(1);
    await put(cleo, study.block('1'), { notApplicable: 'not here' });
    expect(await toAsk()).toBe(0);
  });
});

describe('words that lost their place', () => {
  const lose = (id: string, blockId: string, extra: object = {}) =>
    world.parts.records.read
      .insertInto('lost_words')
      .values({
        id,
        block_id: blockId,
        words: 'what was typed',
        before_text: 'before ',
        after_text: ' after',
        author_id: world.people.cleo,
        caused_by_id: world.people.ben,
        cause: 'changed-kind',
        at: 5,
        settled_at: null,
        settled_by: null,
        settled_how: null,
        ...extra,
      })
      .execute();
  const list = async (by: string) =>
    (await world.call('GET /api/cases/:caseId/lost-words', by, { caseId: study.caseId })).lostWords;
  const settle = (by: string, lostId: string, how: 'put-back' | 'let-go') =>
    world.outcome('POST /api/lost-words/:lostId/settle', by, { lostId }, { how });

  it('[SAVE-5] are listed with author and cause until one person settles them, once', async () => {
    const { ben, cleo, dan } = world.people;
    await lose('l1', study.block('1'));
    await lose('l2', study.block('1'), { settled_at: 6, settled_by: ben, settled_how: 'let-go' });
    expect(await list(cleo)).toEqual([
      {
        id: 'l1',
        blockId: study.block('1'),
        words: 'what was typed',
        before: 'before ',
        after: ' after',
        authorId: cleo,
        causedById: ben,
        cause: 'changed-kind',
        at: 5,
      },
    ]);
    expect((await world.call('GET /api/cases/:caseId', cleo, { caseId: study.caseId })).lostWords).toBe(1);
    expect(await settle(dan, 'l1', 'let-go')).toBe('no-access');
    const before = world.parts.published.length;
    expect(await settle(cleo, 'l1', 'put-back')).toBe('ok');
    expect(world.parts.published.slice(before)).toContainEqual({
      t: 'changed',
      topic: `case/${study.caseId}`,
    });
    expect(await settle(cleo, 'l1', 'put-back')).toBe('ok');
    expect(await settle(cleo, 'l1', 'let-go')).toBe('conflict');
    expect(await settle(ben, 'l1', 'put-back')).toBe('conflict');
    expect(await list(cleo)).toEqual([]);
  });
});

describe('what a school contact is asked', () => {
  it('[ACCESS-5] is the shareable blocks of their own school, without what is the team’s own', async () => {
    const { ada, ben, eve } = world.people;
    const { caseId, schoolId, studyId } = study;
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId }, { id: 's2', name: 'Second' });
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: [schoolId, 's2'] });
    await world.joinAsContact(caseId, schoolId, eve);
    const facts = study.block('4-facts', schoolId);
    await put(ada, facts, { assigneeId: ben, dueOn: '2031-01-01' });
    const { cases } = await world.call('GET /api/contact', eve, {});
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({
      caseId,
      studyTitle: 'Study one',
      schoolName: 'School one',
      askedBy: 'Ada Lead',
    });
    const asked = cases[0]?.blocks ?? [];
    expect(asked.map((one) => one.blockId)).toContain(facts);
    expect(asked.every((one) => one.schoolId === schoolId && one.access === 'write')).toBe(true);
    for (const one of asked) {
      expect(Object.keys(one).sort()).toEqual(['access', 'blockId', 'reason', 'schoolId', 'section']);
    }
    const { blocks } = await world.call('GET /api/cases/:caseId/text', eve, { caseId });
    expect(blocks.map((one) => one.blockId).sort()).toEqual(asked.map((one) => one.blockId).sort());

    await put(ada, facts, { notApplicable: 'the team’s own reason' });
    const later = await world.call('GET /api/contact', eve, {});
    expect(JSON.stringify(later)).not.toContain('own reason');
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect((await world.call('GET /api/contact', eve, {})).cases).toEqual([]);
    expect(await world.outcome('GET /api/cases/:caseId/text', eve, { caseId })).toBe('not-found');
  });

  it('is nothing for members of the team', async () => {
    const { ben } = world.people;
    await world.parts.records.read
      .insertInto('case_contacts')
      .values({ case_id: study.caseId, user_id: ben, school_id: study.schoolId, since: 1 })
      .execute();
    expect((await world.call('GET /api/contact', ben, {})).cases).toEqual([]);
  });
});
