import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAudit } from '../../server/audit/audit-reading.ts';
import { studyChain } from '../../shared/audit/audit-record.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';
import { sheetOf } from './sheets-on-trial.ts';

let world: World;
let studyId: string;
let caseId: string;
let schoolId: string;
beforeEach(async () => {
  world = await createWorld();
  ({ studyId, caseId, schoolId } = await setUpStudy(world, 'a'));
});
afterEach(() => world.close());

const sheets = async (who: string) =>
  (await world.call('GET /api/studies/:studyId/sheets', who, { studyId })).sheets;
const write = (id: string, after: number, held: string, who = world.people.ada) =>
  world.call('POST /api/studies/:studyId/sheets', who, { studyId }, { id, after, parts: sheetOf(held) });
const outcome = (id: string, after: number, held: string, who = world.people.ada) =>
  world.outcome('POST /api/studies/:studyId/sheets', who, { studyId }, { id, after, parts: sheetOf(held) });
const record = async () => {
  const chain = studyChain(studyId);
  const entries = await readAudit(world.parts.records.read, { chain, choice: {}, limit: 50 });
  return entries.map(({ kind, personId, detail }) => ({ kind, personId, detail }));
};

describe('versions of the information sheet', () => {
  it('[PRIVACY-1] each is a new one with its day and who wrote it, and those before stay as they were', async () => {
    const { ada, dan } = world.people;
    expect(await sheets(dan)).toEqual([]);
    expect(await write('one', 0, 'Names.')).toMatchObject({ version: 1, writtenBy: 'Ada Lead' });
    world.parts.clock.advance(1_000);
    await write('two', 1, 'Names and addresses.');
    const [second, first] = await sheets(dan);
    expect(second).toMatchObject({
      version: 2,
      writtenBy: 'Ada Lead',
      parts: { held: 'Names and addresses.' },
    });
    expect(first).toMatchObject({ version: 1, parts: sheetOf('Names.') });
    expect((second?.writtenAt ?? 0) - (first?.writtenAt ?? 0)).toBe(1_000);
    expect((await record()).slice(0, 2)).toEqual([
      { kind: 'sheet-written', personId: ada, detail: { version: 2 } },
      { kind: 'sheet-written', personId: ada, detail: { version: 1 } },
    ]);
  });

  it('[PRIVACY-1] the database itself changes and deletes none', async () => {
    await write('one', 0, 'Names.');
    const { read } = world.parts.records;
    await expect(sql`update information_sheets set parts = '{}'`.execute(read)).rejects.toThrow(
      'stay as they are',
    );
    await expect(sql`delete from information_sheets`.execute(read)).rejects.toThrow('stay as they are');
  });

  it('[PRIVACY-1] is written by the lead alone', async () => {
    const { ben, cleo, dan, stranger } = world.people;
    for (const who of [ben, cleo, dan]) expect(await outcome('x', 0, 'Names.', who)).toBe('no-access');
    expect(await outcome('x', 0, 'Names.', stranger)).toBe('not-found');
    await world.joinAsContact(caseId, schoolId, world.people.eve);
    expect(await outcome('x', 0, 'Names.', world.people.eve)).toBe('not-found');
  });

  it('[PRIVACY-1] made again is the same one; over somebody else’s, or without anything new, is refused', async () => {
    await write('one', 0, 'Names.');
    expect(await write('one', 0, 'Names.')).toMatchObject({ version: 1 });
    expect(await outcome('one', 0, 'Other words.')).toBe('conflict');
    expect(await outcome('two', 0, 'Written beside it.')).toBe('conflict');
    expect(await outcome('two', 1, ' Names. ')).toBe('conflict');
    expect(await outcome('two', 7, 'After nothing.')).toBe('conflict');
    expect(await sheets(world.people.ada)).toHaveLength(1);
  });

  it('[PRIVACY-1] [INPUT-1] with a gap or an empty part it says which, and writes nothing', async () => {
    const refused = world.call(
      'POST /api/studies/:studyId/sheets',
      world.people.ada,
      { studyId },
      { id: 'one', after: 0, parts: { ...sheetOf('Until [when].'), rights: ' ' } },
    );
    await expect(refused).rejects.toMatchObject({
      code: 'bad-request',
      errors: [
        { path: 'parts.held', message: 'still has a gap in square brackets: when' },
        { path: 'parts.rights', message: 'needs some words' },
      ],
    });
    expect(await sheets(world.people.ada)).toEqual([]);
  });

  it('are told so many at a time', async () => {
    for (let version = 0; version < 23; version += 1)
      await write(`v${version}`, version, `Words ${version}.`);
    const reply = await world.call('GET /api/studies/:studyId/sheets', world.people.ada, { studyId });
    expect([reply.sheets.length, reply.sheets[0]?.version, reply.more]).toEqual([20, 23, true]);
  });
});

describe('a school contact’s own page of it', () => {
  const told = async () => (await world.call('GET /api/contact/sheets', world.people.eve, {})).sheets;
  const shown = (version: number, who = world.people.eve) =>
    world.outcome('POST /api/contact/sheets/shown', who, {}, { studyId, version });

  it('[PRIVACY-2] tells of a version once, what differs from the one before, and when each was shown', async () => {
    await world.joinAsContact(caseId, schoolId, world.people.eve);
    expect(await told()).toEqual([]);
    await write('one', 0, 'Names.');
    expect(world.parts.published).toContainEqual({ t: 'changed', topic: `person/${world.people.eve}` });
    expect(await told()).toMatchObject([{ sheet: { version: 1 }, news: true, changed: [], shown: [] }]);
    expect(await shown(1)).toBe('ok');
    expect(await shown(1)).toBe('ok');
    expect(await told()).toMatchObject([{ news: false, shown: [{ version: 1, how: 'page' }], earlier: [] }]);
    await write('two', 1, 'Names and addresses.');
    expect(await told()).toMatchObject([
      { sheet: { version: 2 }, news: true, changed: ['held'], earlier: [{ version: 1 }] },
    ]);
    expect(await shown(2)).toBe('ok');
    expect(await told()).toMatchObject([{ news: false, changed: ['held'] }]);
    const { eve } = world.people;
    expect((await record()).filter(({ kind }) => kind === 'sheet-shown')).toEqual([
      { kind: 'sheet-shown', personId: eve, detail: { version: 2 } },
      { kind: 'sheet-shown', personId: eve, detail: { version: 1 } },
    ]);
  });

  it('[PRIVACY-2] [ACCESS-5] is of the studies that ask them, and nobody says for them what they were shown', async () => {
    await write('one', 0, 'Names.');
    expect(await told()).toEqual([]);
    expect(await shown(1)).toBe('not-found');
    expect(await shown(1, world.people.ben)).toBe('not-found');
    await world.joinAsContact(caseId, schoolId, world.people.eve);
    expect(await shown(2)).toBe('not-found');
    expect(await told()).toMatchObject([{ news: true }]);
    await world.call('DELETE /api/studies/:studyId/members/:personId', world.people.ada, {
      studyId,
      personId: world.people.eve,
    });
    // She was shown nothing.
    expect(await told()).toEqual([]);
  });

  it('[PRIVACY-2] stays with whoever is taken out, as they were shown it, and tells them nothing newer', async () => {
    await world.joinAsContact(caseId, schoolId, world.people.eve);
    await write('one', 0, 'Names.');
    expect(await shown(1)).toBe('ok');
    await world.call('DELETE /api/studies/:studyId/members/:personId', world.people.ada, {
      studyId,
      personId: world.people.eve,
    });
    await write('two', 1, 'Names and addresses.');
    expect(await told()).toMatchObject([
      { asked: false, sheet: { version: 1, parts: { held: 'Names.' } }, news: false, earlier: [] },
    ]);
    expect(await shown(2)).toBe('not-found');
  });
});

describe('on whom something is held', () => {
  it('[PRIVACY-3] the lead sees who is in the study, who was, and what each was shown; nobody else does', async () => {
    const { ada, ben, cleo, dan, eve, stranger } = world.people;
    await world.joinAsContact(caseId, schoolId, eve);
    await write('one', 0, 'Names.');
    await world.call('POST /api/contact/sheets/shown', eve, {}, { studyId, version: 1 });
    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, { studyId, personId: eve });
    const { people } = await world.call('GET /api/studies/:studyId/held', ada, { studyId });
    expect(people.map(({ id, role, shown }) => [id, role, shown?.version ?? null])).toEqual([
      [ada, 'owner', null],
      [ben, 'editor', null],
      [cleo, 'fieldworker', null],
      [dan, 'viewer', null],
      [eve, null, 1],
    ]);
    for (const who of [ben, cleo, dan]) {
      expect(await world.outcome('GET /api/studies/:studyId/held', who, { studyId })).toBe('no-access');
    }
    expect(await world.outcome('GET /api/studies/:studyId/held', stranger, { studyId })).toBe('not-found');
  });
});
