import type { Person, RouteKey } from '../../shared/api/contract.ts';
import { type Actor, recordOfPerson } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import { type Call, type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from '../studies/study-gate.ts';
import { proveAddress } from './address-proof.ts';
import type { SignedIn } from './authentication.ts';
import { codeNotUsable, OneTimeCodes, signInPurpose } from './codes.ts';
import { deviceLabel } from './device-label.ts';
import { endDevices, listDevices } from './devices.ts';
import { LinkCodes } from './link-codes.ts';
import { inspectLink, issueLink, revokeLinks } from './links.ts';
import { findByEmail, loadPerson, normalEmail, renamePerson } from './people.ts';
import { redeemLink } from './redemption.ts';
import type { Cookies, Sessions } from './sessions.ts';
import { signInMail } from './sign-in-mail.ts';
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
  const requestsOfEmail = new RateLimit(clock, { most: 5, windowMs: 10 * MINUTE });
  // Many: a school of hundreds comes from one address, and signs in on one morning.
  const requestsOfAddress = new RateLimit(clock, { most: 300, windowMs: 10 * MINUTE });
  const codesOfEmail = new RateLimit(clock, { most: 15, windowMs: 10 * MINUTE });
  // Each code has five tries of its own, and a link cannot be guessed: this bounds what is tried on all of them.
  const failuresOfAddress = new RateLimit(clock, { most: 600, windowMs: 10 * MINUTE });
  const underWay = new Set<Promise<void>>();

  /**
   * Failures count, successes do not: a whole school signs in from one address. Where
   * there were too many, nothing gets in any more, not even what is right: an answer
   * that still told right from wrong would let the guessing go on.
   */
  const guarded = async <T>(request: AnyCall['request'], act: () => Promise<T>): Promise<T> => {
    const address = limitKey(addressOf(request));
    failuresOfAddress.check(address);
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refusal && error.code.endsWith('-not-usable')) failuresOfAddress.count(address);
      throw error;
    }
  };

  const sendSignIn = async (person: Person): Promise<void> => {
    const code = await codes.issue(signInPurpose(person.email));
    await revokeLinks(parts, records.read, { kind: 'sign-in', personId: person.id });
    const link = await issueLink(parts, { kind: 'sign-in', personId: person.id, email: person.email });
    await mailer.send(
      signInMail({ id: parts.random.id(), email: person.email, name: person.name, code, url: link.url }),
    );
  };

  /** What signs a person in makes every other open way of the same mail worthless. */
  const letIn = async (call: AnyCall, person: Person, by: 'code' | 'link', provesAddress: boolean) => {
    const actor = { ...call.actor, personId: person.id };
    if (provesAddress) await proveAddress(parts, person.id, actor);
    await revokeLinks(parts, records.read, { kind: 'sign-in', personId: person.id });
    await codes.revoke(signInPurpose(person.email));
    const earlier = await sessions.read(call.request);
    if (earlier) await endSession(call, earlier.sessionId, earlier.personId);
    const label = deviceLabel(call.request.headers['user-agent']);
    const cookies = await sessions.begin(person.id, label, (transaction, id) =>
      recordOfPerson(transaction, person.id, {
        kind: 'signed-in',
        by: actor,
        at: clock.now(),
        object: { kind: 'device', id },
        detail: { by },
      }),
    );
    addCookies(call.response, cookies);
  };

  const endSession = async (call: AnyCall, sessionId: string, personId: string): Promise<Cookies> => {
    const cookies = await sessions.end({ sessionId, personId }, (transaction, id) =>
      recordOfPerson(transaction, personId, {
        kind: 'signed-out',
        by: { ...call.actor, personId },
        at: clock.now(),
        object: { kind: 'device', id },
        detail: {},
      }),
    );
    bus.publish({ t: 'signed-out', credentialId: sessionId });
    return cookies;
  };

  const personOf = async (by: SignedIn): Promise<Person> => {
    const person = await loadPerson(records.read, by.personId);
    if (!person) throw new Refusal('not-signed-in', 'Sign in first.');
    return person;
  };

  const routes: Routes = {
    'GET /api/session': async ({ by, request, response }) => {
      const mailGoesTo = parts.settings.smtpUrl === null ? 'outbox' : 'smtp';
      if (!by) return { person: null, mailGoesTo };
      if (by.via === 'session') addCookies(response, await sessions.prolong(request));
      return { person: await loadPerson(records.read, by.personId), mailGoesTo };
    },

    'POST /api/session/request': async ({ body, request }) => {
      requestsOfAddress.take(limitKey(addressOf(request)));
      const email = normalEmail(body.email);
      requestsOfEmail.take(email);
      const person = await findByEmail(records.read, email);
      // Nobody is told the code of an unknown address: it is there so that trying one takes as long.
      const promised: Promise<unknown> = person ? sendSignIn(person) : codes.issue(signInPurpose(email));
      // Not waited for: how long the answer takes must not tell whether the address is known.
      const sending = promised
        .then(() => {})
        .catch((cause: unknown) =>
          log.error('a sign-in mail could not be sent', { person: person?.id }, cause),
        )
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      return { ok: true };
    },

    'POST /api/session/code': (call) =>
      guarded(call.request, async () => {
        const email = normalEmail(call.body.email);
        codesOfEmail.take(email);
        const right = await codes.redeem(signInPurpose(email), call.body.code);
        // Looked up either way, and noted when the answer is out: its time must not tell of an account.
        const person = await findByEmail(records.read, email);
        if (!right || !person) {
          if (person) call.response.once('finish', () => noteRefusedCode(parts, call.actor, person.id));
          throw codeNotUsable();
        }
        await letIn(call, person, 'code', true);
        return { person };
      }),

    'DELETE /api/session': async (call) => {
      const { by, response } = call;
      if (by?.via === 'session') addCookies(response, await endSession(call, by.credentialId, by.personId));
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

    'POST /api/links/inspect': ({ body, request }) => guarded(request, () => inspectLink(parts, body.token)),

    'POST /api/links/code': ({ body, request }) =>
      guarded(request, async () => {
        await linkCodes.send(body.token);
        return { ok: true };
      }),

    'POST /api/links/redeem': (call) =>
      guarded(call.request, async () => {
        const { token, name, email, code, sheet } = call.body;
        const addressProven = await linkCodes.check(token, code, call.actor);
        const signedInAs = call.by?.via === 'session' ? call.by.personId : null;
        const opener = { signedInAs, addressProven, actor: call.actor, sheet };
        const redeemed = await redeemLink(parts, token, { name, email }, opener);
        const { person, goTo, provesAddress } = redeemed;
        // Whoever is in already stays in as they are: their other pages go on undisturbed.
        if (person.id !== signedInAs) await letIn(call, person, 'link', provesAddress);
        return { person, goTo };
      }),

    'GET /api/tokens': async (call) => ({
      tokens: [...(await listApiTokens(parts, bySession(call).personId))],
    }),

    'POST /api/tokens': async (call) => {
      const { personId } = bySession(call);
      const { studyId } = call.body;
      if (studyId !== null) await openStudy(records.read, personId, studyId, 'see-study');
      return { token: await createApiToken(parts, { ...call.body, personId, by: call.actor }) };
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

  return {
    routes,
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

type AnyCall = Pick<Call<RouteKey>, 'actor' | 'request' | 'response'>;

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

/** A token that leaks must not be able to make itself at home. */
function bySession(call: { readonly by: SignedIn | null }): SignedIn {
  const by = signedIn(call);
  if (by.via !== 'session') throw new Refusal('no-access', 'A token cannot do this. Sign in on the page.');
  return by;
}

function addCookies(response: Call<'GET /api/session'>['response'], cookies: Cookies): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
