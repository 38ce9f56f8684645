import { addressOf, limitKey } from '../http/addresses.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import type { Routes } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import {
  type IdentityProvider,
  type ProviderIdentity,
  ProviderRefusedError,
  ProviderUnavailableError,
} from '../ports/identity-provider.ts';
import { type Arrivals, addCookies, bySession } from './arrivals.ts';
import { findIdentity, keepIdentity, listBindings, removeBinding } from './oidc-bindings.ts';
import { OidcSignIns } from './oidc-sign-ins.ts';
import { providerBoundMail } from './sign-in-mail.ts';

const MINUTE = 60_000;

/** The one answer to every return that does not work. */
export function oidcNotUsable(): Refusal {
  return new Refusal(
    'oidc-not-usable',
    'This sign-in did not work: it may have taken too long, been used, or been begun in another browser. Try again.',
  );
}

/** The one answer to whoever has no account here that may be opened so, whatever the reason. */
function notKnownHere(): Refusal {
  return new Refusal(
    'not-known-here',
    'Nobody is let in here by this account. Ask the lead of your study to invite you, or sign in with a code sent to your address.',
  );
}

type Needs = Pick<
  Parts,
  'bus' | 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'log' | 'identityProvider'
>;

/**
 * Signing in through another service, where one is set up (OIDC-1). Not by better-auth's
 * own plugin for it: that begins the session itself, outside the transaction that records
 * the sign-in, makes accounts for whoever comes, and finishes on the GET of the return.
 * So the protocol is a certified client's, behind a port, and the session is ours.
 * @param sending told of mails that nobody waits for
 */
export function oidcRoutes(
  parts: Needs,
  arrivals: Arrivals,
  sending: (personId: string, mail: Promise<unknown>) => void,
): Routes {
  const { records, clock, log, identityProvider: provider } = parts;
  const signIns = new OidcSignIns(parts);
  // Many: a school of hundreds comes from one address. What comes back and fails is counted with other failures.
  const begunOfAddress = new RateLimit(clock, { most: 2_000, windowMs: 10 * MINUTE });
  const home = new URL(parts.settings.publicUrl).origin;

  const asked = async <T>(ask: (provider: IdentityProvider) => Promise<T>): Promise<T> => {
    if (!provider) throw new Refusal('not-found', 'No other service is set up here to sign in through.');
    try {
      return await ask(provider);
    } catch (error) {
      if (error instanceof ProviderUnavailableError) {
        log.warn('the identity provider does not answer', { reason: error.message });
        throw new Refusal(
          'unavailable',
          `${provider.name} does not answer just now. Sign in with a code sent to your address instead, or try again later.`,
        );
      }
      if (error instanceof ProviderRefusedError) {
        log.warn('a sign-in through the identity provider was refused', { reason: error.message });
        throw oidcNotUsable();
      }
      throw error;
    }
  };

  const letIn = async (call: Parameters<Arrivals['letIn']>[0], identity: ProviderIdentity) => {
    const known = await findIdentity(records.read, identity);
    if (!known) throw notKnownHere();
    const { person, bindingId } = known;
    await arrivals.letIn(call, person, {
      by: 'oidc',
      // Of whoever was bound before, the service may tell another address by now.
      provesAddress: bindingId === null,
      alongside: keepIdentity(parts, identity, known, call.actor, oidcNotUsable),
    });
    if (bindingId === null && provider) {
      const mail = providerBoundMail({
        id: parts.random.id(),
        email: person.email,
        name: person.name,
        service: provider.name,
        url: parts.settings.publicUrl,
      });
      sending(person.id, parts.mailer.send(mail));
    }
    return { person };
  };

  return {
    'POST /api/session/oidc/begin': async ({ request, response }) => {
      begunOfAddress.take(limitKey(addressOf(request)));
      const { origin } = request.headers;
      return asked(async (service) => {
        // The return comes to that address, and finds there only what was begun there.
        if (origin !== undefined && origin !== home) {
          const there = `Signing in with ${service.name} works at ${home}. Open Casebook there.`;
          throw new Refusal('conflict', there);
        }
        const { proof, cookies } = await signIns.begin();
        const url = await service.signInAddress(proof);
        addCookies(response, cookies);
        return { url };
      });
    },

    'POST /api/session/oidc': (call) =>
      arrivals.guarded(call.request, async () => {
        const { state, code, iss } = call.body;
        const proof = await signIns.spend(call.request);
        addCookies(call.response, signIns.over());
        if (proof?.state !== state || code === undefined) throw oidcNotUsable();
        const identity = await asked((service) => service.identify({ state, code, iss }, proof));
        return letIn(call, identity);
      }),

    'GET /api/oidc': async (call) => {
      const { personId, credentialId: sessionId } = bySession(call);
      return {
        service: provider?.name ?? null,
        bindings: await listBindings(parts, { personId, sessionId }),
      };
    },

    'DELETE /api/oidc/:bindingId': async (call) => {
      await removeBinding(parts, bySession(call).personId, call.params.bindingId, call.actor);
      return { ok: true };
    },
  };
}
