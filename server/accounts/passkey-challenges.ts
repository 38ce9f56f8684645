import type { Parts } from '../parts.ts';
import { tokenHash } from './hashing.ts';

/** How long a challenge can be answered, in milliseconds. */
export const CHALLENGE_LIFETIME = 5 * 60_000;

/**
 * What an answer is good for. One to sign in is bound to nobody, because whoever
 * asks has not said who they are; one to add a passkey to the session that asked.
 */
export type ChallengePurpose =
  | { readonly what: 'sign-in' }
  | { readonly what: 'add'; readonly sessionId: string };

/** What devices are asked to sign: made here, for one purpose, for five minutes, for one answer. */
export class PasskeyChallenges {
  readonly #parts: Pick<Parts, 'records' | 'clock' | 'random'>;

  constructor(parts: Pick<Parts, 'records' | 'clock' | 'random'>) {
    this.#parts = parts;
  }

  /** @returns 32 random bytes in base64url */
  async issue(purpose: ChallengePurpose): Promise<string> {
    const { records, clock, random } = this.#parts;
    const challenge = Buffer.from(random.bytes(32)).toString('base64url');
    const now = clock.now();
    await records.transaction(async (transaction) => {
      await transaction.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
      await transaction
        .insertInto('passkey_challenges')
        .values({
          challenge_hash: tokenHash(challenge),
          purpose: nameOf(purpose),
          expires_at: now + CHALLENGE_LIFETIME,
        })
        .execute();
    });
    return challenge;
  }

  /**
   * Spends a challenge, whatever it was for.
   * @returns whether it was open, and for this purpose
   */
  async spend(challenge: string, purpose: ChallengePurpose): Promise<boolean> {
    const spent = await this.#parts.records.read
      .deleteFrom('passkey_challenges')
      .where('challenge_hash', '=', tokenHash(challenge))
      .returning(['purpose', 'expires_at'])
      .executeTakeFirst();
    return (
      spent !== undefined &&
      spent.purpose === nameOf(purpose) &&
      Number(spent.expires_at) > this.#parts.clock.now()
    );
  }
}

function nameOf(purpose: ChallengePurpose): string {
  return purpose.what === 'sign-in' ? 'sign-in' : `${purpose.what}:${purpose.sessionId}`;
}
