import { createHash } from 'node:crypto';
import type { FileStore } from '../../ports/file-store.ts';

/** Files of tests, gone with the process. */
export function memoryFileStore(): FileStore {
  const files = new Map<string, Uint8Array>();
  return {
    async put(content) {
      const hash = createHash('sha256').update(content).digest('hex');
      if (!files.has(hash)) files.set(hash, content.slice());
      return hash;
    },
    get: async (hash) => files.get(hash)?.slice() ?? null,
    remove: async (hash) => {
      files.delete(hash);
    },
    list: async () => [...files.keys()],
  };
}
