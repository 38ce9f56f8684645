import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedFileError, type FileStore } from '../../ports/file-store.ts';

const HASH = /^[0-9a-f]{64}$/;
/** Ending of what is being written. */
const HALF = '.half';

/** @param folder made with the first file; each lies in a folder of its hash's first two digits */
export function diskFileStore(folder: string): FileStore {
  return {
    async put(content) {
      const hash = hashOf(content);
      const path = pathOf(folder, hash);
      if ((await read(path))?.equals(content)) return hash;
      const within = join(folder, hash.slice(0, 2));
      await mkdir(within, { recursive: true, mode: 0o700 });
      const half = `${path}.${randomBytes(8).toString('hex')}${HALF}`;
      try {
        const file = await open(half, 'wx', 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(half, path);
      } catch (cause) {
        await rm(half, { force: true });
        throw cause;
      }
      // names of files and folders are on disk once the folder that holds them is
      await syncFolder(within);
      await syncFolder(folder);
      return hash;
    },

    async get(hash) {
      if (!HASH.test(hash)) return null;
      const content = await read(pathOf(folder, hash));
      if (content && hashOf(content) !== hash) {
        throw new DamagedFileError(`the file ${hash} is not as it was written`);
      }
      return content;
    },

    async remove(hash) {
      if (!HASH.test(hash)) return;
      await rm(pathOf(folder, hash), { force: true });
      await syncFolder(join(folder, hash.slice(0, 2))).catch(unlessMissing);
    },

    async list() {
      const hashes: string[] = [];
      for (const digits of await namesIn(folder)) {
        if (!/^[0-9a-f]{2}$/.test(digits)) continue;
        for (const name of await namesIn(join(folder, digits))) {
          if (HASH.test(name)) hashes.push(name);
          else if (name.endsWith(HALF)) await rm(join(folder, digits, name), { force: true });
        }
      }
      return hashes;
    },
  };
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function pathOf(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash);
}

async function read(path: string): Promise<Buffer | null> {
  return (await readFile(path).catch(unlessMissing)) ?? null;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(unlessMissing)) ?? [];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
