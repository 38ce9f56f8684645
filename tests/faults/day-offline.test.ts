import 'fake-indexeddb/auto';
import SqliteConnection from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../support/dice.ts';
import { replicaState } from '../support/wire.ts';
import type { Page } from '../sync/support/page.ts';
import { enginePage, untilBlock } from './support/engine-page.ts';
import { databaseOf, type FieldServer, startFieldServer } from './support/field-server.ts';

const SEED = Number(process.env.SEED ?? 1);
const FIELD = 'field/story';
/** What somebody types in a day of visits, on each device. */
const EDITS = 5_000;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

const isSaved = (page: Page, blockId: string) => () =>
  page.view(blockId).live && page.view(blockId).save.kind === 'saved';

async function openFor(page: Page, blockId: string): Promise<void> {
  page.engine.holdBlock(blockId);
  await untilBlock(page, blockId, isSaved(page, blockId));
}

async function close(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) page.engine.stop();
  for (const page of pages) await page.settled();
}

describe('a day offline', () => {
  test(`[SAVE-3] [SAVE-4] row 14: on two devices, ${EDITS} edits each, is merged whole (seed ${SEED})`, async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    const dice = new Dice(SEED);
    const pages = [enginePage(server, ann), enginePage(server, ben)] as const;
    for (const page of pages) await openFor(page, blockId);
    const gone = pages.map((page) => page.network);
    for (const network of gone) network('gone');
    for (const [who, page] of pages.entries()) {
      const text = page.doc(blockId).getText(FIELD);
      // Each types letters that the other never does, and takes some back.
      for (let edit = 0; edit < EDITS; edit++) {
        if (edit % 10 === 9) text.delete(dice.roll(text.length), 1);
        else
          text.insert(dice.roll(text.length + 1), String.fromCharCode((who === 0 ? 97 : 65) + (edit % 26)));
      }
      page.network('gone');
    }
    const typed = pages.map((page) => page.doc(blockId).getText(FIELD).toString()).join('');
    for (const network of gone) network('maybe-back');
    for (const page of pages) await untilBlock(page, blockId, isSaved(page, blockId));
    const state = (page: Page) => JSON.stringify(replicaState(page.doc(blockId)));
    await untilBlock(pages[0], blockId, () => state(pages[0]) === state(pages[1]));
    const merged = pages[0].doc(blockId).getText(FIELD).toString();
    expect([...merged].sort().join('')).toBe([...typed].sort().join(''));
    await close(...pages);
  });

  test('[SAVE-6] row 14: on a copy of another lineage, its words alone are kept apart and offered', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[1] as string;
    const page = enginePage(server, ann);
    await openFor(page, blockId);
    page.doc(blockId).getText(FIELD).insert(0, 'Of the old past. ');
    await untilBlock(page, blockId, isSaved(page, blockId));
    page.network('gone');
    await server.stop();
    page.doc(blockId).getText(FIELD).insert(17, 'Typed in the train.');
    // As an erasure or a restored backup will do: the same block, with another past.
    const database = new SqliteConnection(databaseOf(server.dataDir));
    for (const table of ['block_log', 'block_snapshots', 'block_clients']) {
      database.prepare(`delete from ${table} where block_id = ?`).run(blockId);
    }
    database.prepare("update block_heads set lineage = 'another' where block_id = ?").run(blockId);
    database.close();
    await server.restart();
    page.network('maybe-back');
    await untilBlock(page, blockId, () => page.engine.kept.get().length > 0);
    expect(page.engine.kept.get()).toMatchObject([{ words: 'Typed in the train.', reason: 'lineage' }]);
    await untilBlock(page, blockId, isSaved(page, blockId));
    expect(page.doc(blockId).getText(FIELD).toString()).toBe('');
    const reader = enginePage(server, ben);
    await openFor(reader, blockId);
    expect(reader.doc(blockId).getText(FIELD).toString()).toBe('');
    await close(page, reader);
  });
});
