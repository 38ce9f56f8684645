import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

const MINUTE = 60_000;

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
  here.mailGoesOut();
});
afterEach(() => here.world.close());

const advance = async (ms: number) => {
  here.world.parts.clock.advance(ms);
  here.world.letters.wake();
  await here.world.letters.settled();
};
const letters = async () => {
  const rows = await here.world.parts.records.read.selectFrom('letters').selectAll().orderBy('id').execute();
  return rows.map(({ id, state, waits_for: waitsFor }) => `${id} ${state} ${waitsFor}`);
};

/** Asks Eve in another case of the same school as well: its letter waits a week behind the first. */
async function askTwice(): Promise<void> {
  const { world, study } = here;
  const { ada, eve } = world.people;
  const other = { id: 'other', title: 'Other', schoolIds: [study.schoolId] };
  await world.call('POST /api/studies/:studyId/cases', ada, { studyId: study.studyId }, other);
  await world.joinAsContact('other', study.schoolId, eve);
  await here.ask(ada, {});
  await world.call(
    'POST /api/cases/:caseId/information',
    ada,
    { caseId: 'other' },
    {
      id: 'req-2',
      schoolId: study.schoolId,
      personId: eve,
      sections: [{ sectionId: '4-facts' }],
      dueOn: '2030-01-29',
      letter: { subject: 'More facts', text: '[link]' },
    },
  );
  expect(await letters()).toEqual(['req-1 waiting call-back', 'req-2 waiting week']);
}

describe('one letter a week', () => {
  it('[LETTER-1] [ASK-3] waits behind no letter that was dropped, and goes when it would have gone', async () => {
    await askTwice();
    await here.end('withdraw');
    expect(await letters()).toEqual(['req-1 dropped call-back', 'req-2 waiting call-back']);
    await advance(10 * MINUTE);
    expect(here.world.parts.mailer.sent.map(({ id }) => id)).toEqual(['req-2']);
  });

  it('[LETTER-1] waits behind none that was called back', async () => {
    const { ada } = here.world.people;
    await askTwice();
    await here.world.call('POST /api/letters/:letterId/call-back', ada, { letterId: 'req-1' });
    expect(await letters()).toEqual(['req-1 called-back call-back', 'req-2 waiting call-back']);
  });

  it('[LETTER-1] waits behind none whose case was put into the bin', async () => {
    const { world, study } = here;
    await askTwice();
    await world.call('DELETE /api/cases/:caseId', world.people.ada, { caseId: study.caseId });
    expect(await letters()).toEqual(['req-1 dropped call-back', 'req-2 waiting call-back']);
  });

  it('[LETTER-1] waits behind none that no mail server took', async () => {
    await askTwice();
    const { parts } = here.world;
    const { mailer } = parts;
    const send = mailer.send.bind(mailer);
    mailer.send = (mail) => (mail.id === 'req-1' ? Promise.reject(new Error('refused')) : send(mail));
    for (let hours = 0; hours < 90 && !(await letters())[0]?.includes('failed'); hours += 1) {
      await advance(60 * MINUTE);
    }
    expect(await letters()).toEqual(['req-1 failed mail-server', expect.not.stringMatching(/waiting week/)]);
  });
});

describe('the day by which an answer is wanted', () => {
  const when = (by: string, asked: { personId?: string; email?: string; anyHour?: boolean }) =>
    here.world.call(
      'POST /api/cases/:caseId/information/when',
      by,
      { caseId: here.study.caseId },
      { schoolId: here.study.schoolId, ...asked },
    );
  const holidays = (to: string) =>
    here.world.call(
      'PUT /api/studies/:studyId/school-hours',
      here.world.people.ada,
      { studyId: here.study.studyId },
      {
        days: [1, 2, 3, 4, 5],
        from: '08:00',
        to: '17:00',
        zone: 'Europe/London',
        holidays: [{ from: '2030-01-14', to }],
      },
    );

  it('[ASK-1] is not before the letter can go, which is told before anybody is asked', async () => {
    const { ada, eve } = here.world.people;
    await holidays('2030-02-01');
    const plan = await when(ada, { personId: eve });
    expect(plan).toEqual({ dueAt: Date.UTC(2030, 1, 4, 8), dueDay: '2030-02-04', waitsFor: 'school-hours' });
    expect(await here.tryAsk(ada, { dueOn: '2030-02-03' })).toBe('bad-request');
    expect(await here.requests(ada), 'all of it or nothing').toEqual([]);
    expect(await letters()).toEqual([]);
    expect(await here.tryAsk(ada, { dueOn: '2030-02-04' })).toBe('ok');
    expect(await when(ada, { personId: eve, anyHour: true })).toMatchObject({ waitsFor: 'week' });
  });

  it('[ASK-1] is not moved before it either, while that letter waits', async () => {
    const { world, study } = here;
    await holidays('2030-02-01');
    await here.ask(world.people.ada, { dueOn: '2030-02-11' });
    const move = (dueOn: string) =>
      world.outcome(
        'PATCH /api/cases/:caseId/information/:requestId',
        world.people.ada,
        { caseId: study.caseId, requestId: 'req-1' },
        { dueOn },
      );
    expect([await move('2030-02-01'), await move('2030-02-05')]).toEqual(['bad-request', 'ok']);
  });

  it('[ACCESS-1] tells those alone when an address was written to who may invite there', async () => {
    const { ada, ben, eve } = here.world.people;
    await here.ask(ada, {});
    expect(await when(ben, { personId: eve })).toMatchObject({ waitsFor: 'week' });
    expect(await when(ada, { email: 'eve@team.example' })).toMatchObject({ waitsFor: 'week' });
    await expect(when(ben, { email: 'eve@team.example' })).rejects.toMatchObject({ code: 'no-access' });
    await expect(when(ben, { personId: here.world.people.cleo })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(when(here.world.people.dan, { personId: eve })).rejects.toMatchObject({ code: 'no-access' });
  });

  it('[LETTER-1] is reckoned, while no address is known, from no letter to somebody who was removed', async () => {
    const { world, study } = here;
    const { ada, eve } = world.people;
    await here.ask(ada, {});
    await advance(10 * MINUTE);
    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, {
      studyId: study.studyId,
      personId: eve,
    });
    expect(await letters()).toEqual(['req-1 sent call-back']);
    expect(await when(ada, {})).toMatchObject({ waitsFor: 'call-back' });
  });

  it('is any, where the letter is passed on by hand', async () => {
    Object.assign(here.world.parts.settings, { smtpUrl: null });
    const { ada, eve } = here.world.people;
    expect(await when(ada, { personId: eve })).toEqual({ dueAt: null, dueDay: null, waitsFor: 'call-back' });
  });
});
