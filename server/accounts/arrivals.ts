import type { RouteKey } from '../../shared/api/contract.ts';
import type { Person } from '../../shared/api/people.ts';
import type { AuditDetails } from '../../shared/audit/audit-record.ts';
import { recordOfPerson } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import { type Call, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { proveAddress } from './address-proof.ts';
import type { SignedIn } from './authentication.ts';
import type { OneTimeCodes } from './codes.ts';
import { deviceLabel } from './device-label.ts';
import { revokeLinks } from './links.ts';
import type { Alongside, Cookies, Sessions } from './sessions.ts';

export type AnyCall = Pick<Call<RouteKey>, 'actor' | 'request' | 'response'>;

export interface Arrival {
  readonly by: AuditDetails['signed-in']['by'];
  /** It came by the person's own mail. */
  readonly provesAddress: boolean;
  /** Written with the session, or not at all. */
  readonly alongside?: Alongside;
}

type Needs = Pick<Parts, 'records' | 'clock' | 'bus'>;

/** How people come in and leave, whichever way they came. */
export class Arrivals {
  readonly #parts: Needs;
  readonly #sessions: Sessions;
  readonly #codes: OneTimeCodes;
  readonly #failuresOfAddress: RateLimit;

  constructor(parts: Needs, sessions: Sessions, codes: OneTimeCodes) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#codes = codes;
    // Each code has five tries of its own, and a link cannot be guessed: this bounds what is tried on all of them.
    this.#failuresOfAddress = new RateLimit(parts.clock, { most: 600, windowMs: 10 * 60_000 });
  }

  /**
   * Failures count, successes do not: a whole school signs in from one address. Where
   * there were too many, nothing gets in any more, not even what is right: an answer
   * that still told right from wrong would let the guessing go on.
   */
  async guarded<T>(request: AnyCall['request'], act: () => Promise<T>): Promise<T> {
    const address = limitKey(addressOf(request));
    this.#failuresOfAddress.check(address);
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refusal && error.code.endsWith('-not-usable')) {
        this.#failuresOfAddress.count(address);
      }
      throw error;
    }
  }

  /**
   * What signs a person in makes every other open way of the same mail worthless.
   * @returns how many ways in from before ended, which others may have known
   */
  async letIn(call: AnyCall, person: Person, arrival: Arrival): Promise<number> {
    const { records, clock } = this.#parts;
    const actor = { ...call.actor, personId: person.id };
    const earlier = await this.#sessions.read(call.request);
    // Whoever is in already stays in as they are: their other pages go on undisturbed.
    const own = earlier?.personId === person.id ? earlier : null;
    const ended = arrival.provesAddress
      ? await proveAddress(this.#parts, person.id, actor, own?.sessionId)
      : 0;
    await revokeLinks(this.#parts, records.read, { kind: 'sign-in', personId: person.id });
    await this.#codes.revoke(signInPurpose(person.email));
    const label = deviceLabel(call.request.headers['user-agent']);
    const alongside: Alongside = async (transaction, id) => {
      await arrival.alongside?.(transaction, id);
      await recordOfPerson(transaction, person.id, {
        kind: 'signed-in',
        by: actor,
        at: clock.now(),
        object: { kind: 'device', id },
        detail: { by: arrival.by },
      });
    };
    const cookies =
      (own && (await this.#sessions.renew(own, alongside))) ??
      (await this.#sessions.begin(person.id, label, alongside));
    if (earlier && !own) await this.leave(call, earlier.sessionId, earlier.personId);
    addCookies(call.response, cookies);
    return ended;
  }

  /** @returns what takes the session's cookie from the browser */
  async leave(call: AnyCall, sessionId: string, personId: string): Promise<Cookies> {
    const { clock, bus } = this.#parts;
    const cookies = await this.#sessions.end({ sessionId, personId }, (transaction, id) =>
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
  }
}

/** What a code is for that signs in whoever reads the mail of this address. */
export function signInPurpose(email: string): string {
  return `sign-in:${email}`;
}

/** A token that leaks must not be able to make itself at home. */
export function bySession(call: { readonly by: SignedIn | null }): SignedIn {
  const by = signedIn(call);
  if (by.via !== 'session') throw new Refusal('no-access', 'A token cannot do this. Sign in on the page.');
  return by;
}

export function addCookies(response: Call<'GET /api/session'>['response'], cookies: Cookies): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
