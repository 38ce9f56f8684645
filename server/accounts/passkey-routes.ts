import { type PasskeyPlace, passkeyPlace } from '../../shared/accounts/passkey-place.ts';
import type { PasskeyOffer, PasskeyOrder, PasskeyQuestion, PasskeyUse } from '../../shared/api/passkeys.ts';
import type { Actor } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import type { Routes } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { addressProven } from './address-proof.ts';
import { type Arrivals, bySession } from './arrivals.ts';
import type { SignedIn } from './authentication.ts';
import { deviceLabel } from './device-label.ts';
import { CHALLENGE_LIFETIME, type ChallengePurpose, PasskeyChallenges } from './passkey-challenges.ts';
import {
  ALGORITHMS,
  challengeOf,
  checkNewPasskey,
  checkPasskeyUse,
  type ExpectedPlace,
  PasskeyCheckError,
} from './passkey-check.ts';
import { studiesAsking } from './passkey-duty.ts';
import {
  addPasskey,
  confirmSession,
  findPasskey,
  listPasskeys,
  notePasskeyUse,
  type PasskeyOwner,
  removePasskey,
  renamePasskey,
} from './passkeys.ts';
import { loadPerson } from './people.ts';
import { passkeyAddedMail } from './sign-in-mail.ts';

const MINUTE = 60_000;

/** The one answer to every passkey that does not work. */
export function passkeyNotUsable(): Refusal {
  return new Refusal(
    'passkey-not-usable',
    'This passkey does not work here: it may have been taken away, or the page waited too long. Try again, or sign in with a code.',
  );
}

type Needs = Pick<Parts, 'bus' | 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'refusals' | 'log'>;

/**
 * Signing in by passkey, and one's own passkeys.
 * @param sending told of mails that nobody waits for
 */
export function passkeyRoutes(
  parts: Needs,
  arrivals: Arrivals,
  sending: (personId: string, mail: Promise<unknown>) => void,
): Routes {
  const { records, clock, log } = parts;
  const place = passkeyPlace(parts.settings.publicUrl);
  const challenges = new PasskeyChallenges(parts);
  // Many: each sign-in page asks when it opens, and again every few minutes while it stands.
  const questionsOfAddress = new RateLimit(clock, { most: 2_000, windowMs: 10 * MINUTE });
  const ordersOfPerson = new RateLimit(clock, { most: 60, windowMs: 10 * MINUTE });

  const ask = async (purpose: ChallengePurpose, { rpId }: ExpectedPlace): Promise<PasskeyQuestion> => ({
    challenge: await challenges.issue(purpose),
    rpId,
    timeout: CHALLENGE_LIFETIME,
    userVerification: 'required',
  });

  const refuse = (reason: string): Refusal => {
    log.warn('a passkey was refused', { reason });
    return passkeyNotUsable();
  };

  /**
   * @param known what is known of the passkey, whether or not the challenge was ours
   * @returns the counter that it signed
   */
  const check = async (use: PasskeyUse, purpose: ChallengePurpose, known: Tables['passkeys'] | null) => {
    const at = expected(place);
    const challenge = challengeOf(use.response.clientDataJSON) ?? '';
    // Spent in any case: an answer that fails is not tried a second time.
    const open = await challenges.spend(challenge, purpose);
    if (!open) throw refuse('its challenge is not open');
    if (!known) throw refuse('it is not known');
    // As the person's own devices name them: without it, nobody said whose passkey this is.
    const { userHandle } = use.response;
    if (userHandle !== handleOf(known.user_id)) throw refuse('it names somebody else');
    try {
      return await checkPasskeyUse(use, challenge, at, {
        credentialId: known.credential_id,
        publicKey: known.public_key,
        counter: Number(known.counter),
      });
    } catch (error) {
      if (error instanceof PasskeyCheckError) throw refuse(error.message);
      throw error;
    }
  };

  const ownerOf = (by: SignedIn): PasskeyOwner => ({
    personId: by.personId,
    sessionId: by.credentialId,
    rpId: place.offered ? place.rpId : null,
  });

  return {
    'POST /api/session/passkey/begin': async ({ request }) => {
      questionsOfAddress.take(limitKey(addressOf(request)));
      const question = place.offered ? await ask({ what: 'sign-in' }, place) : null;
      return { ...offer(place), question };
    },

    'POST /api/session/passkey': (call) =>
      arrivals.guarded(call.request, async () => {
        const known = await findPasskey(records.read, call.body.id);
        const person = known && (await loadPerson(records.read, known.user_id));
        try {
          const counter = await check(call.body, { what: 'sign-in' }, known);
          if (!known || !person) throw refuse('its person is not known');
          await arrivals.letIn(call, person, {
            by: 'passkey',
            provesAddress: false,
            alongside: async (transaction, sessionId) => {
              const { id, counter: kept } = known;
              if (!(await notePasskeyUse(transaction, id, Number(kept), counter, clock.now()))) {
                throw refuse('it was used at the same moment');
              }
              await confirmSession(transaction, sessionId, id, clock.now());
            },
          });
          return { person };
        } catch (error) {
          const refused = error instanceof Refusal && error.code === 'passkey-not-usable';
          // When the answer is out: its time must not tell that the passkey is known.
          if (refused && person) {
            call.response.once('finish', () => noteRefusedPasskey(parts, call.actor, person.id));
          }
          throw error;
        }
      }),

    'GET /api/passkeys': async (call) => {
      const owner = ownerOf(bySession(call));
      return {
        ...offer(place),
        passkeys: await listPasskeys(records.read, owner),
        addressProven: await addressProven(records.read, owner.personId),
        handle: handleOf(owner.personId),
        askedBy: await studiesAsking(records.read, owner.personId),
        suggested: deviceLabel(call.request.headers['user-agent']),
      };
    },

    'POST /api/passkeys/begin': async (call): Promise<PasskeyOrder> => {
      const { personId, credentialId: sessionId } = bySession(call);
      const { rpId } = expected(place);
      ordersOfPerson.take(personId);
      await requireProvenAddress(personId);
      const person = await loadPerson(records.read, personId);
      if (!person) throw new Refusal('not-signed-in', 'Sign in first.');
      const theirs = await records.read
        .selectFrom('passkeys')
        .select('credential_id')
        .where('user_id', '=', personId)
        .where('rp_id', '=', rpId)
        .execute();
      return {
        challenge: await challenges.issue({ what: 'add', sessionId }),
        rp: { id: rpId, name: 'Casebook' },
        user: { id: handleOf(personId), name: person.email, displayName: person.name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        timeout: CHALLENGE_LIFETIME,
        attestation: 'none',
        excludeCredentials: theirs.map((row) => ({ type: 'public-key', id: row.credential_id })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      };
    },

    'POST /api/passkeys': (call) =>
      arrivals.guarded(call.request, async () => {
        const by = bySession(call);
        const { personId, credentialId: sessionId } = by;
        const { id, name, made } = call.body;
        const at = expected(place);
        await requireProvenAddress(personId);
        const challenge = challengeOf(made.response.clientDataJSON) ?? '';
        if (!(await challenges.spend(challenge, { what: 'add', sessionId }))) {
          throw refuse('its challenge is not open');
        }
        const checked = await checkNewPasskey(made, challenge, at).catch((error: unknown) => {
          throw error instanceof PasskeyCheckError ? refuse(error.message) : error;
        });
        const owner = { personId, sessionId, actor: call.actor };
        const { transports = [] } = made.response;
        await addPasskey(parts, owner, { id, name, made: checked, transports, rpId: at.rpId });
        const person = await loadPerson(records.read, personId);
        if (person) {
          const mail = { id: parts.random.id(), email: person.email, name: person.name };
          sending(personId, parts.mailer.send(passkeyAddedMail({ ...mail, passkey: name, url: at.origin })));
        }
        const added = (await listPasskeys(records.read, ownerOf(by))).find((passkey) => passkey.id === id);
        if (!added) throw new Refusal('not-found', 'There is no such passkey.');
        return added;
      }),

    'PATCH /api/passkeys/:passkeyId': (call) =>
      renamePasskey(parts, ownerOf(bySession(call)), call.params.passkeyId, call.body.name),

    'DELETE /api/passkeys/:passkeyId': async (call) => {
      const { personId } = bySession(call);
      await removePasskey(parts, personId, call.params.passkeyId, call.actor);
      // Rooms of studies that ask for one close where it was the one that was shown.
      parts.bus.publish({ t: 'access-changed', personId, caseId: null });
      return { ok: true };
    },
  };

  /** Whoever invited somebody knows the link, too: nobody else makes a way in that stays. */
  async function requireProvenAddress(personId: string): Promise<void> {
    if (await addressProven(records.read, personId)) return;
    throw new Refusal(
      'conflict',
      'First show that the address is yours: sign in once with a code sent to it.',
    );
  }
}

function offer(place: PasskeyPlace): PasskeyOffer {
  return place.offered ? { origin: place.origin, why: null } : { origin: null, why: place.why };
}

/** @throws Refusal `conflict` where passkeys are not offered */
function expected(place: PasskeyPlace): ExpectedPlace {
  if (!place.offered)
    throw new Refusal('conflict', 'Passkeys cannot be used at the address of this Casebook.');
  return place;
}

/** What devices know a person by: opaque, and the same for all of their passkeys. */
function handleOf(personId: string): string {
  return Buffer.from(personId).toString('base64url');
}

/** Whose passkey somebody held out in vain, their leads should know. */
function noteRefusedPasskey(parts: Pick<Parts, 'refusals'>, by: Actor, personId: string): void {
  const object = { kind: 'person', id: personId } as const;
  parts.refusals.note({
    by: { ...by, personId: null },
    what: `passkey ${personId}`,
    find: async () => ({
      where: { personId },
      deed: (times) => ({ kind: 'passkey-refused', object, detail: { times } }),
    }),
  });
}
