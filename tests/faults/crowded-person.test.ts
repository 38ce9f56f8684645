import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { writeControl, writeFrame } from '../../shared/protocol/frames.ts';
import { writeUpdate } from '../../shared/protocol/messages.ts';
import { HOSTILE, searchingUpdate } from '../support/hostile-updates.ts';
import { aims, type FieldServer, startFieldServer } from './support/field-server.ts';
import { HighWater, residentMiB } from './support/memory.ts';
import { BINARY, CONTINUED, frame, frameHead, RawSocket } from './support/raw-socket.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Milliseconds within which somebody else's edit is seen meanwhile: p99. */
const OTHERS_P99 = 200;
const SOCKETS = 10;
const EDITS = 300;
/** Letters, each put before another one's. */
const PLACES = 10_000;
/** What the unfinished messages of one person may cost, MiB: two whole ones, and what a process takes besides. */
const MEMORY_RISE = 50;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('many sockets of one person', () => {
  test('[INPUT-1] row 19: that open, send garbage and close as fast as they can hold nobody up', async () => {
    const { server, ann, ben, blockIds } = field;
    const [quiet = '', target = ''] = blockIds;
    const one = await RoomsClient.connect(server, ann.token);
    const two = await RoomsClient.connect(server, ann.token);
    const [mine, theirs] = [one.open(1, quiet), two.open(1, quiet)];
    await one.until(() => one.isSynced(1));
    await two.until(() => two.isSynced(1));
    const [, garbage] = HOSTILE[0] as (typeof HOSTILE)[number];
    const cycle = Buffer.concat(
      [
        writeControl({ t: 'open', channel: 1, room: `block/${target}`, schema: SCHEMA_VERSION }),
        writeFrame(1, writeUpdate(garbage)),
        writeControl({ t: 'close', channel: 1 }),
      ].map(frame),
    );
    const many = Buffer.concat(Array.from({ length: 200 }, () => cycle));
    const raws = await Promise.all(Array.from({ length: SOCKETS }, () => RawSocket.open(server, ben.token)));
    const flood = raws.map(async (raw) => {
      while (raw.write(many) || !raw.socket.destroyed) await Promise.all([raw.drained(), rest(5)]);
    });
    const latencies: number[] = [];
    for (let edit = 0; edit < EDITS; edit++) {
      const from = performance.now();
      aims(mine).insert(0, `w${edit} `);
      await two.until(() => aims(theirs).toString().startsWith(`w${edit} `));
      latencies.push(performance.now() - from);
      await rest(10);
    }
    for (const raw of raws) raw.end();
    await Promise.all(flood);
    latencies.sort((a, b) => a - b);
    expect(latencies[Math.floor(EDITS * 0.99)]).toBeLessThan(OTHERS_P99);
    for (const client of [one, two]) client.close();
  });

  test('[INPUT-1] row 18: that leave messages unfinished take no more memory together than one', async () => {
    const { server, ben } = field;
    const before = residentMiB(server.pid);
    const most = new HighWater(server.pid);
    const piece = Buffer.alloc(90 * 1024);
    const raws = await Promise.all(Array.from({ length: 16 }, () => RawSocket.open(server, ben.token)));
    for (let at = 0; at < 40; at++) {
      for (const raw of raws) {
        raw.write(frameHead({ opcode: at === 0 ? BINARY : CONTINUED, length: piece.length, final: false }));
        raw.write(piece);
      }
      await Promise.all(raws.map((raw) => raw.drained()));
      await rest(5);
    }
    await rest(200);
    const held = raws.filter((raw) => !raw.socket.destroyed);
    expect(held.length).toBeLessThan(4);
    expect(most.end() - before).toBeLessThan(MEMORY_RISE);
    for (const raw of held) raw.end();
  });

  test('[INPUT-1] row 18: a message in very many pieces closes its socket', async () => {
    const { server, ben } = field;
    const raw = await RawSocket.open(server, ben.token);
    raw.write(frameHead({ opcode: BINARY, length: 0, final: false }));
    const next = frameHead({ opcode: CONTINUED, length: 0, final: false });
    raw.write(Buffer.concat(Array.from({ length: 2_000 }, () => next)));
    await raw.closed;
  });
});

describe('words that each look for another place', () => {
  test('[INPUT-1] row 20: are refused to their sender, while others write on and join', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[2] as string;
    const one = await RoomsClient.connect(server, ann.token);
    const line = new Y.Doc();
    line.clientID = 5;
    one.open(1, blockId, line);
    await one.until(() => one.isSynced(1));
    aims(line).insert(0, 'k'.repeat(PLACES + 1));
    await one.until(() => one.isSaved(1));
    const eve = await RoomsClient.connect(server, ben.token);
    eve.open(1, blockId);
    await eve.until(() => eve.isSynced(1));
    // 60 kB that would take every joiner half a minute.
    eve.write(1, writeUpdate(searchingUpdate(PLACES)));
    const other = await RoomsClient.connect(server, ben.token);
    const theirs = other.open(1, blockId);
    await other.until(() => other.isSynced(1));
    const from = performance.now();
    aims(line).insert(0, 'still here ');
    await other.until(() => aims(theirs).toString().startsWith('still here '));
    expect(performance.now() - from).toBeLessThan(OTHERS_P99);
    await eve.until(() => eve.controls.some(({ t }) => t === 'refused'));
    expect(eve.controls.at(-1)).toMatchObject({ t: 'refused', reason: 'too-large' });
    expect(aims(theirs).length).toBe(PLACES + 1 + 'still here '.length);
    for (const client of [one, eve, other]) client.close();
  });
});

describe('sockets of nobody', () => {
  test('[INPUT-1] row 18: that do not go are cut, within seconds or after little', async () => {
    const { server } = field;
    const idle = await RawSocket.open(server, 'cb_there-is-no-such-token');
    const loud = await RawSocket.open(server, 'cb_there-is-no-such-token');
    loud.write(frameHead({ opcode: BINARY, length: 1024 * 1024 }));
    loud.write(Buffer.alloc(128 * 1024));
    const from = performance.now();
    await loud.closed;
    expect(performance.now() - from).toBeLessThan(1_000);
    await idle.closed;
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});
