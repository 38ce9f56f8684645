import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import {
  COMPACTION_RETRY_AFTER_MS,
  FOLDS_LEFT_OUT_AT_MOST,
  WINDOW_MS,
  WINDOW_ROWS,
} from '../../server/collaboration/bounds.ts';
import { Compaction, NotSealedError } from '../../server/collaboration/compaction.ts';
import { type Folder, FolderFailedError } from '../../server/ports/folder.ts';
import { HandClock } from '../support/clock.ts';
import { HeardLog } from '../support/wire.ts';

/** A folder that waits until a test lets each fold through, or fails while it is told to. */
class GatedFolder implements Folder {
  prepare: Folder['prepare'] = () => {};
  readonly #inner = memoryFolder();
  readonly #waiting: (() => void)[] = [];
  folds = 0;
  shut = false;
  failure: Error | null = null;
  /** Called in the midst of each fold. */
  meanwhile: () => void = () => {};

  async fold(parts: readonly Uint8Array[]) {
    this.folds += 1;
    if (this.shut) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.failure) throw this.failure;
    this.meanwhile();
    return this.#inner.fold(parts);
  }
  survey: Folder['survey'] = (parts) => this.#inner.survey(parts);
  merge: Folder['merge'] = (...asked) => this.#inner.merge(...asked);
  gather: Folder['gather'] = (groups) => this.#inner.gather(groups);
  read: Folder['read'] = (parts) => this.#inner.read(parts);
  readWritten: Folder['readWritten'] = (parts) => this.#inner.readWritten(parts);
  findHidden: Folder['findHidden'] = (past, inquiry) => this.#inner.findHidden(past, inquiry);
  isWellShaped: Folder['isWellShaped'] = (...asked) => this.#inner.isWellShaped(...asked);
  mergesWithin: Folder['mergesWithin'] = (...asked) => this.#inner.mergesWithin(...asked);
  review: Folder['review'] = (...asked) => this.#inner.review(...asked);
  close = () => this.#inner.close();

  release(): void {
    this.shut = false;
    for (const go of this.#waiting.splice(0)) go();
  }
}

let store: MemoryBlockStore;
let folder: GatedFolder;
let clock: HandClock;
let log: HeardLog;
let compaction: Compaction;
const docs = new Map<string, Y.Doc>();

beforeEach(async () => {
  store = new MemoryBlockStore();
  folder = new GatedFolder();
  clock = new HandClock();
  log = new HeardLog();
  compaction = new Compaction({ blocks: store, folder, clock, log });
  docs.clear();
  for (const blockId of ['a', 'b', 'c']) {
    await store.create(blockId, 'lineage-1');
    docs.set(blockId, new Y.Doc());
  }
});

/** Types each letter as a row of its own. */
async function type(blockId: string, letters: string, authorId = 'ann'): Promise<void> {
  const doc = docs.get(blockId) as Y.Doc;
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  for (const letter of letters) doc.getText('field/aims').insert(doc.getText('field/aims').length, letter);
  doc.off('update', keep);
  const more = { blockId, lineage: 'lineage-1', authorId, onBehalfOf: null, deviceTime: null, clients: [] };
  await store.append(updates.map((bytes) => ({ ...more, bytes, serverTime: clock.now() })));
}

const folded = async (blockId: string) => (await store.load(blockId))?.snapshot?.seq ?? 0;
async function compacted(blockId: string): Promise<void> {
  compaction.request(blockId);
  await compaction.idle();
}

describe('compaction', () => {
  it('[SAVE-3] folds the rows since the last snapshot, and leaves the text as it was', async () => {
    await type('a', 'abc');
    await compacted('a');
    expect(await folded('a')).toBe(3);
    await type('a', 'de');
    await compacted('a');
    expect(await folded('a')).toBe(5);
    expect((await readBlock(store, 'a'))?.doc.getText('field/aims').toString()).toBe('abcde');
    await compacted('a');
    expect(folder.folds).toBe(2);
    expect((await store.historyOf('a'))?.rows).toHaveLength(5);
  });

  it('takes one block at a time, each once however often it is asked for', async () => {
    for (const blockId of ['a', 'b', 'c']) await type(blockId, 'x');
    folder.shut = true;
    for (const blockId of ['a', 'b', 'b', 'c', 'b']) compaction.request(blockId);
    await new Promise(setImmediate);
    expect(folder.folds).toBe(1);
    folder.release();
    await compaction.idle();
    expect(folder.folds).toBe(3);
    expect([await folded('a'), await folded('b'), await folded('c')]).toEqual([1, 1, 1]);
  });

  it('leaves a block alone for twenty times what folding it took, and the others not', async () => {
    folder.meanwhile = () => clock.advance(100);
    await type('a', 'x');
    await compacted('a');
    await type('a', 'y');
    await compacted('a');
    await type('b', 'x');
    await compacted('b');
    expect([await folded('a'), await folded('b'), folder.folds]).toEqual([1, 1, 2]);
    clock.advance(1_900);
    await compaction.idle();
    expect([await folded('a'), folder.folds]).toEqual([2, 3]);
  });

  it('asks for a block that was asked for while it was folded only after its pause', async () => {
    folder.meanwhile = () => {
      clock.advance(100);
      compaction.request('a');
    };
    await type('a', 'x');
    await compacted('a');
    await type('a', 'y');
    await compaction.idle();
    expect(folder.folds).toBe(1);
    clock.advance(2_000);
    await compaction.idle();
    expect(folder.folds).toBe(2);
    await compaction.stop();
    expect(clock.pending).toBe(0);
  });

  it('folds a block before its pause is over where very much was written', async () => {
    folder.meanwhile = () => clock.advance(1_000);
    await type('a', 'x');
    await compacted('a');
    await type('a', 'y');
    for (let ask = 1; ask < FOLDS_LEFT_OUT_AT_MOST; ask++) await compacted('a');
    expect(await folded('a')).toBe(1);
    await compacted('a');
    expect(await folded('a')).toBe(2);
  });

  it('closes a window half an hour after its first row, for all who wrote in it', async () => {
    await type('a', 'ab', 'ann');
    clock.advance(WINDOW_MS - 2);
    await type('a', 'cd', 'bea');
    await compacted('a');
    expect(await store.lastWindow('a')).toEqual({ window: 0, seq: 0 });
    clock.advance(2);
    await type('a', 'e', 'ann');
    await compacted('a');
    expect(await store.lastWindow('a')).toEqual({ window: 1, seq: 4 });
    const history = await store.historyOf('a');
    expect(history?.changesets.map(({ authorId, rows }) => [authorId, rows])).toEqual([
      ['ann', 2],
      ['bea', 2],
    ]);
    expect(history?.rows.map(({ seq }) => seq)).toEqual([5]);
  });

  it('closes a window that is full, and one of a clock that was set back', async () => {
    await type('a', 'x'.repeat(WINDOW_ROWS + 300));
    await compacted('a');
    expect(await store.lastWindow('a')).toEqual({ window: 1, seq: WINDOW_ROWS });
    clock.advance(-24 * 3_600_000);
    await type('a', 'y');
    await compacted('a');
    expect(await store.lastWindow('a')).toEqual({ window: 2, seq: WINDOW_ROWS + 300 });
    expect((await store.historyOf('a'))?.rows).toHaveLength(1);
  });

  it('seals what is on disk, so that it can be had again', async () => {
    expect(await compaction.seal('nobody')).toBeNull();
    expect(await compaction.seal('a')).toBeNull();
    await type('a', 'abc');
    expect(await compaction.seal('a')).toEqual({ window: 1, seq: 3 });
    expect(await compaction.seal('a')).toEqual({ window: 1, seq: 3 });
    await type('a', 'd');
    expect(await compaction.seal('a')).toEqual({ window: 2, seq: 4 });
  });

  it('[SAVE-1] that fails is told, costs no word, and is tried again after a pause that grows', async () => {
    await type('a', 'abc');
    await type('b', 'x');
    folder.failure = new FolderFailedError('not done in time');
    compaction.request('a');
    compaction.request('b');
    await compaction.idle();
    expect(log.lines.map(({ level, facts }) => [level, facts.block])).toEqual([
      ['warn', 'a'],
      ['warn', 'b'],
    ]);
    await expect(compaction.seal('a')).rejects.toThrow(NotSealedError);
    const after = folder.folds;
    compaction.request('a');
    clock.advance(COMPACTION_RETRY_AFTER_MS - 1);
    await compaction.idle();
    expect(folder.folds).toBe(after);
    clock.advance(1);
    await compaction.idle();
    expect(folder.folds).toBe(after + 2);
    folder.failure = null;
    clock.advance(COMPACTION_RETRY_AFTER_MS);
    await compaction.idle();
    expect(await folded('a')).toBe(0);
    clock.advance(COMPACTION_RETRY_AFTER_MS);
    await compaction.idle();
    expect([await folded('a'), await folded('b')]).toEqual([3, 1]);
    expect(clock.pending).toBe(0);
    expect((await readBlock(store, 'a'))?.doc.getText('field/aims').toString()).toBe('abc');
  });

  it('[SAVE-1] leaves a damaged block alone, and folds the others', async () => {
    await type('a', 'abc');
    await type('b', 'x');
    store.damage('a', { seq: 2 });
    compaction.request('a');
    compaction.request('b');
    await compaction.idle();
    expect(log.lines).toEqual([
      { level: 'error', message: 'a block could not be folded', facts: { block: 'a' } },
    ]);
    expect(await folded('b')).toBe(1);
    clock.advance(COMPACTION_RETRY_AFTER_MS);
    await compaction.idle();
    expect(log.lines).toHaveLength(1);
  });

  it('[STOP-1] stops when what is under way is done, and begins nothing more', async () => {
    await type('a', 'a');
    await type('b', 'b');
    folder.shut = true;
    compaction.request('a');
    compaction.request('b');
    await new Promise(setImmediate);
    const stopped = compaction.stop();
    folder.release();
    await stopped;
    compaction.request('c');
    await compaction.idle();
    expect(folder.folds).toBe(1);
    expect([await folded('a'), await folded('b')]).toEqual([1, 0]);
    expect(log.lines).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
