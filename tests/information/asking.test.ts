import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteBody } from '../../shared/api/contract.ts';
import type { RequestState } from '../../shared/information/request.ts';
import { paragraph } from '../studies/world.ts';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
});
afterEach(() => here.world.close());

type Wanted = Partial<RouteBody<'POST /api/cases/:caseId/information'>>;

describe('asking a school for information', () => {
  it('[ASK-1] shares, keeps the request and writes the letter in one act', async () => {
    const { world, study, ask, requests } = here;
    const { ada, eve } = world.people;
    // Filming was taken from her before; the facts she fills in anyway.
    const block = study.block('13', study.schoolId);
    await here.share(ada, { blockId: block, personId: eve, from: null, to: 'none' });
    const { request, link } = await ask(ada, {
      sections: [{ sectionId: '4-facts' }, { sectionId: '13', from: 'none' }],
      note: 'Thank you!',
      visitOn: '2030-02-08',
    });
    expect(link, 'no mail goes out from here').toMatch(/\/enter#/);
    expect(request).toMatchObject({
      id: 'req-1',
      state: 'open',
      person: { id: eve, name: 'Eve Contact' },
      dueOn: '2030-01-29',
      visitOn: '2030-02-08',
      note: 'Thank you!',
      askedBy: 'Ada Lead',
      finished: null,
    });
    expect(request.sections.map(({ title, fillsIn }) => [title, fillsIn])).toEqual([
      ['4 Context', true],
      ['13 Filming', true],
    ]);
    expect(world.parts.mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['eve@team.example', 'Some facts'],
    ]);
    expect(world.parts.mailer.sent[0]?.text).toContain(link);
    expect(await here.recordKinds()).toEqual([
      'sharing-set',
      'sharing-set',
      'information-asked',
      'letter-queued',
    ]);
    expect(await requests(world.people.cleo)).toEqual([request]);
    expect((await here.detail(ada)).asked).toEqual([request]);
  });

  it('[ASK-1] made again has no second effect, and as something else is refused', async () => {
    const { world, ask, tryAsk } = here;
    const { ada, ben } = world.people;
    await ask(ada, {});
    await ask(ada, {});
    expect(world.parts.mailer.sent).toHaveLength(1);
    expect(await here.requests(ada)).toHaveLength(1);
    expect((await here.recordKinds()).filter((kind) => kind === 'information-asked')).toHaveLength(1);
    expect(await tryAsk(ada, { note: 'other' })).toBe('conflict');
    expect(await tryAsk(ben, {}), 'somebody else’s id').toBe('conflict');
    expect(await tryAsk(ada, { id: 'req-2' }), 'a second request under way').toBe('conflict');
  });

  it('[ACCESS-6] is for those alone who may share, of what they fill in themselves', async () => {
    const { world, study, tryAsk } = here;
    const { ada, ben, cleo, dan, eve, stranger } = world.people;
    expect(await tryAsk(cleo, {})).toBe('no-access');
    expect(await tryAsk(dan, {})).toBe('no-access');
    await tryAsk(ada, { id: 'req-0', sections: [{ sectionId: '13' }] });
    expect((await here.detail(cleo)).asked.map(({ id }) => id)).toEqual(['req-0']);
    expect((await here.detail(dan)).asked, 'a viewer sees nothing of it').toEqual([]);
    expect(await world.outcome('GET /api/cases/:caseId/information', dan, { caseId: study.caseId })).toBe(
      'no-access',
    );
    expect(await here.tryEnd('withdraw', 'req-0')).toBe('ok');
    expect(await tryAsk(eve, {})).toBe('not-found');
    expect(await tryAsk(stranger, {})).toBe('not-found');
    const facts = study.block('4-facts', study.schoolId);
    await here.share(ada, { blockId: facts, personId: ben, from: null, to: 'read' });
    expect(await tryAsk(ben, {})).toBe('no-access');
    expect(await tryAsk(ben, { sections: [{ sectionId: '12' }] })).toBe('ok');
    expect(await tryAsk(ben, { id: 'req-9', personId: null, invite: NEW }), 'only leads invite').toBe(
      'no-access',
    );
  });

  it.each<[string, Wanted, string]>([
    ['a day that has passed', { dueOn: '2030-01-12' }, 'bad-request'],
    ['a day after the visit', { visitOn: '2030-01-20' }, 'bad-request'],
    ['no section', { sections: [] }, 'bad-request'],
    ['a section of the team’s', { sections: [{ sectionId: '4-culture' }] }, 'bad-request'],
    ['a section about the whole case', { sections: [{ sectionId: '2.4' }] }, 'bad-request'],
    ['a section that is not there', { sections: [{ sectionId: 'x' }] }, 'bad-request'],
    ['a section twice', { sections: [{ sectionId: '12' }, { sectionId: '12' }] }, 'bad-request'],
    ['another’s change meanwhile', { sections: [{ sectionId: '12', from: 'none' }] }, 'conflict'],
    ['another school', { schoolId: 'school-2' }, 'not-found'],
    ['nobody', { personId: null }, 'bad-request'],
    ['somebody and somebody new', { invite: { name: 'N', email: 'n@n.example' } }, 'bad-request'],
    ['a member', { personId: 'ben' }, 'not-found'],
    ['a contact of another school', { personId: 'host' }, 'not-found'],
    ['a stranger', { personId: 'stranger' }, 'not-found'],
    [
      'a member by their address',
      { personId: null, invite: { name: 'B', email: 'ben@team.example' } },
      'conflict',
    ],
    [
      'a contact by their address',
      { personId: null, invite: { name: 'E', email: 'eve@team.example' } },
      'conflict',
    ],
  ])('[ASK-1] refuses %s, and does nothing', async (_, wanted, code) => {
    const { world, tryAsk } = here;
    const { ada } = world.people;
    const people = world.people as Readonly<Record<string, string>>;
    const personId = wanted.personId ? (people[wanted.personId] ?? 'x') : wanted.personId;
    expect(await tryAsk(ada, { ...wanted, ...(personId !== undefined && { personId }) })).toBe(code);
    expect(await here.requests(ada)).toEqual([]);
    expect(world.parts.mailer.sent).toEqual([]);
    expect(await here.recordKinds()).toEqual([]);
  });

  it('[ASK-1] does nothing where its letter can never go: no sharing, no invitation, no request', async () => {
    const { world, study, ask, tryAsk } = here;
    const { ada, eve } = world.people;
    const facts = study.block('4-facts', study.schoolId);
    await here.share(ada, { blockId: facts, personId: eve, from: null, to: 'none' });
    here.mailGoesOut();
    const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/London' };
    const holidays = [{ from: '2030-01-01', to: '2032-01-01' }];
    const { studyId } = study;
    await world.call('PUT /api/studies/:studyId/school-hours', ada, { studyId }, {
      ...hours,
      holidays,
    } as never);
    const before = await here.recordKinds();
    const sections = [{ sectionId: '4-facts', from: 'none' as const }];
    expect(await tryAsk(ada, { sections })).toBe('conflict');
    expect(await tryAsk(ada, { personId: null, invite: NEW })).toBe('conflict');
    expect(await here.recordKinds()).toEqual(before);
    expect(await here.requests(ada)).toEqual([]);
    expect(await here.invitations()).toEqual([]);
    expect((await here.contactPage(eve))[0]?.blocks.map(({ section }) => section.id)).toEqual(['12', '13']);
    await world.call('PUT /api/studies/:studyId/school-hours', ada, { studyId }, hours as never);
    expect((await ask(ada, { sections })).request.state, 'the same call made again').toBe('open');
  });

  it('[ASK-1] is refused of a case that is closed, or lies in the bin', async () => {
    const { world, study, tryAsk } = here;
    const { ada } = world.people;
    const { caseId } = study;
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'approved' });
    expect(await tryAsk(ada, {})).toBe('conflict');
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'visit' });
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect(await tryAsk(ada, {})).toBe('gone');
  });

  it('[ASK-1] invites whoever is new in the same act, and the request is theirs when they come in', async () => {
    const { world, ask, requests } = here;
    const { ada } = world.people;
    const { request, link } = await ask(ada, { personId: null, invite: NEW });
    expect(request).toMatchObject({ state: 'invited', person: { id: null, name: 'Nora New' } });
    expect(link).toMatch(/\/enter#/);
    expect(world.parts.mailer.sent[0]?.to).toBe('nora@new.example');
    expect(world.parts.mailer.sent[0]?.text).toContain(link);
    expect(await here.recordKinds()).toEqual(['invited', 'information-asked', 'letter-queued']);
    expect(await here.tryAsk(ada, { id: 'req-2', personId: null, invite: NEW })).toBe('conflict');

    const nora = await here.enter(link);
    expect((await requests(ada))[0]).toMatchObject({ state: 'open', person: { id: nora } });
    const page = await here.contactPage(nora);
    expect(page[0]?.requests).toMatchObject([{ id: 'req-1', askedBy: 'Ada Lead', closed: false }]);
    expect(page[0]?.requests[0]?.blockIds).toHaveLength(2);
    expect(
      (await here.contactPage(world.people.eve))[0]?.requests,
      'a colleague knows nothing of it',
    ).toEqual([]);
  });

  it('[ASK-1] [ACCESS-6] brings nobody a new invitation but from those who may invite', async () => {
    const { world, study, ask } = here;
    const { ada, ben } = world.people;
    const { link } = await ask(ada, { personId: null, invite: NEW });
    world.parts.clock.advance(15 * 86_400_000);
    const remind = 'POST /api/cases/:caseId/information/:requestId/remind';
    const request = { caseId: study.caseId, requestId: 'req-1' };
    const letter = { subject: 'Again', text: 'Dear Nora,\n\n[link]' };
    expect(await world.outcome(remind, ben, request, { id: 'r1', letter })).toBe('no-access');
    expect((await here.requests(ada))[0]).toMatchObject({ state: 'invitation-over', reminders: 0 });
    const again = await here.remindReply('r2');
    expect(again.link).not.toBe(link);
    await here.enter(again.link);
    world.parts.clock.advance(8 * 86_400_000);
    expect(await world.outcome(remind, ben, request, { id: 'r3', letter })).toBe('ok');
  });

  it('[ASK-1] asks nobody twice whose first request may still come back to them', async () => {
    const { world, ask, tryAsk, study } = here;
    const { ada } = world.people;
    await ask(ada, { personId: null, invite: NEW });
    world.parts.clock.advance(15 * 86_400_000);
    const dueOn = '2030-02-28';
    const anew = { id: 'req-2', personId: null, invite: NEW, dueOn };
    // A new link would open the first again.
    expect((await here.requests(ada))[0]?.state).toBe('invitation-over');
    expect(await tryAsk(ada, anew)).toBe('conflict');
    expect(await here.tryEnd('withdraw')).toBe('ok');
    const { link } = await ask(ada, anew);
    const nora = await here.enter(link);
    const requestsOf = async () => (await here.contactPage(nora))[0]?.requests.map(({ id }) => id);
    expect(await requestsOf()).toEqual(['req-2']);

    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, {
      studyId: study.studyId,
      personId: nora,
    });
    expect((await here.requests(ada))[0]?.state).toBe('left');
    expect(await tryAsk(ada, { ...anew, id: 'req-3' })).toBe('conflict');
    expect(await here.tryEnd('close', 'req-2')).toBe('ok');
    expect(await tryAsk(ada, { ...anew, id: 'req-3' })).toBe('ok');
  });

  it('[LINK-1] [ASK-1] makes no second link for whoever is invited already', async () => {
    const { world, study, ask } = here;
    const { ada } = world.people;
    const { caseId, schoolId, studyId } = study;
    const invitation = { id: 'inv-1', ...NEW, role: 'contact' as const, caseId, schoolId };
    await world.call('POST /api/studies/:studyId/invitations', ada, { studyId }, invitation);
    const { request, link } = await ask(ada, { personId: null, invite: NEW });
    expect(request.state).toBe('invited');
    expect(await here.invitations()).toEqual(['inv-1']);
    const nora = await here.enter(link);
    expect((await here.contactPage(nora))[0]?.requests).toHaveLength(1);
  });
});

const NEW = { name: 'Nora New', email: 'Nora@new.example' };

describe('the answer to a request', () => {
  it('[ASK-2] is counted from what stands in the sections, for whoever may read them', async () => {
    const { world, study, ask, requests } = here;
    const { ada, cleo, eve } = world.people;
    await ask(ada, {});
    const facts = study.block('4-facts', study.schoolId);
    await world.write(facts, eve, (doc) => doc.getText('field/description').insert(0, 'A small school.'));
    await world.write(facts, eve, paragraph('Two forms a year.'));
    const [request] = await requests(ada);
    expect(request?.sections[0]).toMatchObject({
      sectionId: '4-facts',
      answer: { filled: 1, missing: [], words: 4 },
      changedAt: world.parts.clock.now(),
    });
    expect(request?.sections[1]?.answer).toMatchObject({ filled: 0, words: 0 });
    await here.share(ada, { blockId: facts, personId: cleo, from: null, to: 'none' });
    expect((await requests(cleo))[0]?.sections.map(({ sectionId }) => sectionId)).toEqual(['12']);
  });

  it('[ASK-2] is finished when the person says so, goes on after that, and can be taken back', async () => {
    const { world, ask, finish, requests } = here;
    const { ada, eve } = world.people;
    await ask(ada, {});
    await finish(eve, { finished: true, couldNot: 'The roll of last year.' });
    const at = world.parts.clock.now();
    expect((await requests(ada))[0]).toMatchObject({
      state: 'finished',
      finished: { at, couldNot: 'The roll of last year.' },
    });
    expect((await requests(ada))[0]?.sections.every(({ fillsIn }) => fillsIn)).toBe(true);
    world.parts.clock.advance(60_000);
    await finish(eve, { finished: true, couldNot: 'The roll of last year.' });
    expect((await requests(ada))[0]?.finished?.at, 'said twice is said once').toBe(at);
    await finish(eve, { finished: false, couldNot: 'x' });
    expect((await requests(ada))[0]).toMatchObject({ state: 'open', finished: null });
    expect((await here.recordKinds()).slice(-2)).toEqual(['information-finished', 'information-finished']);
    for (const id of [ada, world.people.cleo, world.people.host, world.people.stranger]) {
      expect(await here.tryFinish(id)).toBe('not-found');
    }
  });

  it('[ASK-2] goes on after the day, and while the case is closed waits', async () => {
    const { world, study, ask } = here;
    const { ada, eve } = world.people;
    const { caseId } = study;
    await ask(ada, {});
    world.parts.clock.advance(60 * 86_400_000);
    expect(await here.tryFinish(eve)).toBe('ok');
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { stage: 'approved' });
    expect((await here.requests(ada))[0]?.sections.some(({ fillsIn }) => fillsIn)).toBe(false);
    expect(
      await world.outcome(
        'POST /api/contact/information/:requestId',
        eve,
        { requestId: 'req-1' },
        { finished: false },
      ),
    ).toBe('conflict');
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect(await here.tryFinish(eve)).toBe('not-found');
    expect(await here.contactPage(eve)).toEqual([]);
    expect(
      await world.call('GET /api/studies/:studyId/information', ada, { studyId: study.studyId }),
    ).toEqual({ requests: [], asked: [] });
  });
});

describe('a request that goes on', () => {
  const stateNow = async (): Promise<RequestState | undefined> =>
    (await here.requests(here.world.people.ada))[0]?.state;

  it('[ASK-3] is brought to mind once a week, with the sender’s words', async () => {
    const { world, ask, remind } = here;
    const { ada } = world.people;
    await ask(ada, {});
    expect(await remind('r1')).toBe('conflict');
    world.parts.clock.advance(7 * 86_400_000);
    expect(await remind('r1')).toBe('ok');
    expect(await remind('r1'), 'the same letter').toBe('ok');
    expect(await remind('r2')).toBe('conflict');
    expect(world.parts.mailer.sent.map(({ id }) => id)).toEqual(['req-1', 'r1']);
    expect((await here.requests(ada))[0]).toMatchObject({
      reminders: 1,
      remindedAt: world.parts.clock.now(),
    });
    await here.finish(world.people.eve, { finished: true });
    world.parts.clock.advance(7 * 86_400_000);
    expect(await remind('r3'), 'whoever is finished is left alone').toBe('conflict');
  });

  it('[LINK-1] [ASK-3] brings a new link to whoever never came in, and ends the old one', async () => {
    const { world, ask } = here;
    const { ada } = world.people;
    const { link } = await ask(ada, { personId: null, invite: NEW });
    world.parts.clock.advance(15 * 86_400_000);
    expect(await stateNow()).toBe('invitation-over');
    const again = await here.remindReply('r1');
    expect(again.link).not.toBe(link);
    expect(await stateNow()).toBe('invited');
    await expect(here.enter(link)).rejects.toThrow();
    await here.enter(again.link);
    expect(await stateNow()).toBe('open');
  });

  it('[ASK-2] gets another day by those who may, and not one that has passed', async () => {
    const { world, study, ask } = here;
    const { ada, cleo } = world.people;
    await ask(ada, {});
    const params = { caseId: study.caseId, requestId: 'req-1' };
    const move = (by: string, dueOn: string) =>
      world.outcome('PATCH /api/cases/:caseId/information/:requestId', by, params, { dueOn });
    expect(await move(ada, '2030-02-15')).toBe('ok');
    expect((await here.requests(ada))[0]?.dueOn).toBe('2030-02-15');
    expect(await move(ada, '2030-01-01')).toBe('bad-request');
    expect(await move(cleo, '2030-02-16')).toBe('no-access');
    expect((await here.recordKinds()).at(-1)).toBe('information-moved');
  });

  it('[ASK-2] closed, leaves the person to read what they gave', async () => {
    const { world, ask, end } = here;
    const { ada, eve } = world.people;
    await ask(ada, {});
    await end('close');
    await end('close');
    expect(await stateNow()).toBe('closed');
    const [page] = await here.contactPage(eve);
    expect(page?.requests[0]?.closed).toBe(true);
    expect(page?.blocks.map(({ section, access }) => [section.id, access])).toEqual([
      ['4-facts', 'read'],
      ['12', 'read'],
      ['13', 'write'],
    ]);
    expect(await here.recordKinds()).toEqual([
      'information-asked',
      'letter-queued',
      'sharing-set',
      'information-closed',
    ]);
    expect(await here.tryFinish(eve)).toBe('conflict');
    expect(await here.tryEnd('withdraw')).toBe('conflict');
    expect((await here.detail(ada)).asked).toEqual([]);
    expect(
      await here.tryAsk(ada, { id: 'req-2', sections: [{ sectionId: '12', from: 'read' }] }),
      'asked anew',
    ).toBe('ok');
    expect((await here.contactPage(eve))[0]?.blocks.find(({ section }) => section.id === '12')?.access).toBe(
      'write',
    );
  });

  it('[ASK-2] withdrawn, takes back what it had set, and nothing that somebody set since', async () => {
    const { world, study, ask, end } = here;
    const { ada, eve } = world.people;
    const [facts, contacts] = [study.block('4-facts', study.schoolId), study.block('12', study.schoolId)];
    for (const blockId of [facts, contacts]) {
      await here.share(ada, { blockId, personId: eve, from: null, to: 'none' });
    }
    await ask(ada, {
      sections: [
        { sectionId: '4-facts', from: 'none' },
        { sectionId: '12', from: 'none' },
      ],
    });
    await here.share(ada, { blockId: contacts, personId: eve, from: null, to: 'read' });
    await end('withdraw');
    const [page] = await here.contactPage(eve);
    expect(page?.blocks.map(({ section, access }) => [section.id, access])).toEqual([
      ['12', 'read'],
      ['13', 'write'],
    ]);
    expect(page?.requests).toEqual([]);
    expect(await here.tryFinish(eve)).toBe('not-found');
  });

  it('[ASK-2] closed, withdrawn or finished, calls back the letter that waits', async () => {
    const { world, ask, finish, end } = here;
    const { ada, eve } = world.people;
    here.mailGoesOut();
    await ask(ada, {});
    expect((await here.requests(ada))[0]?.letter).toMatchObject({ id: 'req-1', state: 'waiting' });
    world.parts.clock.advance(11 * 60_000);
    world.letters.wake();
    await world.letters.settled();
    expect((await here.requests(ada))[0]?.letter?.state).toBe('sent');
    world.parts.clock.advance(7 * 86_400_000);
    expect(await here.remind('r1')).toBe('ok');
    await finish(eve, { finished: true });
    expect((await here.requests(ada))[0]?.letter).toMatchObject({ id: 'r1', state: 'dropped' });
    await finish(eve, { finished: false });
    expect(await here.remind('r2'), 'the one before never went').toBe('ok');
    await end('withdraw');
    world.parts.clock.advance(86_400_000);
    world.letters.wake();
    await world.letters.settled();
    expect(world.parts.mailer.sent.map(({ id }) => id)).toEqual(['req-1']);
  });

  it('[LETTER-1] [ASK-2] withdrawn while its letter is handed over, ends it where no mail server takes it', async () => {
    const { world, ask, end } = here;
    const { clock, mailer } = world.parts;
    here.mailGoesOut();
    await ask(world.people.ada, {});
    const tried: string[] = [];
    mailer.send = async ({ id }) => {
      tried.push(id);
      if (tried.length === 1) await end('withdraw');
      throw new Error('no route to host');
    };
    for (let minutes = 0; minutes < 30; minutes += 10) {
      clock.advance(10 * 60_000);
      world.letters.wake();
      await world.letters.settled();
    }
    expect(tried).toEqual(['req-1']);
    expect((await here.requests(world.people.ada))[0]?.letter?.state).toBe('dropped');
  });

  it('[LINK-1] withdrawn before anybody came in, ends the invitation as well', async () => {
    const { world, ask, end } = here;
    const { link } = await ask(world.people.ada, { personId: null, invite: NEW });
    await end('withdraw');
    await expect(here.enter(link)).rejects.toThrow();
    expect(await here.recordKinds()).toEqual([
      'invited',
      'information-asked',
      'letter-queued',
      'invitation-withdrawn',
      'information-withdrawn',
    ]);
  });

  it('[PRIVACY-4] of somebody who was taken out says so, under the name that the study gives them', async () => {
    const { world, study, ask, remind, finish } = here;
    const { ada, eve } = world.people;
    await ask(ada, { note: 'Thank you, Eve!' });
    await finish(eve, { finished: true });
    await world.call('DELETE /api/studies/:studyId/members/:personId', ada, {
      studyId: study.studyId,
      personId: eve,
    });
    expect((await here.requests(ada))[0]).toMatchObject({
      state: 'left',
      note: '',
      person: { name: 'A former contact' },
    });
    expect((await here.requests(ada))[0]?.sections.some(({ fillsIn }) => fillsIn)).toBe(false);
    world.parts.clock.advance(8 * 86_400_000);
    expect(await remind('r1')).toBe('conflict');
    expect(await here.tryFinish(eve)).toBe('not-found');
    expect(await here.tryEnd('close')).toBe('ok');
  });
});
