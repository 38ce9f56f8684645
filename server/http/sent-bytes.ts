import type { Request } from 'express';
import { Refusal } from './refusal.ts';

/** Files on their way at once, in all and of one person: each is held in memory until it is there. */
const MOST_AT_ONCE = 12;
const MOST_OF_ONE = 2;

const onTheirWay = new Map<string, number>();

/**
 * Reads a file that is sent as it is, and never more of it than may be.
 * @param most in bytes
 * @throws Refusal unsupported for another kind of body; too-large; bad-request for what was cut off;
 *   too-many and unavailable while others are on their way
 */
export async function readSentBytes(request: Request, personId: string, most: number): Promise<Uint8Array> {
  if (!request.is('application/octet-stream')) {
    throw new Refusal('unsupported', 'Send the file itself, as application/octet-stream.');
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const own = onTheirWay.get(personId) ?? 0;
  if (own >= MOST_OF_ONE)
    throw new Refusal('too-many', 'Wait until your other files are there.', undefined, 5);
  const all = [...onTheirWay.values()].reduce((sum, one) => sum + one, 0);
  if (all >= MOST_AT_ONCE) {
    throw new Refusal('unavailable', 'Many files are on their way just now. Try again in a moment.');
  }
  onTheirWay.set(personId, own + 1);
  try {
    return await read(request, most);
  } finally {
    const left = (onTheirWay.get(personId) ?? 1) - 1;
    if (left === 0) onTheirWay.delete(personId);
    else onTheirWay.set(personId, left);
  }
}

async function read(request: Request, most: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > most) throw tooLarge(most);
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // the other side went away: nobody reads the answer
    throw new Refusal('bad-request', 'The file did not arrive as a whole.');
  }
  return Buffer.concat(parts, length);
}

function tooLarge(most: number): Refusal {
  return new Refusal('too-large', `At most ${Math.floor(most / (1024 * 1024))} MB can be sent.`);
}
