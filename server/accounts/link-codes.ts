import type { Selectable } from 'kysely';
import { LINK_DAYS } from '../../shared/letters/letter-text.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { codeNotUsable, type OneTimeCodes } from './codes.ts';
import { accountOfLink, needsCode, openLink, revokeLinks } from './links.ts';
import { linkCodeMail } from './sign-in-mail.ts';

/** How long a contact's link can be made to work, in milliseconds. */
const LONGEST_LINK = Math.max(...LINK_DAYS) * 24 * 60 * 60_000;

/** Wrong digits after which the link itself is spent: somebody is guessing. */
export const LINK_GUESSES = 20;

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'log'>;

/** The second half of a link that needs one: digits sent to the address on file (LINK-1). */
export class LinkCodes {
  readonly #parts: Needs;
  readonly #codes: OneTimeCodes;
  readonly #sent: RateLimit;
  readonly #wrong: RateLimit;

  constructor(parts: Needs, codes: OneTimeCodes) {
    this.#parts = parts;
    this.#codes = codes;
    this.#sent = new RateLimit(parts.clock, { most: 3, windowMs: 10 * 60_000 });
    this.#wrong = new RateLimit(parts.clock, { most: LINK_GUESSES - 1, windowMs: LONGEST_LINK });
  }

  /**
   * @throws Refusal `link-not-usable`; `bad-request` for a link that needs no digits;
   *   `unavailable` when the mail could not be sent
   */
  async send(token: string): Promise<void> {
    const { records, clock, random, mailer, log } = this.#parts;
    const link = await openLink(records.read, token, clock.now());
    if (!(await needsCode(this.#parts, records.read, link)) || (await accountOfLink(records.read, link))) {
      throw new Refusal('bad-request', 'This link needs no code.');
    }
    this.#sent.take(link.id);
    const code = await this.#codes.issue(linkCodePurpose(link.id));
    try {
      const { email, name } = link;
      const quotesAlone = link.quotes_alone === 1;
      await mailer.send(linkCodeMail({ id: random.id(), email, name, code, quotesAlone }));
    } catch (cause) {
      log.error('the code of a link could not be sent', { link: link.id }, cause);
      throw new Refusal('unavailable', 'The mail could not be sent. Try again a little later.');
    }
  }

  /**
   * Spends the digits of a link that needs them. One whose address has an account
   * needs none: there, signing in is the proof.
   * @returns whether the opener reads the mail of the link's address
   * @throws Refusal `link-not-usable`, or `code-not-usable` for absent or wrong digits
   */
  async check(token: string, code: string | undefined, by: Actor): Promise<boolean> {
    const { records, clock } = this.#parts;
    const link = await openLink(records.read, token, clock.now());
    if (!(await needsCode(this.#parts, records.read, link)) || (await accountOfLink(records.read, link)))
      return false;
    if (code !== undefined && (await this.#codes.redeem(linkCodePurpose(link.id), code))) return true;
    if (code !== undefined) await this.#countWrong(link, by);
    throw codeNotUsable();
  }

  async #countWrong(
    { id, study_id: studyId, case_id: caseId }: Selectable<Tables['links']>,
    by: Actor,
  ): Promise<void> {
    try {
      this.#wrong.take(id);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      await this.#parts.records.transaction(async (records) => {
        if ((await revokeLinks(this.#parts, records, { id })) === 0 || studyId === null) return;
        await recordInStudy(records, studyId, {
          kind: 'invitation-locked',
          by,
          at: this.#parts.clock.now(),
          caseId,
          object: { kind: 'invitation', id },
          detail: {},
        });
      });
    }
  }
}

/** @returns what the digits of a link are for */
export function linkCodePurpose(linkId: string): string {
  return `link:${linkId}`;
}
