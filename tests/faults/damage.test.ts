import SqliteConnection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { casebook } from '../support/server.ts';
import { aims, databaseOf, type FieldServer, startFieldServer } from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** More rows than make a snapshot when the room is left. */
const ROWS = 40;

let field: FieldServer;
beforeEach(async () => {
  field = await startFieldServer();
});
afterEach(() => field.server.close());

/** Writes so that each block has rows, and a snapshot where the server stops. */
async function write(blockIds: readonly string[]): Promise<void> {
  const client = await RoomsClient.connect(field.server, field.ann.token);
  for (const [at, blockId] of blockIds.entries()) {
    const doc = client.open(at + 1, blockId);
    await client.until(() => client.isSynced(at + 1));
    for (let row = 0; row < ROWS; row++) {
      aims(doc).insert(aims(doc).length, 'word ');
      await client.until(() => client.isSaved(at + 1));
    }
  }
  client.close();
}

describe.each([
  ['a snapshot', 'update block_snapshots set bytes = zeroblob(length(bytes)) where block_id = ?'],
  ['a row of the log', 'update block_log set bytes = zeroblob(length(bytes)) where seq = 7 and block_id = ?'],
  ['a row that is gone', 'delete from block_log where seq = 7 and block_id = ?'],
] as const)('%s that is damaged', (what, sql) => {
  test('[SAVE-3] row 6: is told to whoever joins, never shown as empty; other blocks work; check names it', async () => {
    const { server, blockIds, ann } = field;
    const [damaged = '', whole = ''] = blockIds;
    await write([damaged, whole]);
    await server.stop();
    const database = new SqliteConnection(databaseOf(server.dataDir));
    // Without its snapshot the block is read from its rows.
    if (what !== 'a snapshot')
      database.prepare('delete from block_snapshots where block_id = ?').run(damaged);
    expect(database.prepare(sql).run(damaged).changes).toBe(1);
    database.close();

    const checked = await casebook(['check'], { DATA_DIR: server.dataDir });
    expect(checked.code).toBe(1);
    expect(`${checked.stdout}${checked.stderr}`).toContain(damaged);
    expect(`${checked.stdout}${checked.stderr}`).not.toContain(whole);

    await server.restart();
    const client = await RoomsClient.connect(server, ann.token);
    const empty = client.open(1, damaged);
    const doc = client.open(2, whole);
    await client.until(() => client.isSynced(2) && client.controls.some(({ t }) => t === 'denied'));
    expect(client.controls).toContainEqual({ t: 'denied', channel: 1, reason: 'load-failed' });
    expect(client.isSynced(1)).toBe(false);
    // What the refused page types goes nowhere.
    aims(empty).insert(0, 'over it');
    aims(doc).insert(0, 'and on ');
    await client.until(() => client.isSaved(2));
    expect(client.end).toBeNull();
    expect(client.saved(1).saved).toBe(0);
    client.close();
    expect(server.stderr).toContain(damaged);
  });
});
