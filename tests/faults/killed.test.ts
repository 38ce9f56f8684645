import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Dice } from '../support/dice.ts';
import { casebook } from '../support/server.ts';
import {
  aims,
  databaseOf,
  type FieldServer,
  readFrom,
  startFieldServer,
  wordsOf,
} from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Rounds of typing that end with a kill. */
const KILLS = 12;
/** Kills around a folding, which comes every 200 rows. */
const KILLS_WHILE_FOLDING = 8;
const SEED = Number(process.env.SEED ?? 1);

let field: FieldServer;
beforeEach(async () => {
  field = await startFieldServer();
});
afterEach(() => field.server.close());

/** Words by whether the server may lose them. */
interface Seen {
  readonly acknowledged: Set<string>;
  readonly bySomebodyElse: Set<string>;
}

/**
 * Three people type in two blocks until so many writes were acknowledged, and then the server is killed.
 * @returns what nobody may lose of it
 */
async function typeUntilKilled(round: number, kill: number, blocks: readonly string[]): Promise<Seen> {
  const { server, ann, ben } = field;
  const seen: Seen = { acknowledged: new Set(), bySomebodyElse: new Set() };
  const writers = await Promise.all([ann, ben, ann].map(({ token }) => RoomsClient.connect(server, token)));
  const reader = await RoomsClient.connect(server, ben.token);
  const read = blocks.map((blockId, at) => reader.open(at + 1, blockId));
  let acks = 0;
  let killed: Promise<unknown> | null = null;
  for (const [who, writer] of writers.entries()) {
    const sent = new Map<string, { channel: number; write: number }>();
    const docs = blocks.map((blockId, at) => writer.open(at + 1, blockId));
    await writer.until(() => docs.every((_, at) => writer.isSynced(at + 1)) || writer.end !== null);
    let typed = 0;
    const type = () => {
      const at = typed % docs.length;
      const word = `r${round}p${who}w${typed++}`;
      const doc = docs[at];
      if (!doc) return;
      aims(doc).insert(aims(doc).length, `${word} `);
      sent.set(word, { channel: at + 1, write: writer.saved(at + 1).writes });
    };
    writer.onControl = (message) => {
      if (message.t !== 'saved' || killed) return;
      for (const [word, { channel, write }] of sent) {
        if (channel === message.channel && write <= message.n) seen.acknowledged.add(word);
      }
      acks += 1;
      if (acks >= kill) killed = server.kill9();
      else for (let burst = 0; burst < 2; burst++) type();
    };
    type();
    type();
  }
  await Promise.all([...writers, reader].map((client) => client.until(() => client.end !== null)));
  await killed;
  for (const doc of read) for (const word of wordsOf(doc)) seen.bySomebodyElse.add(word);
  return seen;
}

describe('a server that is killed', () => {
  test(`[SAVE-1] row 1: ${KILLS} times while people type, loses nothing acknowledged or seen (seed ${SEED})`, async () => {
    const { server, blockIds } = field;
    const dice = new Dice(SEED);
    const blocks = blockIds.slice(0, 2);
    const kept = new Set<string>();
    for (let round = 0; round < KILLS; round++) {
      const seen = await typeUntilKilled(round, 1 + dice.roll(120), blocks);
      for (const word of [...seen.acknowledged, ...seen.bySomebodyElse]) kept.add(word);
      const there: string[] = [];
      for (const blockId of blocks)
        there.push(...wordsOf(await readFrom(databaseOf(server.dataDir), blockId)));
      expect([...kept].filter((word) => !there.includes(word))).toEqual([]);
      expect(new Set(there).size).toBe(there.length);
      await server.restart();
    }
    expect(kept.size).toBeGreaterThan(KILLS * 10);
  });

  test(`[SAVE-1] row 2: while it folds, and again while it recovers, has the old state or the new, whole (seed ${SEED})`, async () => {
    const { server, blockIds, ben } = field;
    const dice = new Dice(SEED);
    const blocks = blockIds.slice(0, 1);
    const kept = new Set<string>();
    for (let round = 0; round < KILLS_WHILE_FOLDING; round++) {
      // Every write has a row of its own or shares one with a few: so many acknowledgements pass a folding.
      const seen = await typeUntilKilled(round, 180 + dice.roll(60), blocks);
      for (const word of seen.acknowledged) kept.add(word);
      await server.restart();
      // Recovering, it reads the log and folds what is long: killed in the middle of that.
      const joiner = await RoomsClient.connect(server, ben.token);
      joiner.open(1, blocks[0] as string);
      if (dice.once(2)) await joiner.until(() => joiner.isSynced(1));
      await server.kill9();
      const there = wordsOf(await readFrom(databaseOf(server.dataDir), blocks[0] as string));
      expect([...kept].filter((word) => !there.includes(word))).toEqual([]);
      expect(new Set(there).size).toBe(there.length);
      const checked = await casebook(['check'], { DATA_DIR: server.dataDir });
      expect(checked.code, checked.stderr).toBe(0);
      await server.restart();
    }
  });
});
