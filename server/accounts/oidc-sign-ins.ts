import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Parts } from '../parts.ts';
import type { SignInProof } from '../ports/identity-provider.ts';
import { tokenHash } from './hashing.ts';
import type { Cookies } from './sessions.ts';

/** How long somebody may take at the other service, in milliseconds. */
export const OIDC_SIGN_IN_LIFETIME = 10 * 60_000;

/** Only the two calls that need it get it. */
const PATH = '/api/session/oidc';

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings'>;

/**
 * Sign-ins that have left for another service. The browser that began one holds its
 * ticket in a cookie, and all that proves the return is made from the ticket: nothing
 * that is kept here could finish it.
 *
 * The cookie is SameSite=Strict: the return is a page of ours, opened from elsewhere
 * without it, that then makes a call of its own with it.
 */
export class OidcSignIns {
  readonly #parts: Needs;
  readonly #secure: boolean;

  constructor(parts: Needs) {
    this.#parts = parts;
    this.#secure = parts.settings.publicUrl.startsWith('https:');
  }

  /** @returns what to send to the service, and the cookie of the browser that is sent there */
  async begin(): Promise<{ readonly proof: SignInProof; readonly cookies: Cookies }> {
    const { records, clock, random } = this.#parts;
    const ticket = Buffer.from(random.bytes(32)).toString('base64url');
    const now = clock.now();
    await records.transaction(async (transaction) => {
      await transaction.deleteFrom('oidc_sign_ins').where('expires_at', '<=', now).execute();
      await transaction
        .insertInto('oidc_sign_ins')
        .values({ ticket_hash: tokenHash(ticket), expires_at: now + OIDC_SIGN_IN_LIFETIME })
        .execute();
    });
    return { proof: proofOf(ticket), cookies: [this.#cookie(ticket, OIDC_SIGN_IN_LIFETIME / 1_000)] };
  }

  /**
   * Spends the sign-in of the request's cookie: a return that fails is not tried a second time.
   * @returns null where none is on its way from this browser, or not for so long
   */
  async spend(request: IncomingMessage): Promise<SignInProof | null> {
    const ticket = this.#ticketOf(request);
    if (ticket === null) return null;
    const spent = await this.#parts.records.read
      .deleteFrom('oidc_sign_ins')
      .where('ticket_hash', '=', tokenHash(ticket))
      .returning('expires_at')
      .executeTakeFirst();
    return spent !== undefined && Number(spent.expires_at) > this.#parts.clock.now() ? proofOf(ticket) : null;
  }

  /** @returns what takes the cookie from the browser */
  over(): Cookies {
    return [this.#cookie('', 0)];
  }

  get #name(): string {
    return this.#secure ? '__Secure-casebook.oidc' : 'casebook.oidc';
  }

  #cookie(value: string, seconds: number): string {
    return (
      `${this.#name}=${value}; Max-Age=${seconds}; Path=${PATH}; HttpOnly; SameSite=Strict` +
      `${this.#secure ? '; Secure' : ''}`
    );
  }

  #ticketOf(request: IncomingMessage): string | null {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const found = pairs.find((pair) => pair.startsWith(`${this.#name}=`));
    const ticket = found?.slice(this.#name.length + 1) ?? '';
    return /^[\w-]{43}$/.test(ticket) ? ticket : null;
  }
}

/** None of them tells another: the state stands in an address, the verifier must not. */
function proofOf(ticket: string): SignInProof {
  const made = (what: string) =>
    createHmac('sha256', ticket).update(`casebook.oidc ${what}`).digest('base64url');
  return { state: made('state'), nonce: made('nonce'), verifier: made('verifier') };
}
