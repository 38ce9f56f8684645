import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { writeControl, writeFrame } from '../../shared/protocol/frames.ts';
import { writeUpdate } from '../../shared/protocol/messages.ts';
import { joinTeam, type Member } from '../collaboration/live-client.ts';
import { Dice } from '../support/dice.ts';
import { HOSTILE } from '../support/hostile-updates.ts';
import { aims, type FieldServer, startFieldServer } from './support/field-server.ts';
import { frame, RawSocket } from './support/raw-socket.ts';
import { RoomsClient } from './support/rooms-client.ts';

const SEED = Number(process.env.SEED ?? 1);
/** Hostile people, and the sockets of each. */
const HOSTILE_PEOPLE = 4;
const SOCKETS_EACH = 4;
/** Honest people, all of whom write in one block and read the others there. */
const HONEST_PEOPLE = 4;
const EDITS_EACH = 300;
/** Milliseconds within which an honest person's edit is seen by the others meanwhile: p99 of each. */
const OTHERS_P99 = 200;
/** Of which so many are put together before they are sent over and over. */
const DIFFERENT = 300;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** @returns bytes of one socket: a block is opened, written to with what is broken, and left, many times over */
function garbage(dice: Dice, blockId: string): Buffer {
  const doc = new Y.Doc();
  const honest: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => honest.push(update));
  for (let change = 0; change < 40; change++) {
    aims(doc).insert(dice.roll(aims(doc).length + 1), `word${change}`);
    if (change % 4 === 0) aims(doc).delete(0, 2);
  }
  const broken = (): Uint8Array => {
    if (dice.once(3)) return dice.pick(HOSTILE)[1];
    const bytes = dice.pick(honest).slice();
    for (let times = 1 + dice.roll(3); times > 0; times--) bytes[dice.roll(bytes.length)] = dice.roll(256);
    return dice.once(2) ? bytes : bytes.subarray(0, dice.roll(bytes.length));
  };
  const cycles = Array.from({ length: DIFFERENT }, () => [
    writeControl({ t: 'open', channel: 1, room: `block/${blockId}`, schema: SCHEMA_VERSION }),
    writeFrame(1, writeUpdate(broken())),
    writeControl({ t: 'close', channel: 1 }),
  ]);
  return Buffer.concat(cycles.flat().map(frame));
}

describe('several people at once', () => {
  test(`[INPUT-1] row 19: ${HOSTILE_PEOPLE} who send garbage as fast as they can delay none of ${HONEST_PEOPLE} who write (seed ${SEED})`, async () => {
    const { server, team, blockIds } = field;
    const [shared = '', target = ''] = blockIds;
    const dice = new Dice(SEED);
    const people = async (count: number, kind: string): Promise<Member[]> => {
      const joined: Member[] = [];
      for (let at = 0; at < count; at++) {
        joined.push(await joinTeam(server, team, `${kind} ${String.fromCharCode(65 + at)}`, 'fieldworker'));
      }
      return joined;
    };
    const honest = await Promise.all(
      (await people(HONEST_PEOPLE, 'Honest')).map(async ({ token }) => {
        const client = await RoomsClient.connect(server, token);
        const doc = client.open(1, shared);
        await client.until(() => client.isSynced(1));
        return { client, doc };
      }),
    );
    const raws = await Promise.all(
      (await people(HOSTILE_PEOPLE, 'Hostile')).flatMap(({ token }) =>
        Array.from({ length: SOCKETS_EACH }, () => RawSocket.open(server, token)),
      ),
    );
    let over = false;
    const flood = raws.map(async (raw) => {
      const bytes = garbage(dice, target);
      while (!over && !raw.socket.destroyed) {
        raw.write(bytes);
        await Promise.race([Promise.all([raw.drained(), rest(5)]), raw.closed]);
      }
    });
    const written = honest.map(async ({ client, doc }, writer) => {
      const latencies: number[] = [];
      const others = honest.filter((_, at) => at !== writer);
      for (let edit = 0; edit < EDITS_EACH; edit++) {
        const word = `${writer}w${edit} `;
        const from = performance.now();
        aims(doc).insert(0, word);
        await Promise.all(
          others.map((other) => other.client.until(() => aims(other.doc).toString().includes(word))),
        );
        latencies.push(performance.now() - from);
        await rest(10);
      }
      await client.until(() => client.isSaved(1));
      latencies.sort((one, other) => one - other);
      return latencies[Math.floor(EDITS_EACH * 0.99)] as number;
    });
    const p99 = await Promise.all(written);
    over = true;
    for (const raw of raws) raw.end();
    await Promise.all(flood);
    for (const [writer, ms] of p99.entries()) expect(ms, `of writer ${writer}`).toBeLessThan(OTHERS_P99);
    // Nobody's words are lost or twice, and nobody was turned out for what others did.
    const [first] = honest;
    const words = aims(first?.doc as Y.Doc).toString();
    for (const { client, doc } of honest) {
      expect(aims(doc).toString()).toBe(words);
      expect(client.end).toBeNull();
      expect(client.controls.some(({ t }) => t === 'closed' || t === 'refused')).toBe(false);
    }
    expect(new Set(words.trim().split(' ')).size).toBe(HONEST_PEOPLE * EDITS_EACH);
    expect(words.trim().split(' ')).toHaveLength(HONEST_PEOPLE * EDITS_EACH);
    for (const { client } of honest) client.close();
    const joiner = await RoomsClient.connect(server, field.ann.token);
    joiner.open(1, target);
    await joiner.until(() => joiner.isSynced(1));
    joiner.close();
  });
});
