import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveClient } from '../collaboration/live-client.ts';
import { casebook, startServer } from '../support/server.ts';
import { aims, databaseOf, type FieldServer, startFieldServer, wordsOf } from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Acknowledged writes before the copy begins, and while it may go on. */
const BEFORE = 150;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

describe('a copy that is made while people type', () => {
  test('[STOP-1] row 7: opens elsewhere with all that was acknowledged when it began', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    const acknowledged = new Set<string>();
    let typing = true;
    let enough = () => {};
    const halfway = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const writers = [ann, ben].map(async ({ token }, who) => {
      const writer = await RoomsClient.connect(server, token);
      const doc = writer.open(1, blockId);
      await writer.until(() => writer.isSynced(1));
      for (let typed = 0; typing; typed++) {
        const word = `p${who}w${typed}`;
        aims(doc).insert(aims(doc).length, `${word} `);
        await writer.until(() => writer.isSaved(1));
        acknowledged.add(word);
        if (acknowledged.size === BEFORE) enough();
      }
      writer.close();
    });
    await halfway;
    const elsewhere = await mkdtemp(join(tmpdir(), 'casebook-copy-'));
    const source = new SqliteConnection(databaseOf(server.dataDir), { readonly: true });
    const atCut = [...acknowledged];
    await source.backup(databaseOf(elsewhere));
    source.close();
    typing = false;
    await Promise.all(writers);

    const checked = await casebook(['check'], { DATA_DIR: elsewhere });
    expect(checked.code, checked.stderr).toBe(0);
    const copy = await startServer({ dataDir: elsewhere });
    const reader = new LiveClient(copy, blockId, ben.token);
    await reader.synced();
    const there = wordsOf(reader.doc);
    expect(atCut.filter((word) => !there.includes(word))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
    reader.end();
    await copy.close();
    await rm(elsewhere, { recursive: true });
  });
});
