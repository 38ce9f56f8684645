import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { sqlRecordStore } from '../../server/adapters/sql/record-store.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { DamagedBlockError, StoreWriteError } from '../../server/ports/block-store.ts';
import { blockHistoryContract, newChangeset } from './block-history.contract.ts';
import { blockStoreContract, newRow, type OpenedStore } from './block-store.contract.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-store-'));
  folders.push(folder);
  return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function openDatabase(file: string): Promise<SqliteDatabase> {
  const database = openSqlite(file);
  await migrate(database.kysely, 'sqlite', 0);
  return database;
}

const inMemory = async (): Promise<OpenedStore> => {
  const database = await openDatabase(':memory:');
  const records = sqlRecordStore(database.kysely);
  const store = new MemoryBlockStore(records);
  return {
    store,
    records,
    damage: (blockId, what) => store.damage(blockId, what),
    close: () => database.close(),
  };
};

const inSqlite = async (): Promise<OpenedStore> => {
  const database = await openDatabase(join(await newFolder(), 'casebook.db'));
  return {
    store: new SqliteBlockStore(database),
    records: sqlRecordStore(database.kysely),
    damage: (blockId, what) => {
      const spoilt = Buffer.of(255);
      if (what === 'snapshot') {
        database.raw.prepare('update block_snapshots set bytes = ? where block_id = ?').run(spoilt, blockId);
      } else if ('window' in what) {
        database.raw
          .prepare(
            'update block_changesets set bytes = ? where block_id = ? and window_number = ? and ordinal = ?',
          )
          .run(spoilt, blockId, what.window, what.ordinal);
      } else {
        database.raw
          .prepare('update block_log set bytes = ? where block_id = ? and seq = ?')
          .run(spoilt, blockId, what.seq);
      }
    },
    close: () => database.close(),
  };
};

blockStoreContract('in memory', inMemory);
blockStoreContract('in an SQLite file', inSqlite);
blockHistoryContract('in memory', inMemory);
blockHistoryContract('in an SQLite file', inSqlite);

describe('the SQLite file', () => {
  it('a row that is missing in the middle is damage', async () => {
    const database = await openDatabase(':memory:');
    const store = new SqliteBlockStore(database);
    await store.create('b1', 'lineage-1');
    await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
    database.raw.exec("delete from block_log where block_id = 'b1' and seq = 2");
    await expect(store.load('b1')).rejects.toThrow('row 2 is missing');
    await expect(store.rowsAfter('b1', 0, 10)).rejects.toThrow('row 2 is missing');
    await database.close();
  });

  it('[SAVE-3] a window whose author, time or place was changed is damage', async () => {
    for (const change of [
      "author_id = 'cem'",
      'to_time = to_time + 1',
      'window_number = 2',
      'row_count = 2',
      "clients = '[]'",
      "lineage = 'lineage-2'",
    ]) {
      const database = await openDatabase(':memory:');
      const store = new SqliteBlockStore(database);
      await store.create('b1', 'lineage-1');
      await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
      await store.saveSnapshot('b1', 'lineage-1', { seq: 3, bytes: Uint8Array.of(1) });
      expect(await store.closeWindow([newChangeset(1, 1, [1, 2, 3])])).toBe(true);
      expect((await store.historyOf('b1'))?.changesets).toHaveLength(1);
      database.raw.exec(`update block_changesets set ${change}`);
      await expect(store.historyOf('b1'), change).rejects.toThrow(DamagedBlockError);
      await database.close();
    }
  });

  it('[SAVE-4] what is known of a snapshot is believed of that one alone, and is no damage where it is not', async () => {
    for (const change of [
      "survey = x'09'",
      'survey_checksum = survey_checksum + 1',
      'survey_checksum = null',
      // A program that knows nothing of surveys folded the block.
      `seq = 2, bytes = x'02', checksum = ${crc32(Uint8Array.of(2))}`,
    ]) {
      const database = await openDatabase(':memory:');
      const store = new SqliteBlockStore(database);
      await store.create('b1', 'lineage-1');
      await store.append([1, 2].map((byte) => newRow('b1', byte)));
      const snapshot = { seq: 1, bytes: Uint8Array.of(1), survey: Uint8Array.of(7) };
      await store.saveSnapshot('b1', 'lineage-1', snapshot);
      expect((await store.load('b1'))?.snapshot).toEqual(snapshot);
      database.raw.exec(`update block_snapshots set ${change}`);
      const kept = (await store.load('b1'))?.snapshot;
      expect(kept, change).not.toBeUndefined();
      expect(kept?.survey, change).toBeUndefined();
      await database.close();
    }
  });

  it('[SAVE-1] a window that fails halfway leaves its rows', async () => {
    const database = await openDatabase(':memory:');
    const store = new SqliteBlockStore(database);
    await store.create('b1', 'lineage-1');
    await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
    await store.saveSnapshot('b1', 'lineage-1', { seq: 3, bytes: Uint8Array.of(1) });
    database.raw.exec(
      `create trigger failing before insert on block_changesets when new.ordinal = 2
       begin select raise(abort, 'no'); end`,
    );
    const window = [newChangeset(1, 1, [1, 3]), newChangeset(1, 2, [2], { authorId: 'bea' })];
    await expect(store.closeWindow(window)).rejects.toThrow(StoreWriteError);
    const history = await store.historyOf('b1');
    expect([history?.changesets.length, history?.rows.length]).toEqual([0, 3]);
    await database.close();
  });

  it('is flushed at every commit, so that a loss of power loses nothing acknowledged', async () => {
    const database = await openDatabase(join(await newFolder(), 'casebook.db'));
    expect(database.raw.pragma('journal_mode', { simple: true })).toBe('wal');
    // 2 is FULL
    expect(database.raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    await database.close();
  });

  it('[SAVE-1] what an append has resolved survives kill -9 of the process', async () => {
    const folder = await newFolder();
    const file = join(folder, 'casebook.db');
    for (const enough of [1, 40, 7]) {
      const child = fork(join(import.meta.dirname, 'append-until-killed.ts'), [file], {
        execArgv: ['--import', 'tsx'],
      });
      let acknowledged = 0;
      await new Promise<void>((resolve, reject) => {
        child.on('message', (seq: number) => {
          acknowledged = seq;
          if (seq % 50 >= enough) child.kill('SIGKILL');
        });
        child.on('exit', (_code, signal) =>
          signal === 'SIGKILL' ? resolve() : reject(new Error('the child ended by itself')),
        );
      });
      const database = await openDatabase(file);
      const block = await new SqliteBlockStore(database).load('b1');
      expect(acknowledged).toBeGreaterThan(0);
      expect(block?.tail.length).toBeGreaterThanOrEqual(acknowledged);
      await database.close();
    }
  });
});
