import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diskFileStore } from '../../server/adapters/disk/file-store.ts';
import { memoryFileStore } from '../../server/adapters/memory/file-store.ts';
import { DamagedFileError } from '../../server/ports/file-store.ts';
import { fileStoreContract } from './file-store.contract.ts';

async function openDisk() {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-files-'));
  const path = join(folder, 'files');
  return { files: diskFileStore(path), path, close: () => rm(folder, { recursive: true }) };
}

fileStoreContract('in memory', async () => ({ files: memoryFileStore(), close: async () => {} }));
fileStoreContract('on disk', openDisk);

it('[INPUT-1] a file that was changed on disk is not given out, and is mended by putting it again', async () => {
  const { files, path, close } = await openDisk();
  const hash = await files.put(new Uint8Array([1, 2, 3]));
  await writeFile(join(path, hash.slice(0, 2), hash), 'other bytes');
  await expect(files.get(hash)).rejects.toThrow(DamagedFileError);
  await files.put(new Uint8Array([1, 2, 3]));
  expect([...((await files.get(hash)) ?? [])]).toEqual([1, 2, 3]);
  await close();
});

it('[SAVE-1] what a killed process left half written is no file, and goes', async () => {
  const { files, path, close } = await openDisk();
  const hash = await files.put(new Uint8Array([1]));
  const half = `${hash}.0123456789abcdef.half`;
  await writeFile(join(path, hash.slice(0, 2), half), 'a part');
  expect(await files.list()).toEqual([hash]);
  expect(await readdir(join(path, hash.slice(0, 2)))).toEqual([hash]);
  await close();
});
