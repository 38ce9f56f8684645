import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { frameworkFiles } from '../../server/frameworks/framework-routes.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { exportFramework } from '../../shared/framework/framework-schema.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const small: Framework = {
  id: 'reading-visits',
  version: 1,
  title: 'Reading visits',
  description: 'A short one.',
  language: 'en-GB',
  sections: [
    {
      id: '1',
      number: '1',
      title: 'What was seen',
      purpose: 'Say what you saw.',
      required: true,
      occurrence: 'once',
      audience: 'print',
      prose: true,
      prompts: [],
      fields: [],
    },
  ],
  scopingQuestions: [],
  stakeholderGroups: [],
  careerStages: [],
  contextDimensions: [],
  definitions: [],
  learningObjectives: [],
};
const add = (by: string, framework: unknown) => world.call('POST /api/frameworks', by, {}, framework);

describe('frameworks', () => {
  it('are added by those who may make studies, read as they were, and used by studies', async () => {
    const { host, ada, stranger } = world.people;
    expect(await world.outcome('POST /api/frameworks', stranger, {}, small)).toBe('no-access');
    expect(await add(host, small)).toMatchObject({ id: 'reading-visits', version: 1, sections: 1 });
    const listed = (await world.call('GET /api/frameworks', host, {})).frameworks;
    expect(listed.map((one) => [one.id, one.version])).toEqual([
      ['mentoring-and-coaching', 1],
      ['reading-visits', 1],
    ]);
    const read = (frameworkId: string, version: string) =>
      world.call('GET /api/frameworks/:frameworkId/:version', host, { frameworkId, version });
    expect(await read('reading-visits', '1')).toEqual(small);
    expect(exportFramework((await read('mentoring-and-coaching', '1')) as Framework)).toBe(
      exportFramework(mentoringAndCoaching),
    );
    await expect(read('reading-visits', '2')).rejects.toMatchObject({ code: 'not-found' });
    await expect(read('reading-visits', '1e0')).rejects.toMatchObject({ code: 'not-found' });
    await setUpStudy(world, 'one');
    const study = await world.call(
      'POST /api/studies',
      ada,
      {},
      {
        id: 'short',
        title: 'Short',
        frameworkId: 'reading-visits',
        frameworkVersion: 1,
      },
    );
    expect(study.frameworkId).toBe('reading-visits');
  });

  it('[ACCESS-5] are for the people of a study’s team, each of them, and for nobody at a school', async () => {
    const { studyId, caseId, schoolId } = await setUpStudy(world, 'one');
    const { host, dan, eve, stranger } = world.people;
    await world.joinAsContact(caseId, schoolId, eve);
    const one = { frameworkId: 'mentoring-and-coaching', version: '1' };
    for (const [id, outcome] of [
      [host, 'ok'],
      [dan, 'ok'],
      [eve, 'no-access'],
      [stranger, 'no-access'],
    ] as const) {
      expect(await world.outcome('GET /api/frameworks', id, {})).toBe(outcome);
      expect(await world.outcome('GET /api/frameworks/:frameworkId/:version', id, one)).toBe(outcome);
    }
    const out = { studyId, personId: dan };
    await world.call('DELETE /api/studies/:studyId/members/:personId', world.people.ada, out);
    expect(await world.outcome('GET /api/frameworks', dan, {})).toBe('no-access');
  });

  it('never change once published: the same again is fine, anything else is refused', async () => {
    const { host } = world.people;
    await add(host, small);
    expect(await add(host, JSON.parse(exportFramework(small)))).toMatchObject({ version: 1 });
    expect(await world.outcome('POST /api/frameworks', host, {}, { ...small, title: 'Other' })).toBe(
      'conflict',
    );
    expect(
      await world.outcome('POST /api/frameworks', host, {}, { ...small, title: 'Other', version: 2 }),
    ).toBe('ok');
    expect(await world.outcome('POST /api/frameworks', host, {}, mentoringAndCoaching)).toBe('ok');
    expect(
      await world.outcome('POST /api/frameworks', host, {}, { ...mentoringAndCoaching, title: 'Mine' }),
    ).toBe('conflict');
    const rows = await world.parts.records.read.selectFrom('frameworks').select(['id', 'version']).execute();
    expect(rows).toHaveLength(2);
  });

  it('[INPUT-1] are refused with the path of what is wrong', async () => {
    const broken = { ...small, sections: [{ ...small.sections[0], audience: 'everyone' }] };
    await expect(add(world.people.host, broken)).rejects.toMatchObject({
      code: 'bad-request',
      errors: [{ path: 'sections[0].audience', message: expect.stringContaining('print') }],
    });
    await expect(add(world.people.host, null)).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('publish the schema by which they are checked, to anybody', async () => {
    const server = express().use(frameworkFiles()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const { port } = server.address() as { port: number };
      const reply = await fetch(`http://127.0.0.1:${port}/api/frameworks/schema.json`);
      expect(reply.headers.get('content-type')).toContain('application/schema+json');
      const schema = (await reply.json()) as { $schema: string; properties: object };
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(Object.keys(schema.properties)).toContain('sections');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
