/** The bare page, built as the product is and put beside its files: the same server sends both. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const FOLDER = join(import.meta.dirname, '../../dist/client/bare');

/** To be called before the server starts: it lists its files once. */
export async function buildBare(): Promise<void> {
  await build({
    root: join(import.meta.dirname, 'bare'),
    base: '/bare/',
    logLevel: 'error',
    configFile: false,
    plugins: [react()],
    build: { outDir: FOLDER, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  for (const file of await readdir(FOLDER, { recursive: true })) {
    if (!/\.(js|css|html)$/.test(file)) continue;
    await writeFile(join(FOLDER, `${file}.br`), brotliCompressSync(await readFile(join(FOLDER, file))));
  }
}

export async function removeBare(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
}
