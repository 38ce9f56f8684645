import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCase, aims, type FieldServer, startFieldServer } from './support/field-server.ts';
import { residentMiB } from './support/memory.ts';
import { RoomsClient } from './support/rooms-client.ts';

const PAGES = 500;
/** Milliseconds from the server's being there again to the last page's being in step. */
const IN_STEP_WITHIN = 5_000;
/** What everybody reads: 8,000 words. */
const WORDS = 8_000;
/** A paste of a million characters is over the bound; what a block takes is 800,000. */
const PASTED = 1_000_000;
/** The same in a paste that a block takes. */
const TAKEN = 700_000;
/** Milliseconds in which others see each other's edits meanwhile: p99. */
const OTHERS_P99 = 200;
const CASES = 95;
/** Milliseconds after which a room that was left is unloaded, and some more. */
const UNLOADED_AFTER = 13_000;
const MEMORY_RISE = 1.1;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('a crowd', () => {
  test(`[SAVE-4] row 13: ${PAGES} pages that come back at once are in step within ${IN_STEP_WITHIN / 1_000} s`, async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    const first = await RoomsClient.connect(server, ann.token);
    const text = first.open(1, blockId);
    await first.until(() => first.isSynced(1));
    aims(text).insert(0, Array.from({ length: WORDS }, (_, at) => `word${at}`).join(' '));
    await first.until(() => first.isSaved(1));
    first.close();
    const state = Y.encodeStateAsUpdate(text);
    const docs = Array.from({ length: PAGES }, () => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      return doc;
    });
    await server.kill9();
    await server.restart();

    const from = performance.now();
    const pages = await Promise.all(
      docs.map(async (doc, at) => {
        const page = await RoomsClient.connect(server, (at % 2 ? ann : ben).token);
        page.open(1, blockId, doc);
        await page.until(() => page.isSynced(1));
        return page;
      }),
    );
    const last = pages.at(-1) as RoomsClient;
    aims(docs.at(-1) as Y.Doc).insert(0, 'All here. ');
    await Promise.all(
      pages.map((page, at) =>
        page.until(() =>
          aims(docs[at] as Y.Doc)
            .toString()
            .startsWith('All here. '),
        ),
      ),
    );
    await last.until(() => last.isSaved(1));
    expect(performance.now() - from).toBeLessThan(IN_STEP_WITHIN);
    for (const page of pages) page.close();
  });

  test.each([
    ['over the bound', PASTED, false],
    ['within it', TAKEN, true],
  ] as const)(
    '[INPUT-1] row 23: a paste of very many characters, %s, delays nobody',
    async (_what, length, isTaken) => {
      const { server, team, ann, ben } = field;
      const [pasted = '', other = ''] = await addCase(team, `For ${length}`);
      const [one, two] = [
        await RoomsClient.connect(server, ann.token),
        await RoomsClient.connect(server, ben.token),
      ];
      const [mine, theirs] = [one.open(1, other), two.open(1, other)];
      await one.until(() => one.isSynced(1));
      await two.until(() => two.isSynced(1));
      const paster = await RoomsClient.connect(server, ben.token);
      const doc = paster.open(1, pasted);
      await paster.until(() => paster.isSynced(1));

      const latencies: number[] = [];
      for (let edit = 0; edit < 150; edit++) {
        if (edit === 20) aims(doc).insert(0, 'x'.repeat(length));
        const from = performance.now();
        aims(mine).insert(0, `w${edit} `);
        await two.until(() => aims(theirs).toString().startsWith(`w${edit} `));
        latencies.push(performance.now() - from);
        await rest(10);
      }
      await paster.until(() => paster.isSaved(1) || paster.controls.some(({ t }) => t === 'refused'));
      const refused = paster.controls.find(({ t }) => t === 'refused');
      if (isTaken) expect(paster.isSaved(1)).toBe(true);
      else expect(refused).toMatchObject({ reason: 'too-large' });
      latencies.sort((a, b) => a - b);
      expect(latencies[Math.floor(latencies.length * 0.99)]).toBeLessThan(OTHERS_P99);
      for (const client of [one, two, paster]) client.close();
    },
  );

  test('[INPUT-1] row 24: thousands of rooms that were opened and left leave no memory behind', async () => {
    const { server, team, ann } = field;
    const blockIds: string[] = [];
    for (let at = 0; at < CASES; at++) blockIds.push(...(await addCase(team, `Case ${at}`)));
    const openAll = async () => {
      for (let from = 0; from < blockIds.length; from += 200) {
        const client = await RoomsClient.connect(server, ann.token);
        const some = blockIds.slice(from, from + 200);
        for (const [at, blockId] of some.entries()) client.open(at + 1, blockId);
        await client.until(() => some.every((_, at) => client.isSynced(at + 1)));
        client.close();
      }
      await rest(UNLOADED_AFTER);
    };
    // The first times fill what a process keeps: prepared statements, compiled code, the heap's own room.
    await openAll();
    await openAll();
    const before = residentMiB(server.pid);
    await openAll();
    expect(blockIds.length).toBeGreaterThan(2_000);
    expect(residentMiB(server.pid)).toBeLessThan(before * MEMORY_RISE);
  });
});
