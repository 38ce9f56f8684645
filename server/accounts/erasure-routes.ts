import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import type { Routes } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { clearUpErased, eraseAccount } from '../protection/account-erasure.ts';
import { erasureOf, refuseLeads } from '../protection/erasure-view.ts';
import { personAccessChanged, studyChanged } from '../studies/announcements.ts';
import { type Arrivals, addCookies, bySession } from './arrivals.ts';
import type { SignedIn } from './authentication.ts';
import { codeNotUsable, erasurePurpose, type OneTimeCodes } from './codes.ts';
import { loadPerson } from './people.ts';
import type { Sessions } from './sessions.ts';
import { erasureCodeMail } from './sign-in-mail.ts';

const MINUTE = 60_000;

/** How lately a passkey must have been shown, in milliseconds. */
export const PASSKEY_FRESH = 10 * MINUTE;

type Needs = Pick<
  Parts,
  'bus' | 'records' | 'clock' | 'random' | 'mailer' | 'outboxFiles' | 'log' | 'settings'
>;

/** Deleting one's own account: whoever finds an open page must not be able to. */
export function erasureRoutes(
  parts: Needs,
  sessions: Pick<Sessions, 'forget'>,
  arrivals: Arrivals,
  codes: OneTimeCodes,
  mailsSettled: () => Promise<void>,
): Routes {
  const { records, clock, bus, log } = parts;
  const codesOfPerson = new RateLimit(clock, { most: 5, windowMs: 10 * MINUTE });

  const passkeyShown = async ({ credentialId }: SignedIn): Promise<boolean> => {
    const shown = await records.read
      .selectFrom('session_passkeys')
      .select('at')
      .where('session_id', '=', credentialId)
      .executeTakeFirst();
    return shown !== undefined && clock.now() - Number(shown.at) < PASSKEY_FRESH;
  };

  return {
    'GET /api/account/erasure': async (call) => {
      const by = bySession(call);
      return { ...(await erasureOf(records.read, by.personId)), passkeyShown: await passkeyShown(by) };
    },

    'POST /api/account/erasure/code': async (call) => {
      const { personId } = bySession(call);
      codesOfPerson.take(personId);
      const person = await loadPerson(records.read, personId);
      if (!person) throw new Refusal('not-signed-in', 'Sign in first.');
      const code = await codes.issue(erasurePurpose(personId));
      const { email, name } = person;
      try {
        await parts.mailer.send(erasureCodeMail({ id: parts.random.id(), email, name, code }));
      } catch (cause) {
        log.warn('a code to delete an account could not be mailed', { person: personId }, cause);
        throw new Refusal('unavailable', 'The code could not be sent just now. Try again in a while.');
      }
      return { ok: true };
    },

    'POST /api/account/erasure': (call) =>
      arrivals.guarded(call.request, async () => {
        const by = bySession(call);
        const { personId } = by;
        const { code } = call.body;
        // Before the code is spent.
        await refuseLeads(records.read, personId);
        const sure =
          code === null ? await passkeyShown(by) : await codes.redeem(erasurePurpose(personId), code);
        if (!sure) throw codeNotUsable();
        const erased = await eraseAccount(parts, personId, call.actor);
        for (const credentialId of erased.credentialIds) bus.publish({ t: 'signed-out', credentialId });
        personAccessChanged(bus, personId);
        for (const studyId of erased.studyIds) studyChanged(bus, studyId);
        addCookies(call.response, sessions.forget());
        // A letter to them may be on its way into the outbox.
        if (parts.settings.smtpUrl === null) await mailsSettled();
        await clearUpErased(parts, erased);
        return { ok: true };
      }),
  };
}
