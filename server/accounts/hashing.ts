import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** For long random tokens, which need no salt. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** For short codes: without the installation's secret, a stolen table would tell them all. */
export function codeHash(secret: string, purpose: string, code: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${code}`).digest('base64url');
}

export function sameHash(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
