import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { Paper } from '../collaboration/paper.ts';
import { Dice } from '../support/dice.ts';
import { replicaState } from '../support/wire.ts';
import type { Page } from '../sync/support/page.ts';
import { BadLine } from './support/bad-line.ts';
import { enginePage, untilBlock } from './support/engine-page.ts';
import { databaseOf, type FieldServer, readFrom, startFieldServer } from './support/field-server.ts';

const SEED = Number(process.env.SEED ?? 1);
/** Changes of each person, a quarter of a second apart at most. */
const CHANGES = 80;
const FIELD = 'field/story';
/** Milliseconds within which pages that were on a frozen network are alike again. */
const IN_STEP_WITHIN = 60_000;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

const isOpen = (page: Page, blockId: string) => () =>
  page.view(blockId).live && page.view(blockId).replica !== null;
const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('200 ms of latency, jitter, and connections that break', () => {
  test(`[SAVE-3] [SAVE-4] [SAVE-5] row 9: ends equal, nothing twice, hidden words in the tray (seed ${SEED})`, async () => {
    const { server, team, ann, ben, blockIds } = field;
    const dice = new Dice(SEED);
    const blockId = blockIds[0] as string;
    const [herLine, hisLine] = [await BadLine.to(server.url, SEED), await BadLine.to(server.url, SEED + 1)];
    const lines = [herLine, hisLine];
    const pages = [enginePage(herLine, ann), enginePage(hisLine, ben)];
    for (const page of pages) page.engine.holdBlock(blockId);
    const isSaved = (page: Page) => () => page.view(blockId).live && page.view(blockId).save.kind === 'saved';
    await Promise.all(pages.map((page) => untilBlock(page, blockId, isSaved(page))));
    const papers = pages.map((page) => new Paper(page.doc(blockId)));
    papers[0]?.write('Watching lessons together', 'Talking about them');
    await untilBlock(pages[1] as Page, blockId, () => (papers[1]?.text ?? '').includes('Talking about them'));

    for (const line of lines) line.weather = { latency: 100, jitter: 60, resetOnceIn: 60 };
    const typed: string[] = [];
    await Promise.all(
      pages.map(async (page, who) => {
        for (let change = 0; change < CHANGES; change++) {
          await rest(dice.roll(250));
          const sign = String.fromCharCode(0x4e00 + change * 2 + who);
          const text = page.doc(blockId).getText(FIELD);
          text.insert(dice.roll(text.length + 1), sign);
          typed.push(sign);
        }
      }),
    );
    for (const line of lines) line.weather = { ...line.weather, resetOnceIn: 0 };
    // One types in a paragraph that the other turns into a heading, both without knowing.
    await Promise.all(pages.map((page) => untilBlock(page, blockId, isSaved(page))));
    hisLine.unplug();
    pages[1]?.network('gone');
    papers[1]?.type('Watching lessons', ' and pupils');
    papers[0]?.makeHeading('Watching lessons');
    await untilBlock(pages[0] as Page, blockId, isSaved(pages[0] as Page));
    hisLine.plugIn();
    pages[1]?.network('maybe-back');

    await Promise.all(pages.map((page) => untilBlock(page, blockId, isSaved(page))));
    const [mine, other] = pages.map((page) => page.doc(blockId)) as [Y.Doc, Y.Doc];
    await untilBlock(pages[0] as Page, blockId, () => {
      return JSON.stringify(replicaState(mine)) === JSON.stringify(replicaState(other));
    });
    expect(herLine.resets + hisLine.resets).toBeGreaterThan(2);
    expect([...mine.getText(FIELD).toString()].sort()).toEqual(typed.sort());
    expect(replicaState(await readFrom(databaseOf(server.dataDir), blockId))).toEqual(replicaState(mine));
    const { lostWords } = await team.calls.call('GET /api/cases/:caseId/lost-words', undefined, {
      caseId: team.case.id,
    });
    expect(lostWords.map(({ words }) => words.trim())).toEqual(['and pupils']);
    for (const page of pages) page.engine.stop();
    for (const page of pages) await page.settled();
    for (const line of lines) await line.close();
  });
});

describe('a connection of which nobody hears the end', () => {
  test.concurrent('[INPUT-1] row 10: is dropped within a minute, and its presence is gone', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[1] as string;
    const proxy = await BadLine.to(server.url, SEED);
    const gone = enginePage(proxy, ann);
    const here = enginePage(server, ben);
    for (const page of [gone, here]) page.engine.holdBlock(blockId);
    for (const page of [gone, here]) await untilBlock(page, blockId, isOpen(page, blockId));
    gone.view(blockId).replica?.awareness.setLocalState({ cursor: null });
    const carets = () => [...(here.view(blockId).replica?.awareness.getStates().values() ?? [])];
    const seesAnn = () => carets().some((state) => state.user?.id === ann.personId);
    await untilBlock(here, blockId, seesAnn);
    proxy.freeze();
    const from = Date.now();
    await untilBlock(here, blockId, () => !seesAnn());
    expect(Date.now() - from).toBeLessThan(60_000);
    for (const page of [gone, here]) page.engine.stop();
    await proxy.close();
  });

  test.concurrent('[SAVE-3] row 11: pages recover on their own from a server that stood still for 30 s', async () => {
    const still = await startFieldServer();
    const { server, ann, ben, blockIds } = still;
    const blockId = blockIds[0] as string;
    const pages = [enginePage(server, ann), enginePage(server, ben)];
    for (const page of pages) page.engine.holdBlock(blockId);
    for (const page of pages) await untilBlock(page, blockId, isOpen(page, blockId));
    process.kill(server.pid, 'SIGSTOP');
    for (const [who, page] of pages.entries()) {
      page
        .doc(blockId)
        .getText(FIELD)
        .insert(0, who === 0 ? 'Typed' : 'Meanwhile');
    }
    await rest(30_000);
    process.kill(server.pid, 'SIGCONT');
    const from = Date.now();
    for (const page of pages) {
      await untilBlock(page, blockId, () => {
        const text = page.doc(blockId).getText(FIELD).toString();
        const whole = text.includes('Typed') && text.includes('Meanwhile') && text.length === 14;
        return whole && page.view(blockId).live && page.view(blockId).save.kind === 'saved';
      });
    }
    expect(Date.now() - from).toBeLessThan(IN_STEP_WITHIN);
    for (const page of pages) page.engine.stop();
    await server.close();
  });
});
