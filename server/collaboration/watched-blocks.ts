import type { BlockStore, NewLogRow, StoredBlock } from '../ports/block-store.ts';

export interface BlockWatcher {
  /** These are on disk. */
  appended(rows: readonly NewLogRow[]): void;
  loaded(stored: StoredBlock): void;
}

/** The same store, telling of every block that is read and of every row that is written through it. */
export function watchBlocks(blocks: BlockStore, watcher: BlockWatcher): BlockStore {
  const told: Pick<BlockStore, 'append' | 'load'> = {
    async append(rows, alongside) {
      const seqs = await blocks.append(rows, alongside);
      watcher.appended(rows);
      return seqs;
    },
    async load(blockId) {
      const stored = await blocks.load(blockId);
      if (stored) watcher.loaded(stored);
      return stored;
    },
  };
  return new Proxy(blocks, {
    get(target, key) {
      if (key in told) return told[key as keyof typeof told];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
