import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BlockStore,
  DamagedBlockError,
  type Rewriting,
  StoreWriteError,
} from '../../server/ports/block-store.ts';
import type { Changeset } from '../../server/ports/changeset.ts';
import { newRow, type OpenedStore } from './block-store.contract.ts';

/** @param seqs of the rows that it stands for */
export function newChangeset(
  window: number,
  ordinal: number,
  seqs: readonly number[],
  more: Partial<Changeset> = {},
): Changeset {
  return {
    blockId: 'b1',
    lineage: 'lineage-1',
    window,
    ordinal,
    authorId: 'ann',
    onBehalfOf: null,
    firstSeq: Math.min(...seqs),
    lastSeq: Math.max(...seqs),
    fromTime: 1_900_000_000_000,
    toTime: 1_900_000_060_000,
    rows: seqs.length,
    clients: [{ client: 7, from: 0, to: 3 }],
    bytes: Uint8Array.of(window, ordinal, 9),
    ...more,
  };
}

/** What every block store promises of the windows of a block's history. */
export function blockHistoryContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the history of a block ${name}`, () => {
    let opened: OpenedStore;
    let store: BlockStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      await store.create('b1', 'lineage-1');
      await store.create('b2', 'lineage-1');
      await store.append([1, 2, 3, 4, 5, 6].map((byte) => newRow('b1', byte)));
    });
    afterEach(() => opened.close());

    const fold = (seq: number) => store.saveSnapshot('b1', 'lineage-1', { seq, bytes: Uint8Array.of(seq) });
    const first = [newChangeset(1, 1, [1, 3]), newChangeset(1, 2, [2], { authorId: 'bea' })];
    const second = [newChangeset(2, 1, [4, 5])];
    const close = async (...windows: (readonly Changeset[])[]): Promise<void> => {
      for (const window of windows) expect(await store.closeWindow(window)).toBe(true);
    };
    /** @returns changesets by window and ordinal, and sequence numbers of rows */
    const history = async (seq?: number, limit?: number) => {
      const found = await store.historyOf('b1', seq, limit);
      return [
        found?.changesets.map((one) => `${one.window}.${one.ordinal}`),
        found?.rows.map((row) => row.seq),
        found?.through,
      ];
    };

    it('is the rows alone while no window closed', async () => {
      expect(await store.historyOf('nobody')).toBeNull();
      expect(await history()).toEqual([[], [1, 2, 3, 4, 5, 6], 6]);
      expect(await store.historyOf('b2')).toEqual({
        blockId: 'b2',
        lineage: 'lineage-1',
        changesets: [],
        rows: [],
        through: 0,
      });
    });

    it('[SAVE-3] has a window in place of its rows, as it was given', async () => {
      await fold(4);
      const odd = newChangeset(1, 1, [1, 3], {
        authorId: null,
        onBehalfOf: 'bea',
        clients: [
          { client: 4_294_967_295, from: 3, to: 10 },
          { client: 1, from: 0, to: 1 },
        ],
        bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index & 0xff),
      });
      await close([odd, first[1] as Changeset]);
      const found = await store.historyOf('b1');
      expect(found?.changesets).toEqual([odd, first[1]]);
      expect(await history()).toEqual([['1.1', '1.2'], [4, 5, 6], 6]);
    });

    it('[SAVE-1] goes on numbering, opening and refusing as if the rows were there', async () => {
      await fold(6);
      await close(first, second, [newChangeset(3, 1, [6])]);
      expect(await store.lastWindow('b1')).toEqual({ window: 3, seq: 6 });
      expect(await store.lastWindow('b2')).toEqual({ window: 0, seq: 0 });
      expect(await store.rowsAfter('b1', 0, 10)).toEqual([]);
      expect(await store.load('b1')).toEqual({
        blockId: 'b1',
        lineage: 'lineage-1',
        snapshot: { seq: 6, bytes: Uint8Array.of(6) },
        tail: [],
      });
      expect(await store.append([newRow('b1', 7), newRow('b2', 1), newRow('b1', 8)])).toEqual([7, 1, 8]);
      expect((await store.load('b1'))?.tail.map((row) => row.seq)).toEqual([7, 8]);
      expect((await store.rowsAfter('b1', 2, 1)).map((row) => row.seq)).toEqual([7]);
      expect((await store.rowsAfter('b1', 7, 9)).map((row) => row.seq)).toEqual([8]);
      expect(await history()).toEqual([['1.1', '1.2', '2.1', '3.1'], [7, 8], 8]);
    });

    it('[ACCESS-3] remembers whose client ids were in rows that were given up', async () => {
      await store.append([newRow('b1', 7, { authorId: 'bea' })]);
      await fold(7);
      await close([newChangeset(1, 1, [1, 2, 3, 4, 5, 6, 7])]);
      await store.append([newRow('b1', 8, { authorId: 'cem' })]);
      expect(await store.clientOwners('b1')).toEqual(new Map([[7, 'ann']]));
    });

    it('is read in parts that never divide a window', async () => {
      await fold(5);
      await close(first, second);
      expect(await history(0, 1)).toEqual([['1.1', '1.2'], [], 3]);
      expect(await history(3, 1)).toEqual([['2.1'], [], 5]);
      expect(await history(5, 1)).toEqual([[], [6], 6]);
      expect(await history(6, 1)).toEqual([[], [], 6]);
      expect(await history(0, 3)).toEqual([['1.1', '1.2', '2.1'], [], 5]);
      expect(await history(0, 4)).toEqual([['1.1', '1.2', '2.1'], [6], 6]);
      // Rows until there were read when the window had not closed.
      expect(await history(1, 9)).toEqual([['1.1', '1.2', '2.1'], [6], 6]);
      expect(await history(4, 9)).toEqual([['2.1'], [6], 6]);
    });

    it('[SAVE-1] closes no window that does not stand for exactly the rows that follow', async () => {
      await fold(5);
      for (const window of [
        [],
        [newChangeset(2, 1, [1, 2])],
        [newChangeset(1, 2, [1, 2])],
        [newChangeset(1, 1, [2, 3])],
        [newChangeset(1, 1, [1, 3])],
        [newChangeset(1, 1, [1, 2, 3], { lineage: 'another' })],
        [newChangeset(1, 1, [1, 2, 3], { blockId: 'b2' })],
        [newChangeset(1, 1, [1, 2, 3], { blockId: 'nobody' })],
        [newChangeset(1, 1, [1, 2]), newChangeset(1, 2, [3], { blockId: 'b2' })],
      ]) {
        expect(await store.closeWindow(window)).toBe(false);
      }
      await close(first);
      expect(await store.closeWindow(first)).toBe(false);
      expect(await history()).toEqual([['1.1', '1.2'], [4, 5, 6], 6]);
    });

    it('[SAVE-1] closes no window beyond the snapshot, nor one of rows that are not there', async () => {
      expect(await store.closeWindow(first)).toBe(false);
      await fold(2);
      expect(await store.closeWindow(first)).toBe(false);
      await fold(9);
      expect(await store.closeWindow([newChangeset(1, 1, [1, 2, 3, 4, 5, 6, 7])])).toBe(false);
      expect((await store.rowsAfter('b1', 0, 10)).map((row) => row.seq)).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('does not change when the caller later changes the bytes', async () => {
      await fold(3);
      const bytes = Uint8Array.of(1, 2, 3);
      await close([newChangeset(1, 1, [1, 2, 3], { bytes })]);
      bytes[0] = 99;
      const read = async () => (await store.historyOf('b1'))?.changesets[0]?.bytes as Uint8Array;
      (await read())[1] = 98;
      expect(await read()).toEqual(Uint8Array.of(1, 2, 3));
    });

    describe('rewritten', () => {
      const anew: Rewriting = {
        ...{ lineage: 'lineage-2', onBehalfOf: 'bea', serverTime: 1_900_000_900_000, clients: [] },
        ...{ bytes: Uint8Array.of(77, 78), survey: Uint8Array.of(5) },
      };
      const whole = (bytes: Uint8Array[]) => store.holds('b1', bytes);

      it('[ERASE-1] keeps who wrote when and how much, and of its bytes none but those that it begins with', async () => {
        await fold(6);
        await close(first, second);
        expect(await whole([Uint8Array.of(2, 1, 9)])).toBe(true);
        expect(await store.rewrite('b1', { lineage: 'lineage-1', seq: 6 }, anew)).toBe(true);
        for (const bytes of [Uint8Array.of(1, 1, 9), Uint8Array.of(2, 1, 9), Uint8Array.of(6, 2, 3)]) {
          expect(await whole([bytes])).toBe(false);
        }
        expect(await whole([Uint8Array.of(6, 2, 3), Uint8Array.of(77, 78)])).toBe(true);
        const found = await store.historyOf('b1');
        expect(found?.lineage).toBe('lineage-2');
        expect(found?.rows).toEqual([]);
        expect(found?.changesets.map((one) => [one.authorId, one.firstSeq, one.lastSeq, one.rows])).toEqual([
          ['ann', 1, 3, 2],
          ['bea', 2, 2, 1],
          ['ann', 4, 5, 2],
          ['ann', 6, 6, 1],
          [null, 7, 7, 1],
        ]);
        expect(found?.changesets.map((one) => one.bytes.byteLength)).toEqual([2, 2, 2, 2, 2]);
        expect(await store.load('b1')).toEqual({
          ...{ blockId: 'b1', lineage: 'lineage-2', tail: [] },
          snapshot: { seq: 7, bytes: anew.bytes, survey: anew.survey },
        });
        expect((await store.load('b2'))?.lineage).toBe('lineage-1');
      });

      it('[ERASE-1] goes on from there, and takes nothing of the lineage before', async () => {
        expect(await store.rewrite('b1', { lineage: 'lineage-1', seq: 6 }, anew)).toBe(true);
        await expect(store.append([newRow('b1', 9)])).rejects.toThrow(StoreWriteError);
        expect(await store.append([newRow('b1', 9, { lineage: 'lineage-2' })])).toEqual([8]);
        await fold(9);
        expect(await store.closeWindow([newChangeset(4, 1, [8])])).toBe(false);
        expect((await store.load('b1'))?.snapshot?.seq).toBe(7);
        expect(await store.clientOwners('b1')).toEqual(new Map([[7, 'ann']]));
      });

      it('[SAVE-1] does nothing where the block went on meanwhile, or what stands beside it fails', async () => {
        expect(await store.rewrite('b1', { lineage: 'lineage-1', seq: 5 }, anew)).toBe(false);
        expect(await store.rewrite('b1', { lineage: 'lineage-0', seq: 6 }, anew)).toBe(false);
        expect(await store.rewrite('b9', { lineage: 'lineage-1', seq: 0 }, anew)).toBe(false);
        const failing = store.rewrite('b1', { lineage: 'lineage-1', seq: 6 }, anew, async () => {
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow(StoreWriteError);
        expect((await store.load('b1'))?.lineage).toBe('lineage-1');
        expect(await store.append([newRow('b1', 9)])).toEqual([7]);
      });
    });

    it('[SAVE-1] of which a part is damaged is told as damage, while its text and other blocks open', async () => {
      await fold(6);
      await close(first, second);
      opened.damage('b1', { window: 1, ordinal: 2 });
      await expect(store.historyOf('b1')).rejects.toThrow(DamagedBlockError);
      await expect(store.historyOf('b1')).rejects.toThrow(/block b1: .*changeset 2 of window 1/);
      expect((await store.historyOf('b1', 3))?.changesets).toEqual(second);
      expect(await store.load('b1')).not.toBeNull();
      expect(await store.historyOf('b2')).not.toBeNull();
    });
  });
}
