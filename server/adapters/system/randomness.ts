import { randomBytes } from 'node:crypto';
import type { Randomness } from '../../ports/clock.ts';

export const systemRandomness: Randomness = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  id: () => randomBytes(17).toString('base64url').slice(0, 22),
};
