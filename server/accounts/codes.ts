import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import { codeHash, sameHash } from './hashing.ts';

/** How long a code can be used, in milliseconds. */
export const CODE_LIFETIME = 10 * 60_000;
/** How often a code may be tried; the last of them can still succeed. */
export const CODE_TRIES = 5;

/** The one answer to every code that does not work. */
export function codeNotUsable(): Refusal {
  return new Refusal(
    'code-not-usable',
    'This code does not work: it may be mistyped, used or have run out. Ask for a new one.',
  );
}

/** @returns what the digits sent to an address are for */
export function signInPurpose(email: string): string {
  return `sign-in:${email}`;
}

/** @returns what the digits are for that go before deleting an account */
export function erasurePurpose(personId: string): string {
  return `erase:${personId}`;
}

type Needs = Pick<Parts, 'records' | 'clock' | 'random'>;

/**
 * Short codes that were sent to an address. There is one at a time per purpose:
 * a new one takes the place of the old.
 */
export class OneTimeCodes {
  readonly #parts: Needs;
  readonly #secret: string;

  constructor(parts: Needs, secret: string) {
    this.#parts = parts;
    this.#secret = secret;
  }

  /**
   * @param purpose what the code is for and for whom, such as `sign-in:<address>`
   * @returns six digits, to be told to nobody but the address
   */
  async issue(purpose: string): Promise<string> {
    const { records, clock, random } = this.#parts;
    const code = sixDigits(random.bytes(8));
    const now = new Date(clock.now()).toISOString();
    await records.transaction(async (transaction) => {
      await transaction.deleteFrom('verification').where('identifier', '=', purpose).execute();
      // What nobody used is of no use to anybody.
      await transaction.deleteFrom('verification').where('expiresAt', '<', now).execute();
      await transaction
        .insertInto('verification')
        .values({
          id: random.id(),
          identifier: purpose,
          value: `${codeHash(this.#secret, purpose, code)}:0`,
          expiresAt: new Date(clock.now() + CODE_LIFETIME).toISOString(),
          createdAt: now,
          updatedAt: now,
        })
        .execute();
    });
    return code;
  }

  /**
   * Spends the code. Every try counts, also of several at the same moment.
   * @returns whether it was the right one, in time, for the first time
   */
  async redeem(purpose: string, code: string): Promise<boolean> {
    const { records, clock } = this.#parts;
    const now = new Date(clock.now()).toISOString();
    return records.transaction(async (transaction) => {
      const row = await transaction
        .selectFrom('verification')
        .select(['id', 'value', 'expiresAt'])
        .where('identifier', '=', purpose)
        .executeTakeFirst();
      if (!row) return false;
      const [hash = '', tried = '0'] = row.value.split(':');
      const tries = Number(tried) + 1;
      const right = row.expiresAt > now && sameHash(hash, codeHash(this.#secret, purpose, code));
      if (right || tries >= CODE_TRIES) {
        await transaction.deleteFrom('verification').where('id', '=', row.id).execute();
      } else {
        await transaction
          .updateTable('verification')
          .set({ value: `${hash}:${tries}`, updatedAt: now })
          .where('id', '=', row.id)
          .execute();
      }
      return right;
    });
  }

  /** Makes a code that is still open worthless. */
  async revoke(purpose: string): Promise<void> {
    await this.#parts.records.read.deleteFrom('verification').where('identifier', '=', purpose).execute();
  }
}

function sixDigits(bytes: Uint8Array): string {
  // 2^64 values over 10^6 codes: the bias is below 10^-13.
  const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  return String(value % 1_000_000n).padStart(6, '0');
}
