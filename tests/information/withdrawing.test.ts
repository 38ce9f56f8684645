import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recipientOf } from '../../server/quotes/asking-speakers.ts';
import { plantQuote } from '../support/quote-row.ts';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
});
afterEach(() => here.world.close());

const NEW = { name: 'Nora New', email: 'nora@school.example' };
const withdraw = (by: string) =>
  here.world.call(
    'POST /api/cases/:caseId/information/:requestId/withdraw',
    by,
    { caseId: here.study.caseId, requestId: 'req-1' },
    {},
  );
const invitations = async () => {
  const { ada } = here.world.people;
  const { studyId } = here.study;
  const reply = await here.world.call('GET /api/studies/:studyId/invitations', ada, { studyId });
  return reply.invitations.map(({ name, state }) => `${name} ${state}`);
};

const SAM = { name: 'Sam Speaker', email: 'sam@school.example' };
/** Whom a letter to Sam about their words is for; of one quote, planted when first asked. */
const toWords = async () => {
  const { parts, people } = here.world;
  const { caseId } = here.study;
  const by = { personId: people.ada, way: 'page', tokenId: null, from: '' } as const;
  const known = await parts.records.read.selectFrom('speakers').select('id').executeTakeFirst();
  if (!known) await plantQuote(parts, { id: 'q1', ...here.study, blockId: here.study.block('1') });
  return parts.records.transaction(async (transaction) => {
    const study = await transaction.selectFrom('studies').selectAll().executeTakeFirstOrThrow();
    const speaker = await transaction.selectFrom('speakers').selectAll().executeTakeFirstOrThrow();
    return recipientOf(parts, transaction, { study, caseId, by }, speaker, 30);
  });
};

describe('the invitation of somebody whose request is withdrawn', () => {
  it('[LINK-1] ends with it where it was made for it, by those who may invite', async () => {
    const { ada } = here.world.people;
    const { request } = await here.ask(ada, { personId: null, invite: NEW });
    expect(request.ownInvitation).toBe(true);
    await withdraw(ada);
    expect(await invitations()).toEqual(['Nora New revoked']);
  });

  it('[LINK-1] [ASK-1] stays where an editor withdraws, who may not take invitations back', async () => {
    const { ada, ben } = here.world.people;
    const { link } = await here.ask(ada, { personId: null, invite: NEW });
    await withdraw(ben);
    expect(await invitations()).toEqual(['Nora New open']);
    await here.enter(link);
    expect(await here.recordKinds()).not.toContain('invitation-withdrawn');
  });

  it('[LINK-1] stays where the lead had made it before, for something else', async () => {
    const { world, study } = here;
    const { ada } = world.people;
    const { studyId, caseId, schoolId } = study;
    await world.call(
      'POST /api/studies/:studyId/invitations',
      ada,
      { studyId },
      { id: 'inv-1', ...NEW, role: 'contact', caseId, schoolId, letter: null },
    );
    world.parts.clock.advance(60_000);
    const { request } = await here.ask(ada, { personId: null, invite: NEW });
    expect(request).toMatchObject({ state: 'invited', ownInvitation: false });
    await withdraw(ada);
    expect(await invitations()).toEqual(['Nora New open']);
  });

  it('[LINK-1] taken back by itself, leaves a request that says so, and that no new link is sent for', async () => {
    const { world } = here;
    const { ada } = world.people;
    await here.ask(ada, { personId: null, invite: NEW });
    const [link] = await here.invitations();
    await world.call('DELETE /api/invitations/:invitationId', ada, { invitationId: link ?? '' });
    expect((await here.requests(ada))[0]).toMatchObject({ state: 'invitation-over', takenBack: true });
    expect(await here.remind('r1')).toBe('conflict');
    expect(await here.tryAsk(ada, { id: 'req-2', personId: null, invite: NEW }), 'asked anew').toBe('ok');
  });

  it('[LINK-1] [ACCESS-5] is another than the one to somebody’s own words: each lets in to what it is for', async () => {
    const { ada } = here.world.people;
    const first = await toWords();
    const { link, request } = await here.ask(ada, { personId: null, invite: SAM });
    expect(request.ownInvitation).toBe(true);
    expect(await toWords(), 'reminded of their words').toEqual(first);
    await here.enter(link);
    expect(await here.requests(ada)).toMatchObject([{ state: 'open' }]);
  });

  it('[LINK-1] [QUOTE-1] ends, and the one to their own words that was asked for later does not', async () => {
    const { ada } = here.world.people;
    await here.ask(ada, { personId: null, invite: SAM });
    await toWords();
    await withdraw(ada);
    expect((await invitations()).sort()).toEqual(['Sam Speaker open', 'Sam Speaker revoked']);
  });
});
