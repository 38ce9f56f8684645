import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLink } from '../../server/accounts/links.ts';
import { redeemLink } from '../../server/accounts/redemption.ts';
import { eraseAccount } from '../../server/protection/account-erasure.ts';
import { FORMER_CONTACT } from '../../server/protection/former-people.ts';
import { holdsOwnName } from '../../shared/protection/former-name.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

let world: World;
let studyId: string;
let caseId: string;
let schoolId: string;
beforeEach(async () => {
  world = await createWorld();
  ({ studyId, caseId, schoolId } = await setUpStudy(world, 'a'));
});
afterEach(() => world.close());

const ACTOR = { personId: null, way: 'page', tokenId: null, from: '' } as const;
const lead = () => world.people.ada;
const records = () => world.parts.records.read;

/** Invites somebody new at the school, who comes in. @returns their id */
async function comeIn(email = 'petra@school.example'): Promise<string> {
  const { token } = await issueLink(world.parts, {
    kind: 'contact',
    email,
    name: 'Petra Lind',
    studyId,
    role: 'contact',
    caseId,
    schoolId,
    createdBy: lead(),
  });
  const known = await records().selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
  const opener = { signedInAs: known?.id ?? null, addressProven: true, actor: ACTOR };
  return (await redeemLink(world.parts, token, {}, opener)).person.id;
}

const remove = (personId: string) =>
  world.call('DELETE /api/studies/:studyId/members/:personId', lead(), { studyId, personId });
const call = (personId: string, name: string | null, by = lead()) =>
  world.outcome('PUT /api/studies/:studyId/former/:personId', by, { studyId, personId }, { name });
const held = async (personId: string) =>
  (await world.call('GET /api/studies/:studyId/held', lead(), { studyId })).people.find(
    ({ id }) => id === personId,
  );
const record = async () => {
  const key = 'GET /api/studies/:studyId/audit';
  return world.call(key, lead(), { studyId });
};

describe('a school contact who was taken out', () => {
  it('[PRIVACY-4] is told from another by part, school and time alone, where their account is gone as well', async () => {
    const first = await comeIn();
    const second = await comeIn('ewa@school.example');
    await remove(first);
    const left = world.parts.clock.now();
    world.parts.clock.advance(86_400_000);
    await eraseAccount(world.parts, second, ACTOR);
    const was = { role: 'contact', schools: ['School a'] };
    const called = 'A former contact';
    expect(await held(first)).toMatchObject({ called, was: { ...was, leftAt: left } });
    expect(await held(second)).toMatchObject({ name: called, was: { ...was, leftAt: left + 86_400_000 } });
    expect(await held(lead())).toMatchObject({ was: null });
  });

  it('[PRIVACY-4] is a former contact wherever the study names them, and their name and address are gone from it', async () => {
    const petra = await comeIn();
    await records()
      .insertInto('outbox')
      .values([letter('one', studyId), letter('two', null)])
      .execute();
    await records()
      .insertInto('sharing_changes')
      .values({ id: 'c1', case_id: caseId, made_by: petra, made_at: 1, cells: '[]' })
      .execute();
    await records().updateTable('cases').set({ stage_by: petra, stage_at: 1 }).execute();
    await remove(petra);

    const { names, people, entries } = await record();
    expect(names[`person/${petra}`]).toBe(FORMER_CONTACT);
    expect(people.find(({ id }) => id === petra)?.name).toBe(FORMER_CONTACT);
    const invitation = entries.find(({ kind }) => kind === 'invitation-taken-up')?.object?.id;
    expect(names[`invitation/${invitation}`]).toBe(FORMER_CONTACT);
    const sharing = await world.call('GET /api/cases/:caseId/sharing', lead(), { caseId });
    expect(sharing.others).toEqual([{ id: petra, name: FORMER_CONTACT }]);
    const detail = await world.call('GET /api/cases/:caseId', lead(), { caseId });
    expect(detail.people.find(({ id }) => id === petra)).toMatchObject({ name: FORMER_CONTACT, email: '' });

    for (const told of [
      await record(),
      sharing,
      detail,
      await world.call('GET /api/studies/:studyId', lead(), { studyId }),
      await world.call('GET /api/studies/:studyId/invitations', lead(), { studyId }),
      await world.call('GET /api/studies/:studyId/outbox', lead(), { studyId }),
    ]) {
      expect(JSON.stringify(told)).not.toMatch(/Petra|petra@/);
    }
    // Letters of no study, such as those by which they sign in, are their own.
    expect(await records().selectFrom('outbox').select('id').execute()).toEqual([{ id: 'two' }]);
    expect(await held(petra)).toMatchObject({ name: 'Petra Lind', role: null, called: FORMER_CONTACT });
  });

  it('[PRIVACY-4] is called as the study chooses, by its lead alone, and the record holds no name', async () => {
    const petra = await comeIn();
    expect(await call(petra, 'The head')).toBe('conflict');
    await remove(petra);
    expect(await call(petra, 'A former head teacher')).toBe('ok');
    expect((await record()).names[`person/${petra}`]).toBe('A former head teacher');
    expect((await record()).entries[0]).toMatchObject({
      kind: 'former-named',
      object: { kind: 'person', id: petra },
      detail: { as: 'other-name' },
    });
    expect(await call(petra, null)).toBe('ok');
    expect((await record()).names[`person/${petra}`]).toBe('Petra Lind');
    for (const who of [world.people.ben, world.people.cleo, world.people.dan]) {
      expect(await call(petra, 'x', who)).toBe('no-access');
    }
    expect(await call(world.people.stranger, 'x')).toBe('not-found');
  });

  it('[PRIVACY-4] is not called by what holds their own name', async () => {
    const petra = await comeIn();
    await remove(petra);
    for (const name of ['Petra Lind', '  PETRA  lind ', 'The former head (Petra Lind)']) {
      expect(await call(petra, name), name).toBe('bad-request');
    }
    expect((await record()).names[`person/${petra}`]).toBe(FORMER_CONTACT);
    expect(await call(petra, 'A former head')).toBe('ok');
    expect(holdsOwnName('A former contact', 'Or')).toBe(false);
  });

  it('[PRIVACY-4] is known as who was a contact once, which leads to the page of contacts', async () => {
    const asked = (personId: string) => world.call('GET /api/contact', personId, {});
    const petra = await comeIn();
    expect(await asked(petra)).toMatchObject({ cases: [{ caseId }], isContact: true });
    await remove(petra);
    expect(await asked(petra)).toEqual({ cases: [], isContact: true });
    expect(await asked(world.people.stranger)).toEqual({ cases: [], isContact: false });
  });

  it('[PRIVACY-4] who comes back is called by their own name again', async () => {
    const petra = await comeIn();
    await remove(petra);
    expect(await comeIn()).toBe(petra);
    expect(await held(petra)).toMatchObject({ role: 'contact', called: null });
    expect((await record()).names[`person/${petra}`]).toBe('Petra Lind');
  });

  it('[PRIVACY-4] keeps their name in other studies', async () => {
    const petra = await comeIn();
    const other = await setUpStudy(world, 'b');
    await world.joinAsContact(other.caseId, other.schoolId, petra);
    await remove(petra);
    const { members } = await world.call('GET /api/studies/:studyId', lead(), { studyId: other.studyId });
    expect(members.find(({ id }) => id === petra)?.name).toBe('Petra Lind');
  });
});

describe('a member of the team who has left', () => {
  it('[PRIVACY-4] keeps their name beside what they did until the lead chooses another', async () => {
    const { cleo } = world.people;
    await records().updateTable('cases').set({ stage_by: cleo, stage_at: 1, stage: 'approved' }).execute();
    await remove(cleo);
    expect(await held(cleo)).toMatchObject({ role: null, called: null });
    const people = async () =>
      (await world.call('GET /api/cases/:caseId', lead(), { caseId })).people.map(({ name }) => name);
    expect(await people()).toContain('Cleo Fieldworker');
    expect(await call(cleo, 'A former fieldworker')).toBe('ok');
    expect(await people()).toContain('A former fieldworker');
    expect(await people()).not.toContain('Cleo Fieldworker');
    // What locks a case says who did it, by that name.
    const [block] = (await world.call('GET /api/cases/:caseId', lead(), { caseId })).blocks;
    const place = { blockId: block?.blockId ?? '' };
    await expect(
      world.call('PUT /api/blocks/:blockId/status', lead(), place, { status: 'ready' }),
    ).rejects.toThrow('A former fieldworker');
  });

  it('[PRIVACY-4] called by another name, stands by no other in the letters that they wrote', async () => {
    const { ben } = world.people;
    const member = { studyId, personId: ben };
    await world.call('PATCH /api/studies/:studyId/members/:personId', lead(), member, { role: 'owner' });
    const invited = { name: '', caseId: null, schoolId: null, role: 'viewer' } as const;
    const contact = { name: 'Petra Lind', caseId, schoolId, role: 'contact' } as const;
    const invite = (id: string, whom: typeof invited | typeof contact) =>
      world.call(
        'POST /api/studies/:studyId/invitations',
        ben,
        { studyId },
        { id, email: `${id}@x.example`, ...whom },
      );
    const letters = [
      (await invite('inv-1', invited)).invitation,
      (await invite('inv-2', contact)).invitation,
    ];
    await world.letters.settled();
    // As the outbox lists them; here mails are kept in memory.
    await records()
      .insertInto('outbox')
      .values(
        world.parts.mailer.sent.map(({ id, text }) => ({ ...letter(id, studyId), to_address: 'x', text })),
      )
      .execute();
    await remove(ben);
    const told = async () =>
      JSON.stringify([
        await world.call('GET /api/studies/:studyId/outbox', lead(), { studyId }),
        await world.call('GET /api/letters/:letterId', lead(), {
          letterId: letters[1]?.letters[0]?.id ?? '',
        }),
      ]);
    expect(await told()).toMatch(/Ben Editor invites.*Ben Editor.*Ben Editor via Casebook.*ben@team/);
    expect(await call(ben, 'A former lead')).toBe('ok');
    expect(await told()).toMatch(/A former lead invites.*A former lead.*A former lead via Casebook/);
    expect(await told()).not.toMatch(/Ben|ben@/);
  });
});

function letter(id: string, ofStudy: string | null) {
  return {
    id,
    study_id: ofStudy,
    kind: 'invitation',
    to_address: 'petra@school.example',
    subject: 'About your school',
    text: 'Hello Petra Lind',
    file: `${id}.eml`,
    at: 1,
  };
}
