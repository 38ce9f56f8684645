import type { Person } from '../../shared/api/people.ts';
import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import type { Routes } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from '../studies/study-gate.ts';
import { isOnATeam } from '../studies/study-routes.ts';
import { Arrivals, addCookies, bySession, signInPurpose } from './arrivals.ts';
import type { SignedIn } from './authentication.ts';
import { codeNotUsable, OneTimeCodes } from './codes.ts';
import { endDevices, listDevices } from './devices.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { LinkCodes } from './link-codes.ts';
import { inspectLink, issueLink, revokeLinks } from './links.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { hasShownPasskey, owesPasskeyIn, passkeyNeeded } from './passkey-duty.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { findByEmail, loadPerson, normalEmail, renamePerson } from './people.ts';
import { redeemLink } from './redemption.ts';
import type { Sessions } from './sessions.ts';
import { signInMail } from './sign-in-mail.ts';
import { setTelephone, telephoneOf } from './telephones.ts';
import { createApiToken, listApiTokens, revokeApiToken } from './tokens.ts';

const MINUTE = 60_000;

export interface AccountRoutes {
  readonly routes: Routes;
  /** Resolves when the mails that were promised are handed over or have failed. */
  settled(): Promise<void>;
}

/** Signing in and out, one-time links, and what people hold: their name and their tokens. */
export function accountRoutes(parts: Parts, sessions: Sessions, secret: string): AccountRoutes {
  const { records, clock, mailer, log, bus } = parts;
  const codes = new OneTimeCodes(parts, secret);
  const linkCodes = new LinkCodes(parts, codes);
  const arrivals = new Arrivals(parts, sessions, codes);
  const requestsOfEmail = new RateLimit(clock, { most: 5, windowMs: 10 * MINUTE });
  // Many: a school of hundreds comes from one address, and signs in on one morning.
  const requestsOfAddress = new RateLimit(clock, { most: 300, windowMs: 10 * MINUTE });
  const codesOfEmail = new RateLimit(clock, { most: 15, windowMs: 10 * MINUTE });
  const underWay = new Set<Promise<void>>();

  const sendSignIn = async (person: Person): Promise<void> => {
    const code = await codes.issue(signInPurpose(person.email));
    await revokeLinks(parts, records.read, { kind: 'sign-in', personId: person.id });
    const link = await issueLink(parts, { kind: 'sign-in', personId: person.id, email: person.email });
    await mailer.send(
      signInMail({ id: parts.random.id(), email: person.email, name: person.name, code, url: link.url }),
    );
  };

  const sending = (personId: string | undefined, mail: Promise<unknown>): void => {
    const done = mail
      .then(() => {})
      .catch((cause: unknown) => log.error('a mail could not be sent', { person: personId }, cause))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };

  const settled = async (): Promise<void> => {
    await Promise.all(underWay);
  };

  const personOf = async (by: SignedIn): Promise<Person> => {
    const person = await loadPerson(records.read, by.personId);
    if (!person) throw new Refusal('not-signed-in', 'Sign in first.');
    return person;
  };

  const routes: Routes = {
    ...passkeyRoutes(parts, arrivals, sending),
    ...oidcRoutes(parts, arrivals, sending),
    ...erasureRoutes(parts, sessions, arrivals, codes, settled),

    'GET /api/session': async ({ by, request, response }) => {
      const mailGoesTo = parts.settings.smtpUrl === null ? 'outbox' : 'smtp';
      const signInWith = parts.identityProvider?.name ?? null;
      if (!by) return { person: null, mailGoesTo, signInWith };
      if (by.via === 'session') addCookies(response, await sessions.prolong(request));
      return { person: await loadPerson(records.read, by.personId), mailGoesTo, signInWith };
    },

    'POST /api/session/request': async ({ body, request }) => {
      requestsOfAddress.take(limitKey(addressOf(request)));
      const email = normalEmail(body.email);
      requestsOfEmail.take(email);
      const person = await findByEmail(records.read, email);
      // Nobody is told the code of an unknown address: it is there so that trying one takes as long.
      const promised: Promise<unknown> = person ? sendSignIn(person) : codes.issue(signInPurpose(email));
      // Not waited for: how long the answer takes must not tell whether the address is known.
      sending(person?.id, promised);
      return { ok: true };
    },

    'POST /api/session/left': async ({ body }) => {
      // Of an id that nobody has ever had, and of everybody who is here, the answer is the same.
      const gone = await records.read
        .selectFrom('people')
        .select('user_id')
        .where('user_id', '=', body.personId)
        .where('erased_at', 'is not', null)
        .executeTakeFirst();
      return { erased: gone !== undefined };
    },

    'POST /api/session/code': (call) =>
      arrivals.guarded(call.request, async () => {
        const email = normalEmail(call.body.email);
        codesOfEmail.take(email);
        const right = await codes.redeem(signInPurpose(email), call.body.code);
        // Looked up either way, and noted when the answer is out: its time must not tell of an account.
        const person = await findByEmail(records.read, email);
        if (!right || !person) {
          if (person) call.response.once('finish', () => noteRefusedCode(parts, call.actor, person.id));
          throw codeNotUsable();
        }
        const endedBefore = await arrivals.letIn(call, person, { by: 'code', provesAddress: true });
        return { person, endedBefore };
      }),

    'DELETE /api/session': async (call) => {
      const { by, response } = call;
      if (by?.via === 'session')
        addCookies(response, await arrivals.leave(call, by.credentialId, by.personId));
      return { ok: true };
    },

    'PATCH /api/session/person': async (call) => {
      const by = bySession(call);
      await records.transaction(async (transaction) => {
        if (!(await renamePerson(transaction, by.personId, call.body.name, clock.now()))) return;
        await recordOfPerson(transaction, by.personId, {
          kind: 'person-renamed',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'person', id: by.personId },
          detail: {},
        });
      });
      const person = await personOf(by);
      const studies = await records.read
        .selectFrom('members')
        .select('study_id')
        .where('user_id', '=', by.personId)
        .execute();
      for (const study of studies) bus.publish({ t: 'changed', topic: `study/${study.study_id}` });
      return { person };
    },

    'GET /api/account/telephone': async (call) => ({
      telephone: await telephoneOf(records.read, bySession(call).personId),
    }),

    'PUT /api/account/telephone': async (call) => {
      const by = bySession(call);
      const { telephone } = call.body;
      await records.transaction(async (transaction) => {
        if (!(await setTelephone(transaction, by.personId, telephone))) return;
        await recordOfPerson(transaction, by.personId, {
          kind: 'telephone-changed',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'person', id: by.personId },
          detail: {},
        });
      });
      return { telephone: await telephoneOf(records.read, by.personId) };
    },

    'POST /api/links/inspect': ({ body, request }) =>
      arrivals.guarded(request, () => inspectLink(parts, body.token)),

    'POST /api/links/code': ({ body, request }) =>
      arrivals.guarded(request, async () => {
        await linkCodes.send(body.token);
        return { ok: true };
      }),

    'POST /api/links/redeem': (call) =>
      arrivals.guarded(call.request, async () => {
        const { token, name, email, code, sheet } = call.body;
        const addressProven = await linkCodes.check(token, code, call.actor);
        const signedInAs = call.by?.via === 'session' ? call.by.personId : null;
        const opener = { signedInAs, addressProven, actor: call.actor, sheet };
        const redeemed = await redeemLink(parts, token, { name, email }, opener);
        const { person, goTo, provesAddress } = redeemed;
        // Whoever is in already stays in as they are: their other pages go on undisturbed.
        if (person.id !== signedInAs) await arrivals.letIn(call, person, { by: 'link', provesAddress });
        return { person, goTo };
      }),

    'GET /api/tokens': async (call) => ({
      tokens: [...(await listApiTokens(parts, bySession(call).personId))],
    }),

    'POST /api/tokens': async (call) => {
      const by = bySession(call);
      const { personId } = by;
      const { studyId } = call.body;
      // What a school contact is shown is for them to read at a page; no program of theirs has a use for it.
      if (!(await isOnATeam(records.read, personId))) {
        throw new Refusal('no-access', 'Only members of the team of a study make tokens.');
      }
      if (studyId !== null) await openStudy(records.read, personId, studyId, 'see-study');
      if (studyId !== null && (await owesPasskeyIn(records.read, by, studyId))) throw passkeyNeeded();
      const byPasskey = await hasShownPasskey(records.read, by);
      return { token: await createApiToken(parts, { ...call.body, personId, byPasskey, by: call.actor }) };
    },

    'DELETE /api/tokens/:tokenId': async (call) => {
      await revokeApiToken(parts, bySession(call).personId, call.params.tokenId, call.actor);
      return { ok: true };
    },

    'GET /api/devices': async (call) => {
      const { personId, credentialId } = bySession(call);
      return { devices: await listDevices(parts, personId, credentialId) };
    },

    'DELETE /api/devices/:deviceId': async (call) => {
      const { personId, credentialId: currentId } = bySession(call);
      await endDevices(parts, { personId, currentId, actor: call.actor }, call.params.deviceId);
      return { ok: true };
    },

    'DELETE /api/devices': async (call) => {
      const { personId, credentialId: currentId } = bySession(call);
      await endDevices(parts, { personId, currentId, actor: call.actor }, null);
      return { ok: true };
    },
  };

  return { routes, settled };
}

/** Whose code somebody guesses at, their leads should know. */
function noteRefusedCode(parts: Pick<Parts, 'refusals'>, by: Actor, personId: string): void {
  const object = { kind: 'person', id: personId } as const;
  parts.refusals.note({
    by: { ...by, personId: null },
    what: `code ${personId}`,
    find: async () => ({
      where: { personId },
      deed: (times) => ({ kind: 'code-refused', object, detail: { times } }),
    }),
  });
}
