import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { Indexing } from '../../server/search/indexing.ts';
import { searchStudy } from '../../server/search/searching.ts';
import { textKey } from '../../shared/document/block-parts.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';

describe('searching a study', () => {
  let world: World;
  let studyId: string;
  let caseId: string;
  let indexing: Indexing;
  let block: (sectionId: string) => string;

  beforeEach(async () => {
    world = await createWorld();
    indexing = new Indexing(world.parts);
    const made = await setUpStudy(world, 'n');
    studyId = made.studyId;
    caseId = made.caseId;
    const rows = await world.parts.records.read
      .selectFrom('blocks')
      .selectAll()
      .where('case_id', '=', caseId)
      .execute();
    block = (sectionId) => rows.find((row) => row.section_id === sectionId)?.id ?? '';
  });
  afterEach(() => world.close());

  const find = async (typed: string, person = world.people.ada) => {
    const study = await world.parts.records.read
      .selectFrom('studies')
      .selectAll()
      .where('id', '=', studyId)
      .executeTakeFirstOrThrow();
    return searchStudy(world.parts, indexing, { study, personId: person, typed });
  };
  const places = async (typed: string, person?: string) =>
    (await find(typed, person)).hits.map(({ kind, sectionId, place }) => `${kind} ${sectionId}: ${place}`);

  it('[SEARCH-1] finds the words of a section as they were saved last, and no others', async () => {
    await world.write(block('1'), world.people.cleo, paragraph('Mentors met on Thursdays.'));
    const { hits } = await find('mentors thurs');
    expect(hits).toMatchObject([{ kind: 'text', caseId, sectionId: '1', blockId: block('1') }]);
    expect(hits[0]?.snippet).toEqual([
      { text: 'Mentors', found: true },
      { text: ' met on ', found: false },
      { text: 'Thurs', found: true },
      { text: 'days.', found: false },
    ]);
    await world.write(block('1'), world.people.cleo, (doc) => doc.getXmlFragment('content').delete(0, 1));
    expect((await find('mentors')).hits).toEqual([]);
    await world.write(block('1'), world.people.cleo, paragraph('Coaches came instead.'));
    expect((await find('coaches')).hits).toHaveLength(1);
  });

  it('[NAME-1] [ERASE-1] holds no name of whoever the text refers to', async () => {
    const records = world.parts.records.read;
    const { school_id } = await records
      .selectFrom('case_schools')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    const about = { study_id: studyId, school_id, name: 'Ruth Okafor', role: 'Bursar' };
    const unasked = { email: '', telephone: '', address: 'none', age: 'not-known', person_id: null };
    const made = { naming: 'name-and-role', chosen: 1, made_by: world.people.ada, made_at: 0 };
    await records
      .insertInto('speakers')
      .values({ id: 'ruth', ...about, ...unasked, ...made })
      .execute();
    await world.write(block('1'), world.people.cleo, (doc) => {
      const line = new Y.XmlElement('paragraph');
      const person = new Y.XmlElement('reference');
      doc.getXmlFragment('content').push([line]);
      line.push([new Y.XmlText('We met '), person, new Y.XmlText(' on Friday.')]);
      person.setAttribute('kind', 'participant');
      person.setAttribute('id', 'ruth');
    });
    const { hits } = await find('friday');
    expect(hits[0]?.snippet.map(({ text }) => text).join('')).toContain('We met … on Friday');
    expect((await find('okafor')).hits).toEqual([]);
  });

  it('takes in what was written once for all who search meanwhile', async () => {
    await world.write(block('1'), world.people.cleo, paragraph('Mentors met.'));
    const put = vi.spyOn(world.parts.search, 'put');
    const replies = await Promise.all(['mentors', 'met', 'mentors met'].map((typed) => find(typed)));
    expect(replies.map(({ hits }) => hits.length)).toEqual([1, 1, 1]);
    expect(put).toHaveBeenCalledTimes(1);
    await find('met');
    expect(put).toHaveBeenCalledTimes(1);
  });

  it('finds a field by what it says, with its name; a key that no field has is found nowhere', async () => {
    const plain = mentoringAndCoaching.sections.flatMap((section) =>
      section.occurrence === 'once'
        ? section.fields.filter(({ kind }) => kind === 'short-text').map((field) => ({ section, field }))
        : [],
    );
    const [first] = plain;
    if (!first) throw new Error('no field to write in');
    await world.write(block(first.section.id), world.people.cleo, (doc) => {
      doc.getText(textKey({ fieldId: first.field.id })).insert(0, 'unheard of');
      doc.getText('field/nothing').insert(0, 'never asked');
    });
    const [place, ...others] = await places('unheard');
    expect(others).toEqual([]);
    expect(place).toContain(`field ${first.section.id}: `);
    expect(place).toContain(first.field.label);
    expect(await places('never asked')).toEqual([]);
  });

  it('finds a case by its title and its school', async () => {
    const [row] = await world.parts.records.read
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', caseId)
      .execute();
    expect((await find(row?.title.slice(0, 5) ?? '')).hits).toMatchObject([
      { kind: 'case', caseId, blockId: null },
    ]);
  });

  it('[ACCESS-1] [SEARCH-1] leaves out what somebody may not read', async () => {
    await world.write(block('1'), world.people.cleo, paragraph('A word apart.'));
    expect(await places('apart', world.people.dan)).toHaveLength(1);
    await world.parts.records.read
      .insertInto('block_grants')
      .values({ block_id: block('1'), person_id: world.people.dan, level: 'none', set_by: null, set_at: 0 })
      .execute();
    expect(await places('apart', world.people.dan)).toEqual([]);
    expect(await places('apart', world.people.cleo)).toHaveLength(1);
  });

  it('leaves out a case in the bin, and has it again when it is restored', async () => {
    await world.write(block('1'), world.people.cleo, paragraph('Words in a bin.'));
    const bin = (at: number | null) =>
      world.parts.records.read
        .updateTable('cases')
        .set({ deleted_at: at })
        .where('id', '=', caseId)
        .execute();
    expect(await places('words bin')).toHaveLength(1);
    await bin(5);
    expect(await places('words bin')).toEqual([]);
    await bin(null);
    expect(await places('words bin')).toHaveLength(1);
  });

  it('tells of so many places, and that there are more', async () => {
    const others = await setUpStudy(world, 'm', world.people.host);
    for (const { blockId } of others.detail.blocks.slice(0, 20)) {
      await world.write(blockId, world.people.host, paragraph('Everywhere, but in another study.'));
    }
    const { blocks } = await world.call('GET /api/cases/:caseId', world.people.ada, { caseId });
    for (const { blockId } of blocks) await world.write(blockId, world.people.ada, paragraph('Everywhere.'));
    const { hits, more } = await find('everywhere');
    expect(hits.length).toBe(Math.min(30, blocks.length));
    expect(hits.every((hit) => hit.caseId === caseId)).toBe(true);
    expect(more).toBe(blocks.length > 30);
  });
});
