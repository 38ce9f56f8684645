import { redeemLink } from '../../server/accounts/redemption.ts';
import type { ContactCase } from '../../shared/api/contact.ts';
import type { RouteBody, RouteReply } from '../../shared/api/contract.ts';
import type { ProblemCode } from '../../shared/api/problem.ts';
import type { SharingStep } from '../../shared/api/sharing.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

type Asking = 'POST /api/cases/:caseId/information';
type Answer = RouteBody<'POST /api/contact/information/:requestId'>;

const LETTER = { subject: 'Some facts', text: 'Dear Eve,\n\n[link]\n\nAda' };

/** A study whose school has one contact, Eve; another school of the case has another, Host. */
export async function createAskingWorld() {
  const world = await createWorld();
  const study = await setUpStudy(world, 'one');
  const { ada, eve, host } = world.people;
  const { caseId, schoolId, studyId } = study;
  await world.call(
    'POST /api/studies/:studyId/schools',
    ada,
    { studyId },
    { id: 'two', name: 'Second School' },
  );
  await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: [schoolId, 'two'] });
  await world.joinAsContact(caseId, schoolId, eve);
  await world.joinAsContact(caseId, 'two', host);
  const began = await recordOf(world, studyId);
  const wanted = (changed: Partial<RouteBody<Asking>>): RouteBody<Asking> => ({
    id: 'req-1',
    schoolId,
    personId: eve,
    sections: [{ sectionId: '4-facts' }, { sectionId: '12' }],
    dueOn: '2030-01-29',
    letter: LETTER,
    ...changed,
  });
  const request = { caseId, requestId: 'req-1' };
  const finishing = (by: string, said: Answer) =>
    world.outcome('POST /api/contact/information/:requestId', by, { requestId: 'req-1' }, said);
  const ending = (how: 'close' | 'withdraw', requestId = 'req-1') =>
    world.outcome(`POST /api/cases/:caseId/information/:requestId/${how}`, ada, { caseId, requestId });
  const remindReply = (id: string): Promise<RouteReply<Asking>> =>
    world.call('POST /api/cases/:caseId/information/:requestId/remind', ada, request, { id, letter: LETTER });
  return {
    world,
    study,
    ask: async (by: string, changed: Partial<RouteBody<Asking>>) => {
      const reply = await world.call('POST /api/cases/:caseId/information', by, { caseId }, wanted(changed));
      await world.letters.settled();
      return reply;
    },
    mailGoesOut: () => Object.assign(world.parts.settings, { smtpUrl: 'smtp://mail.example' }),
    /** What is not even of the right shape counts as `bad-request`, as over HTTP. */
    tryAsk: (by: string, changed: Partial<RouteBody<Asking>>): Promise<ProblemCode | 'ok'> =>
      world
        .outcome('POST /api/cases/:caseId/information', by, { caseId }, wanted(changed))
        .catch((error: Error) => {
          if (error.name === 'ZodError') return 'bad-request' as const;
          throw error;
        }),
    requests: async (by: string) =>
      (await world.call('GET /api/cases/:caseId/information', by, { caseId })).requests,
    detail: (by: string) => world.call('GET /api/cases/:caseId', by, { caseId }),
    contactPage: async (by: string): Promise<ContactCase[]> =>
      (await world.call('GET /api/contact', by, {})).cases,
    share: (by: string, step: SharingStep) =>
      world.call(
        'POST /api/cases/:caseId/sharing',
        by,
        { caseId },
        { id: world.parts.random.id(), steps: [step] },
      ),
    finish: async (by: string, said: Answer) => {
      const code = await finishing(by, said);
      if (code !== 'ok') throw new Error(`finishing was refused: ${code}`);
    },
    tryFinish: (by: string) => finishing(by, { finished: true, couldNot: 'x' }),
    remind: async (id: string) => {
      const code = await world.outcome(
        'POST /api/cases/:caseId/information/:requestId/remind',
        ada,
        request,
        {
          id,
          letter: LETTER,
        },
      );
      await world.letters.settled();
      return code;
    },
    remindReply,
    end: async (how: 'close' | 'withdraw') => {
      const code = await ending(how);
      if (code !== 'ok') throw new Error(`${how} was refused: ${code}`);
    },
    tryEnd: ending,
    /** Uses an invitation's link. @returns the id of whoever came in by it */
    enter: async (link: string) => {
      const token = link.slice(link.indexOf('#') + 1);
      const actor = { personId: null, way: 'page', tokenId: null, from: '192.0.2.0/24' } as const;
      const by = { signedInAs: null, addressProven: true, actor };
      return (await redeemLink(world.parts, token, {}, by)).person.id;
    },
    /** Ids of the links that invite somebody at the school, oldest first. */
    invitations: async () => {
      const rows = await world.parts.records.read
        .selectFrom('links')
        .select('id')
        .where('role', '=', 'contact')
        .orderBy('created_at')
        .execute();
      return rows.map(({ id }) => id);
    },
    /** Kinds of the study's record since the world was made, without who came in. */
    recordKinds: async () =>
      (await recordOf(world, studyId)).slice(began.length).filter((kind) => kind !== 'invitation-taken-up'),
  };
}
export type AskingWorld = Awaited<ReturnType<typeof createAskingWorld>>;

async function recordOf(world: World, studyId: string): Promise<string[]> {
  const rows = await world.parts.records.read
    .selectFrom('audit')
    .select('kind')
    .where('chain', '=', `study/${studyId}`)
    .orderBy('seq')
    .execute();
  return rows.map(({ kind }) => kind);
}
