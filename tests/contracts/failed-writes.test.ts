import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { StoreWriteError } from '../../server/ports/block-store.ts';
import { newRow } from './block-store.contract.ts';

let folder: string;
let file: string;
let database: SqliteDatabase;
let store: SqliteBlockStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-failed-writes-'));
  file = join(folder, 'casebook.db');
  database = openSqlite(file);
  await migrate(database.kysely, 'sqlite', 0);
  store = new SqliteBlockStore(database);
  await store.create('b1', 'lineage-1');
  await store.append([newRow('b1', 1)]);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** From here on this connection fails as if by the disk, whenever a row comes to the log. */
function spoil(code = 'SQLITE_IOERR_FSYNC'): void {
  database.raw.function('fail_to_write', () => {
    throw Object.assign(new Error('disk I/O error'), { code });
  });
  database.raw.exec(
    `create temp trigger failing before insert on main.block_log
     begin select fail_to_write(); end`,
  );
}
/** A write that the failure itself would let through. */
const relabel = (to: string) => database.kysely.updateTable('block_heads').set({ lineage: to });
const lineage = async () =>
  (await database.kysely.selectFrom('block_heads').select('lineage').executeTakeFirstOrThrow()).lineage;

describe('a write or flush that fails', () => {
  it.each(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_WRITE'])(
    '[SAVE-1] has nothing stored after it (%s) until the file was opened anew, which the next use does',
    async (code) => {
      spoil(code);
      const before = database.raw;
      await expect(store.append([newRow('b1', 2)])).rejects.toThrow(StoreWriteError);
      expect(database.raw).toBe(before);
      expect(await store.append([newRow('b1', 3)])).toEqual([2]);
      expect(database.raw).not.toBe(before);
      expect(before.open).toBe(false);
      expect((await store.load('b1'))?.tail.map((row) => row.bytes[0])).toEqual([1, 3]);
      expect(database.raw.pragma('synchronous', { simple: true })).toBe(2);
      expect(database.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    },
  );

  it('[SAVE-1] nothing is stored while the file cannot be opened, and no empty one takes its place', async () => {
    spoil();
    await expect(store.append([newRow('b1', 2)])).rejects.toThrow(StoreWriteError);
    await rename(file, `${file}.away`);
    for (let time = 0; time < 3; time += 1) {
      await expect(store.append([newRow('b1', 3)])).rejects.toThrow(StoreWriteError);
      await expect(relabel('lineage-2').execute()).rejects.toThrow();
    }
    await rename(`${file}.away`, file);
    expect(await store.append([newRow('b1', 4)])).toEqual([2]);
    expect(await lineage()).toBe('lineage-1');
  });

  it('[SAVE-1] commits no transaction that goes on after it', async () => {
    spoil();
    const going = database.kysely.transaction().execute(async (records) => {
      await records.updateTable('block_heads').set({ lineage: 'lineage-2' }).execute();
      await sql`insert into block_log select * from block_log`.execute(records).catch(() => null);
    });
    await expect(going).rejects.toThrow('an earlier write failed');
    expect(await lineage()).toBe('lineage-1');
  });

  it('among records alongside an append takes both back', async () => {
    const both = store.append([newRow('b1', 2)], async (records) => {
      await records.updateTable('block_heads').set({ lineage: 'lineage-2' }).execute();
      spoil();
      await sql`insert into block_log select * from block_log`.execute(records);
    });
    await expect(both).rejects.toThrow(StoreWriteError);
    expect(await lineage()).toBe('lineage-1');
    expect((await store.load('b1'))?.tail).toHaveLength(1);
  });

  it.each(['SQLITE_FULL', 'SQLITE_CONSTRAINT'])('%s is no reason to open the file anew', async (code) => {
    spoil(code);
    const before = database.raw;
    await expect(store.append([newRow('b1', 2)])).rejects.toThrow(StoreWriteError);
    database.raw.exec('drop trigger failing');
    expect(await store.append([newRow('b1', 3)])).toEqual([2]);
    expect(database.raw).toBe(before);
  });
});
