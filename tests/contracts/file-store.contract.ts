import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../server/ports/file-store.ts';

export interface OpenedFileStore {
  readonly files: FileStore;
  close(): Promise<void>;
}

const CONTENT = new TextEncoder().encode('A signed sheet');
const HASH = createHash('sha256').update(CONTENT).digest('hex');

/** What every store of files keeps to. */
export function fileStoreContract(name: string, openStore: () => Promise<OpenedFileStore>): void {
  describe(`files ${name}`, () => {
    let opened: OpenedFileStore;
    beforeEach(async () => {
      opened = await openStore();
    });
    afterEach(() => opened.close());

    it('[SAVE-1] gives back what was put, by its hash, and keeps the same content once', async () => {
      const { files } = opened;
      expect(await files.list()).toEqual([]);
      expect(await files.put(CONTENT)).toBe(HASH);
      expect(await files.put(CONTENT.slice())).toBe(HASH);
      expect(await files.list()).toEqual([HASH]);
      expect(new Uint8Array((await files.get(HASH)) ?? [])).toEqual(CONTENT);
    });

    it('[SAVE-1] what is put is kept as it was, whatever becomes of the bytes that were handed over', async () => {
      const { files } = opened;
      const handed = CONTENT.slice();
      await files.put(handed);
      handed.fill(0);
      expect(new Uint8Array((await files.get(HASH)) ?? [])).toEqual(CONTENT);
    });

    it('[ERASE-1] what was removed is gone, and removing it again is no failure', async () => {
      const { files } = opened;
      await files.put(CONTENT);
      await files.put(new Uint8Array([1]));
      await files.remove(HASH);
      await files.remove(HASH);
      expect(await files.get(HASH)).toBeNull();
      expect(await files.list()).toHaveLength(1);
    });

    it('[INPUT-1] nothing but a hash names content', async () => {
      const { files } = opened;
      for (const name of ['', '..', '../../casebook.db', 'f'.repeat(63), `${'f'.repeat(64)}/x`]) {
        expect(await files.get(name)).toBeNull();
        await files.remove(name);
      }
      expect(await files.get('f'.repeat(64))).toBeNull();
    });
  });
}
