import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addCase,
  aims,
  databaseOf,
  type FieldServer,
  readFrom,
  startFieldServer,
  wordsOf,
} from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Acknowledgements after which the stop comes, in the middle of everything. */
const STOP_AFTER = 2_000;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

describe('SIGTERM with dozens of busy blocks', () => {
  test('[STOP-1] row 3: saves all that was accepted, says so to its writers, and ends with 0', async () => {
    const { server, team, ann, ben } = field;
    const blocks = [...field.blockIds, ...(await addCase(team, 'A second case'))];
    expect(blocks.length).toBeGreaterThanOrEqual(24);
    const clients = await Promise.all([ann, ben].map(({ token }) => RoomsClient.connect(server, token)));
    const acknowledged = new Map(blocks.map((blockId) => [blockId, new Set<string>()]));
    let acks = 0;
    let stopped: ReturnType<typeof server.stop> | null = null;
    for (const [who, client] of clients.entries()) {
      const docs = blocks.map((blockId, at) => client.open(at + 1, blockId));
      await client.until(() => docs.every((_, at) => client.isSynced(at + 1)));
      const sent = docs.map(() => new Map<string, number>());
      let typed = 0;
      const type = (at: number) => {
        const text = aims(docs[at] as (typeof docs)[number]);
        const word = `p${who}w${typed++}`;
        text.insert(text.length, `${word} `);
        sent[at]?.set(word, client.saved(at + 1).writes);
      };
      client.onControl = (message) => {
        if (message.t !== 'saved') return;
        const at = message.channel - 1;
        for (const [word, write] of sent[at] ?? []) {
          if (write <= message.n) acknowledged.get(blocks[at] as string)?.add(word);
        }
        acks += 1;
        if (acks === STOP_AFTER) stopped = server.stop();
        type(at);
      };
      for (let at = 0; at < docs.length; at++) type(at);
    }
    await Promise.all(clients.map((client) => client.until(() => client.end !== null)));
    expect(await stopped).toMatchObject({ code: 0, signal: null });
    for (const { end } of clients) expect(end).toEqual({ code: 4503, reason: 'stopping' });
    for (const [blockId, words] of acknowledged) {
      const there = new Set(wordsOf(await readFrom(databaseOf(server.dataDir), blockId)));
      expect(words.size).toBeGreaterThan(0);
      expect([...words].filter((word) => !there.has(word))).toEqual([]);
    }
    await server.restart();
  });
});
