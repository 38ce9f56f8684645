import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enginePage, untilBlock } from './support/engine-page.ts';
import { type FieldServer, startFieldServer } from './support/field-server.ts';
import { mayMount, SmallDisk } from './support/small-disk.ts';

/** MiB; the database of one team takes less than two. */
const SIZE = 16;
const FIELD = 'field/story';

describe.skipIf(!mayMount())('a disk that is full', () => {
  let disk: SmallDisk;
  let field: FieldServer;
  beforeAll(async () => {
    disk = new SmallDisk(SIZE);
    field = await startFieldServer({ dataDir: join(disk.path, 'data') });
  });
  afterAll(async () => {
    await disk.free();
    await field.server.close();
    disk.remove();
  });

  test('[SAVE-1] [SAVE-2] row 4: is said to be not saved, is read from, and is written to again when there is room', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    const page = enginePage(server, ann);
    page.engine.holdBlock(blockId);
    const saved = () => page.view(blockId).live && page.view(blockId).save.kind === 'saved';
    const text = () => page.doc(blockId).getText(FIELD);
    await untilBlock(page, blockId, saved);
    text().insert(0, 'Before. ');
    await untilBlock(page, blockId, saved);

    disk.fill();
    // What the database had room for within its file it may still take.
    let typed = 0;
    while (page.view(blockId).save.kind !== 'on-device') {
      typed += 1;
      text().insert(text().length, `${typed} ${'x'.repeat(20_000)}\n`);
      await untilBlock(page, blockId, () => {
        const { kind } = page.view(blockId).save;
        return kind === 'saved' || kind === 'on-device';
      });
    }
    expect(page.view(blockId).save).toMatchObject({ kind: 'on-device' });
    expect(server.stderr).toContain('edits could not be saved');

    // Reading goes on: a page, and a block.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const reader = enginePage(server, ben);
    reader.engine.holdBlock(blockId);
    await untilBlock(reader, blockId, () => reader.view(blockId).replica !== null);
    expect(reader.doc(blockId).getText(FIELD).toString()).toContain('Before. ');

    await disk.free();
    await untilBlock(page, blockId, saved);
    const whole = text().toString();
    await untilBlock(reader, blockId, () => reader.doc(blockId).getText(FIELD).toString() === whole);
    await server.kill9();
    await server.restart();
    const later = enginePage(server, ben);
    later.engine.holdBlock(blockId);
    await untilBlock(later, blockId, () => later.view(blockId).live && later.view(blockId).replica !== null);
    expect(later.doc(blockId).getText(FIELD).toString()).toBe(whole);
    for (const each of [page, reader, later]) each.engine.stop();
    for (const each of [page, reader, later]) await each.settled();
  });
});
