/**
 * All chance of a schedule comes from its seed. Import this file before anything
 * that imports lib0: Yjs takes its client ids from there.
 */
import { webcrypto } from 'node:crypto';
import { Dice } from '../support/dice.ts';

let ids = new Dice(0);

/** From here on client ids follow from this seed. */
export function seedClientIds(seed: number): void {
  ids = new Dice(seed ^ 0x5eed);
}

Object.assign(webcrypto, {
  getRandomValues<T extends ArrayBufferView>(into: T): T {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let at = 0; at < bytes.length; at++) bytes[at] = ids.word() & 0xff;
    return into;
  },
});
