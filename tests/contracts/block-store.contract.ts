import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Damage } from '../../server/adapters/memory/block-store.ts';
import {
  type BlockStore,
  DamagedBlockError,
  type NewLogRow,
  StoreWriteError,
} from '../../server/ports/block-store.ts';
import type { RecordStore } from '../../server/ports/record-store.ts';

/** A store to be held to the contract, with the records that share its connection. */
export interface OpenedStore {
  readonly store: BlockStore;
  readonly records: RecordStore;
  /** Spoils what is kept, behind the store's back. */
  damage(blockId: string, what: Damage): void;
  close(): Promise<void>;
}

export function newRow(blockId: string, byte: number, more: Partial<NewLogRow> = {}): NewLogRow {
  return {
    blockId,
    lineage: 'lineage-1',
    authorId: 'ann',
    onBehalfOf: null,
    serverTime: 1_900_000_000_000,
    deviceTime: null,
    clients: [{ client: 7, from: 0, to: 3 }],
    bytes: Uint8Array.of(byte, 2, 3),
    ...more,
  };
}

function remember(records: RecordStore, key: string): Promise<unknown> {
  return records.read.insertInto('meta').values({ key, value: 'x' }).execute();
}

async function remembered(records: RecordStore): Promise<string[]> {
  return (await records.read.selectFrom('meta').select('key').orderBy('key').execute()).map((row) => row.key);
}

/** What every block store promises; see `server/ports/block-store.ts`. */
export function blockStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the block store ${name}`, () => {
    let opened: OpenedStore;
    let store: BlockStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      await store.create('b1', 'lineage-1');
      await store.create('b2', 'lineage-1');
    });
    afterEach(() => opened.close());

    const seqsOf = async (blockId: string): Promise<number[]> =>
      (await store.rowsAfter(blockId, 0, 1_000)).map((row) => row.seq);

    it('knows no block that was never created', async () => {
      expect(await store.load('nobody')).toBeNull();
      expect(await store.rowsAfter('nobody', 0, 10)).toEqual([]);
      expect(await store.blockIds()).toEqual(['b1', 'b2']);
    });

    it('creates a block empty, and leaves one that exists as it is', async () => {
      await store.append([newRow('b1', 1)]);
      await store.create('b1', 'another-lineage');
      const block = await store.load('b1');
      expect(block).toMatchObject({ blockId: 'b1', lineage: 'lineage-1', snapshot: null });
      expect(block?.tail).toHaveLength(1);
      expect(await store.load('b2')).toMatchObject({ snapshot: null, tail: [] });
    });

    it('gives back each row as it was written', async () => {
      const row = newRow('b1', 9, {
        authorId: null,
        onBehalfOf: 'bea',
        deviceTime: 1_899_999_999_000,
        clients: [
          { client: 4_294_967_295, from: 3, to: 10 },
          { client: 1, from: 0, to: 1 },
        ],
        bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index & 0xff),
      });
      await store.append([row]);
      expect((await store.load('b1'))?.tail).toEqual([{ ...row, seq: 1 }]);
    });

    it('numbers rows from 1 within each block, without gaps, in the order given', async () => {
      expect(await store.append([newRow('b1', 1), newRow('b2', 2), newRow('b1', 3)])).toEqual([1, 1, 2]);
      expect(await store.append([newRow('b1', 4)])).toEqual([3]);
      const rows = await store.rowsAfter('b1', 0, 10);
      expect(rows.map((row) => [row.seq, row.bytes[0]])).toEqual([
        [1, 1],
        [2, 3],
        [3, 4],
      ]);
    });

    it('numbers rows of appends at the same moment without gaps or repetition', async () => {
      const seqs = await Promise.all(Array.from({ length: 40 }, (_, at) => store.append([newRow('b1', at)])));
      const flat = seqs.flat().sort((one, other) => one - other);
      expect(flat).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      expect(await seqsOf('b1')).toEqual(flat);
    });

    it('[SAVE-1] stores all rows of an append or none', async () => {
      await expect(store.append([newRow('b1', 1), newRow('nobody', 2)])).rejects.toThrow(StoreWriteError);
      await expect(store.append([newRow('b1', 1), newRow('b2', 2, { lineage: 'old' })])).rejects.toThrow(
        StoreWriteError,
      );
      expect(await seqsOf('b1')).toEqual([]);
      expect(await store.clientOwners('b1')).toEqual(new Map());
      expect(await store.append([newRow('b1', 3)])).toEqual([1]);
    });

    it('takes an append of nothing', async () => {
      expect(await store.append([])).toEqual([]);
    });

    it('does not change when the caller later changes the bytes', async () => {
      const bytes = Uint8Array.of(1, 2, 3);
      await store.append([newRow('b1', 0, { bytes })]);
      bytes[0] = 99;
      const first = await store.rowsAfter('b1', 0, 1);
      expect(first[0]?.bytes).toEqual(Uint8Array.of(1, 2, 3));
      (first[0] as { bytes: Uint8Array }).bytes[1] = 98;
      expect((await store.rowsAfter('b1', 0, 1))[0]?.bytes).toEqual(Uint8Array.of(1, 2, 3));
    });

    it('pages through rows', async () => {
      await store.append([1, 2, 3, 4, 5].map((byte) => newRow('b1', byte)));
      expect((await store.rowsAfter('b1', 2, 2)).map((row) => row.seq)).toEqual([3, 4]);
      expect(await store.rowsAfter('b1', 5, 2)).toEqual([]);
    });

    it('[ACCESS-3] remembers per block who first used a client id', async () => {
      await store.append([newRow('b1', 1), newRow('b1', 2, { authorId: 'bea' })]);
      await store.append([newRow('b1', 3, { authorId: 'cem', clients: [{ client: 8, from: 0, to: 1 }] })]);
      await store.append([newRow('b2', 4, { authorId: null })]);
      expect(await store.clientOwners('b1')).toEqual(
        new Map([
          [7, 'ann'],
          [8, 'cem'],
        ]),
      );
      expect(await store.clientOwners('b2')).toEqual(new Map([[7, null]]));
    });

    it('loads the snapshot and only what came after it', async () => {
      await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
      await store.saveSnapshot('b1', 'lineage-1', { seq: 2, bytes: Uint8Array.of(42) });
      const block = await store.load('b1');
      expect(block?.snapshot).toEqual({ seq: 2, bytes: Uint8Array.of(42) });
      expect(block?.tail.map((row) => row.seq)).toEqual([3]);
      expect(await seqsOf('b1')).toEqual([1, 2, 3]);
      expect(await store.append([newRow('b1', 4)])).toEqual([4]);
    });

    it('keeps with a snapshot what is known of it, and no longer than it', async () => {
      await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
      const survey = Uint8Array.of(7, 8);
      await store.saveSnapshot('b1', 'lineage-1', { seq: 2, bytes: Uint8Array.of(2), survey });
      expect((await store.load('b1'))?.snapshot).toEqual({ seq: 2, bytes: Uint8Array.of(2), survey });
      await store.saveSnapshot('b1', 'lineage-1', { seq: 3, bytes: Uint8Array.of(3) });
      expect((await store.load('b1'))?.snapshot).toEqual({ seq: 3, bytes: Uint8Array.of(3) });
    });

    it('keeps the later of two snapshots, and none of another lineage', async () => {
      await store.append([1, 2, 3].map((byte) => newRow('b1', byte)));
      await store.saveSnapshot('b1', 'lineage-1', { seq: 2, bytes: Uint8Array.of(2) });
      await store.saveSnapshot('b1', 'lineage-1', { seq: 1, bytes: Uint8Array.of(1) });
      await store.saveSnapshot('b1', 'lineage-1', { seq: 2, bytes: Uint8Array.of(22) });
      await store.saveSnapshot('b1', 'another', { seq: 3, bytes: Uint8Array.of(3) });
      await store.saveSnapshot('nobody', 'lineage-1', { seq: 1, bytes: Uint8Array.of(1) });
      expect((await store.load('b1'))?.snapshot).toEqual({ seq: 2, bytes: Uint8Array.of(2) });
      await store.saveSnapshot('b1', 'lineage-1', { seq: 3, bytes: Uint8Array.of(33) });
      expect((await store.load('b1'))?.snapshot).toEqual({ seq: 3, bytes: Uint8Array.of(33) });
    });

    it('shows a damaged row or snapshot as damage, and other blocks whole', async () => {
      await store.append([newRow('b1', 1), newRow('b1', 2), newRow('b2', 3)]);
      await store.saveSnapshot('b2', 'lineage-1', { seq: 1, bytes: Uint8Array.of(5, 6) });
      opened.damage('b1', { seq: 2 });
      await expect(store.load('b1')).rejects.toThrow(DamagedBlockError);
      await expect(store.load('b1')).rejects.toThrow(/block b1: .*row 2/);
      await expect(store.rowsAfter('b1', 0, 10)).rejects.toThrow(DamagedBlockError);
      expect(await store.load('b2')).not.toBeNull();
      opened.damage('b2', 'snapshot');
      await expect(store.load('b2')).rejects.toThrow(/block b2: .*snapshot/);
    });

    it('refuses a snapshot that reaches beyond the log', async () => {
      await store.append([newRow('b1', 1)]);
      await store.saveSnapshot('b1', 'lineage-1', { seq: 5, bytes: Uint8Array.of(1) });
      await expect(store.load('b1')).rejects.toThrow(DamagedBlockError);
    });

    it('writes records alongside rows, both or neither', async () => {
      await store.append([newRow('b1', 1)], async (records) => {
        await records.insertInto('meta').values({ key: 'kept', value: 'x' }).execute();
      });
      expect(await remembered(opened.records)).toEqual(['kept']);
      const failing = store.append([newRow('b1', 2)], async (records) => {
        await records.insertInto('meta').values({ key: 'dropped', value: 'x' }).execute();
        throw new Error('the records do not like it');
      });
      await expect(failing).rejects.toThrow(StoreWriteError);
      expect(await remembered(opened.records)).toEqual(['kept']);
      expect(await seqsOf('b1')).toEqual([1]);
      await expect(
        store.append([newRow('nobody', 3)], async (records) => {
          await records.insertInto('meta').values({ key: 'dropped', value: 'x' }).execute();
        }),
      ).rejects.toThrow(StoreWriteError);
      expect(await remembered(opened.records)).toEqual(['kept']);
    });

    it('[SAVE-1] an append during a record transaction is not rolled back with it', async () => {
      let fail = (): void => {};
      let began = (): void => {};
      const inside = new Promise<void>((resolve) => {
        began = resolve;
      });
      const gate = new Promise<void>((resolve) => {
        fail = resolve;
      });
      const transaction = opened.records.transaction(async (records) => {
        await records.insertInto('meta').values({ key: 'rolled-back', value: 'x' }).execute();
        began();
        await gate;
        throw new Error('rolled back');
      });
      await inside;
      const appended = store.append([newRow('b1', 1)]);
      const alongside = store.append([newRow('b1', 2)], async (records) => {
        await records.insertInto('meta').values({ key: 'alongside', value: 'x' }).execute();
      });
      const plain = remember(opened.records, 'plain');
      fail();
      await expect(transaction).rejects.toThrow('rolled back');
      expect(await appended).toEqual([1]);
      expect(await alongside).toEqual([2]);
      await plain;
      expect(await seqsOf('b1')).toEqual([1, 2]);
      expect(await remembered(opened.records)).toEqual(['alongside', 'plain']);
    });
  });
}
