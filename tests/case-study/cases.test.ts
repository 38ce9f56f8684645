import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteBody } from '../../shared/api/contract.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

describe('a case study', () => {
  it('is made with all its blocks, each with the head of its log', async () => {
    const { detail } = await setUpStudy(world, 'one');
    const asked = mentoringAndCoaching.sections.filter((section) => !section.onlyForAuthority);
    expect(detail.blocks.map((block) => block.sectionId)).toEqual(asked.map((section) => section.id));
    for (const block of detail.blocks) {
      expect(block).toMatchObject({ access: 'write', reason: null, status: 'empty', words: 0, filled: 0 });
      expect(await world.parts.blocks.load(block.blockId)).toMatchObject({ tail: [], snapshot: null });
    }
    expect(detail).toMatchObject({
      stage: 'scoping',
      myRole: 'owner',
      done: 0,
      started: 0,
      total: asked.length,
    });
    expect(detail.acts).toContain('delete-case');
  });

  it('has a block for each school where the framework asks so, and more of a whole authority', async () => {
    const { studyId, schoolId } = await setUpStudy(world, 'one');
    const { cleo } = world.people;
    await world.call('POST /api/studies/:studyId/schools', cleo, { studyId }, { id: 's2', name: 'Second' });
    const detail = await world.call(
      'POST /api/studies/:studyId/cases',
      cleo,
      { studyId },
      {
        id: 'c2',
        title: 'Of an authority',
        schoolIds: ['s2', schoolId],
        authority: true,
      },
    );
    const facts = detail.blocks.filter((block) => block.sectionId === '4-facts');
    expect(facts.map((block) => block.schoolId)).toEqual(['s2', schoolId]);
    expect(detail.blocks.some((block) => block.sectionId === '4-authority')).toBe(true);
    expect(detail.schools.map((school) => school.id)).toEqual(['s2', schoolId]);
  });

  it('answers the same creation again without new blocks, and refuses the id for anything else', async () => {
    const { studyId, schoolId, caseId, detail } = await setUpStudy(world, 'one');
    const { ada, ben, dan } = world.people;
    const body = { id: caseId, title: 'Case one', schoolIds: [schoolId] };
    const make = (by: string, change: object = {}) =>
      world.outcome('POST /api/studies/:studyId/cases', by, { studyId }, { ...body, ...change });
    const again = await world.call('POST /api/studies/:studyId/cases', ada, { studyId }, body);
    expect(again).toEqual(detail);
    const blocks = await world.parts.records.read.selectFrom('blocks').select('id').execute();
    expect(blocks).toHaveLength(detail.blocks.length);
    expect(await make(ada, { title: 'Other' })).toBe('conflict');
    expect(await make(ben)).toBe('conflict');
    expect(await make(dan, { id: 'c3' })).toBe('no-access');
  });

  it('[ACCESS-4] moves on by those who may, and tells every open room', async () => {
    const { studyId, caseId } = await setUpStudy(world, 'one');
    const { ben, cleo } = world.people;
    const move = (by: string) =>
      world.outcome('PATCH /api/cases/:caseId', by, { caseId }, { stage: 'approved' });
    expect(await move(cleo)).toBe('no-access');
    const before = world.parts.published.length;
    expect(await move(ben)).toBe('ok');
    expect(world.parts.published.slice(before)).toEqual([
      { t: 'access-changed', personId: null, caseId },
      { t: 'changed', topic: `case/${caseId}` },
      { t: 'changed', topic: `study/${studyId}` },
    ]);
    const detail = await world.call('GET /api/cases/:caseId', cleo, { caseId });
    expect(detail.blocks[0]).toMatchObject({ access: 'read', reason: 'stage' });
  });

  it('[AUDIT-1] is moved from where it stands, is changed only while it is open there, and moves once', async () => {
    const { caseId } = await setUpStudy(world, 'one');
    const { ada, ben } = world.people;
    const { records } = world.parts;
    const patch = (by: string, body: RouteBody<'PATCH /api/cases/:caseId'>) =>
      world.outcome('PATCH /api/cases/:caseId', by, { caseId }, body);
    /** Lets somebody else be quicker than the next change, after that has read what it goes by. */
    const butFirst = (quicker: () => Promise<unknown>) => {
      const { transaction } = records;
      const slower: typeof transaction = async (work) => {
        Object.assign(records, { transaction });
        await quicker();
        return transaction(work);
      };
      Object.assign(records, { transaction: slower });
    };
    butFirst(() => patch(ben, { stage: 'approved', stageWhy: 'Read by the school' }));
    expect(await patch(ada, { title: 'Too late' })).toBe('no-access');
    butFirst(() => patch(ben, { stage: 'editing' }));
    expect(await patch(ada, { stage: 'published', stageWhy: 'Printed' })).toBe('ok');
    // A page that has not heard of it says the same again, or why it would have.
    expect(await patch(ben, { stage: 'published', stageWhy: 'Printed' })).toBe('ok');
    expect(await patch(ben, { stage: 'published' })).toBe('ok');
    expect(await patch(ben, { stage: 'published', stageWhy: 'Another reason' })).toBe('conflict');
    expect(await world.call('GET /api/cases/:caseId', ada, { caseId })).toMatchObject({
      title: 'Case one',
      stage: 'published',
      stageSet: { by: ada, why: 'Printed' },
    });
    const rows = await records.read
      .selectFrom('audit')
      .select('detail')
      .where('kind', '=', 'stage-moved')
      .orderBy('seq')
      .execute();
    expect(rows.map(({ detail }) => JSON.parse(detail))).toEqual([
      { from: 'scoping', to: 'approved' },
      { from: 'approved', to: 'editing' },
      { from: 'editing', to: 'published' },
    ]);
  });

  it('[STAGE-1] is closed only while its stage and its sections stand as whoever closes it saw them', async () => {
    const { caseId, block } = await setUpStudy(world, 'one');
    const { ada, ben, cleo } = world.people;
    await world.write(block('1'), cleo, paragraph('Seen by Ben'));
    const look = async () => {
      const { stage, blocks } = await world.call('GET /api/cases/:caseId', ben, { caseId });
      return { stage, sections: blocks.map(({ access: _, ...section }) => section) };
    };
    const close = (seen: RouteBody<'PATCH /api/cases/:caseId'>['seen']) =>
      world.outcome('PATCH /api/cases/:caseId', ben, { caseId }, { stage: 'approved', seen });
    const first = await look();
    await world.write(block('1'), cleo, paragraph('Typed while his dialog stood open'));
    await expect(
      world.call('PATCH /api/cases/:caseId', ben, { caseId }, { stage: 'approved', seen: first }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^1 \S.* changed a moment ago/),
    });
    // Told that it is being written in, he closes it over whatever stands there.
    const told = first.sections.map(({ seq, ...section }) =>
      section.blockId === block('1') ? section : { ...section, seq },
    );
    const second = await look();
    await world.call('PUT /api/blocks/:blockId/status', cleo, { blockId: block('1') }, { status: 'ready' });
    expect(await close(second)).toBe('conflict');
    await world.call(
      'PUT /api/blocks/:blockId/status',
      cleo,
      { blockId: block('1') },
      { status: 'drafting' },
    );
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'editing' });
    expect(await close({ stage: first.stage, sections: told })).toBe('conflict');
    // A section that he was never shown.
    expect(await close({ stage: 'editing', sections: told.slice(1) })).toBe('conflict');
    expect((await look()).stage).toBe('editing');
    expect(await close({ stage: 'editing', sections: told })).toBe('ok');
    // The same once more, as after a reply that never came.
    expect(await close({ stage: 'editing', sections: told })).toBe('ok');
  });

  it('[STAGE-1] is not closed over words that came between his look and his word', async () => {
    const { caseId, block } = await setUpStudy(world, 'one');
    const { ben, cleo } = world.people;
    const { records } = world.parts;
    const { stage, blocks } = await world.call('GET /api/cases/:caseId', ben, { caseId });
    const { transaction } = records;
    const slower: typeof transaction = async (work) => {
      Object.assign(records, { transaction });
      await world.write(block('2.4'), cleo, paragraph('Just now'));
      return transaction(work);
    };
    Object.assign(records, { transaction: slower });
    const body = { stage: 'approved', seen: { stage, sections: blocks } } as const;
    expect(await world.outcome('PATCH /api/cases/:caseId', ben, { caseId }, body)).toBe('conflict');
  });

  it('takes more schools, and lets one go only while nothing is written about it', async () => {
    const { studyId, caseId, schoolId, block } = await setUpStudy(world, 'one');
    const { ada, cleo, eve } = world.people;
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId }, { id: 's2', name: 'Second' });
    const set = (schoolIds: string[]) =>
      world.call('PATCH /api/cases/:caseId', cleo, { caseId }, { schoolIds });
    const wider = await set([schoolId, 's2']);
    const second = wider.blocks.find((one) => one.sectionId === '4-facts' && one.schoolId === 's2');
    expect(second).toBeDefined();
    await world.joinAsContact(caseId, schoolId, eve);
    await world.write(block('4-facts', schoolId), cleo, (doc) => doc.getMap('fields').set('value/x', '1'));
    await world.write(block('12', schoolId), cleo, paragraph('Ring the office first'));
    await expect(set(['s2'])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('School one'),
    });
    await world.write(block('12', schoolId), ada, (doc) => {
      doc.getXmlFragment('content').delete(0, 1);
    });
    const narrower = await set(['s2']);
    expect(narrower.blocks.filter((one) => one.schoolId === schoolId)).toEqual([]);
    expect((await world.call('GET /api/contact', eve, {})).cases).toEqual([]);
    const back = await set(['s2', schoolId]);
    expect(back.blocks.find((one) => one.sectionId === '12' && one.schoolId === schoolId)?.blockId).toBe(
      block('12', schoolId),
    );
  });

  it('goes to the bin, is still read by the team, changed by nobody, and comes back', async () => {
    const { studyId, caseId, block } = await setUpStudy(world, 'one');
    const { ada, ben } = world.people;
    expect(await world.outcome('DELETE /api/cases/:caseId', ben, { caseId })).toBe('no-access');
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect(await world.outcome('DELETE /api/cases/:caseId', ada, { caseId })).toBe('ok');
    const detail = await world.call('GET /api/cases/:caseId', ben, { caseId });
    expect(detail.deletedAt).toBe(world.parts.clock.now());
    expect(detail.blocks[0]).toMatchObject({ access: 'read', reason: 'deleted' });
    expect(await world.outcome('PATCH /api/cases/:caseId', ada, { caseId }, { title: 'x' })).toBe('gone');
    const status = { blockId: block('1') };
    expect(await world.outcome('PUT /api/blocks/:blockId/status', ada, status, { status: 'drafting' })).toBe(
      'gone',
    );
    expect((await world.call('GET /api/studies/:studyId', ben, { studyId })).caseList).toEqual([]);
    await world.call('POST /api/bin/:kind/:itemId/restore', ada, { kind: 'case', itemId: caseId });
    expect((await world.call('GET /api/studies/:studyId', ben, { studyId })).caseList).toHaveLength(1);
  });
});

describe('the text of a case', () => {
  it('is made by the server from the log, as of the last saved change', async () => {
    const { caseId, block } = await setUpStudy(world, 'one');
    const { cleo, dan } = world.people;
    const text = async () => (await world.call('GET /api/cases/:caseId/text', dan, { caseId })).blocks;
    expect((await text()).every((one) => one.html === '' && one.seq === 0)).toBe(true);
    await world.write(block('1'), cleo, paragraph('First <b>words</b>'));
    await world.write(block('1'), cleo, (doc) => doc.getMap('fields').set('value/when', '2031'));
    const read = (await text()).find((one) => one.blockId === block('1'));
    expect(read).toEqual({
      blockId: block('1'),
      html: '<p>First &lt;b&gt;words&lt;/b&gt;</p>',
      values: { 'value/when': '2031' },
      seq: 2,
    });
    await world.write(block('1'), cleo, paragraph('More'));
    expect((await text()).find((one) => one.blockId === block('1'))?.seq).toBe(3);
  });

  it('[INPUT-1] leaves out a block whose bytes cannot be believed, and says so; the others work', async () => {
    const { caseId, block } = await setUpStudy(world, 'one');
    const { cleo } = world.people;
    await world.write(block('1'), cleo, paragraph('To be damaged'));
    await world.write(block('3'), cleo, paragraph('Whole and sound'));
    await world.call('GET /api/cases/:caseId', cleo, { caseId });
    await world.write(block('1'), cleo, paragraph('again'));
    world.parts.database.raw
      .prepare("update block_log set bytes = x'00ff' where block_id = ? and seq = 2")
      .run(block('1'));
    const detail = await world.call('GET /api/cases/:caseId', cleo, { caseId });
    const damaged = detail.blocks.find((one) => one.blockId === block('1'));
    expect(damaged).toMatchObject({ access: 'none', reason: 'damaged', words: 3 });
    expect(detail.blocks.find((one) => one.blockId === block('3'))).toMatchObject({
      access: 'write',
      words: 3,
    });
    const { blocks } = await world.call('GET /api/cases/:caseId/text', cleo, { caseId });
    expect(blocks.some((one) => one.blockId === block('1'))).toBe(false);
    expect(blocks.find((one) => one.blockId === block('3'))?.html).toBe('<p>Whole and sound</p>');
  });

  it('is read anew only where the log has moved on', async () => {
    const { studyId, caseId, block } = await setUpStudy(world, 'one');
    const { cleo } = world.people;
    await world.write(block('1'), cleo, paragraph('one'));
    await world.write(block('3'), cleo, paragraph('two words'));
    await world.call('GET /api/cases/:caseId', cleo, { caseId });
    const loaded: string[] = [];
    const load = world.parts.blocks.load.bind(world.parts.blocks);
    world.parts.blocks.load = (blockId) => {
      loaded.push(blockId);
      return load(blockId);
    };
    await world.call('GET /api/studies/:studyId', cleo, { studyId });
    expect(loaded).toEqual([]);
    world.parts.blocks.load = load;
    await world.write(block('3'), cleo, paragraph('and three'));
    world.parts.blocks.load = (blockId) => {
      loaded.push(blockId);
      return load(blockId);
    };
    const { caseList } = await world.call('GET /api/studies/:studyId', cleo, { studyId });
    expect(loaded).toEqual([block('3')]);
    expect(caseList[0]).toMatchObject({ words: 5, started: 2 });
  });
});
