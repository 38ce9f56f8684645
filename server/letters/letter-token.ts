import { createHmac } from 'node:crypto';
import type { Randomness } from '../ports/clock.ts';

/**
 * The token of a letter's link, made anew from the letter's seed and the installation's
 * secret as often as the letter has to be handed over: after a crash it goes out word for
 * word as before, under the same id, so that whoever has both copies has the same link.
 * The database never holds the token, and the seed only until the letter is out (LINK-1).
 * @returns 43 characters
 */
export function letterToken(secret: string, letterId: string, seed: string): string {
  return createHmac('sha256', secret).update(`letter\n${letterId}\n${seed}`).digest('base64url');
}

export function newSeed(random: Randomness): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}
