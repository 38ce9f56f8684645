/**
 * Builds the page (dist/client) and the server (dist/server) where their sources
 * changed since. Plain JavaScript: it is what runs before anything is built.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** What each half is made of. */
const SOURCES = {
  client: ['client', 'shared', 'package-lock.json', 'server/cli/build.mjs'],
  server: ['server', 'shared', 'package-lock.json'],
};
const COMPRESSIBLE = /\.(?:html|js|css|json|svg|webmanifest|txt)$/;

/**
 * @param {{parts?: ('client' | 'server')[], force?: boolean, say?: (line: string) => void}} options
 * @returns {Promise<string[]>} the halves that were built now
 */
export async function ensureBuilt({ parts = ['client', 'server'], force = false, say = () => {} } = {}) {
  const built = [];
  if (force || !(await isFresh(parts))) await withLock(() => buildParts(parts, force, say, built));
  return built;
}

async function isFresh(parts) {
  for (const part of parts) {
    if ((await stampOf(part)) !== (await sourceHash(SOURCES[part]))) return false;
  }
  return true;
}

async function buildParts(parts, force, say, built) {
  for (const part of parts) {
    const hash = await sourceHash(SOURCES[part]);
    if (!force && (await stampOf(part)) === hash) continue;
    say(part === 'client' ? 'Building the page …' : 'Building the server …');
    await buildAside(part, hash);
    built.push(part);
  }
}

/** Of several starts at once one builds, and the others wait for it. */
async function withLock(work) {
  await mkdir(dist, { recursive: true });
  const path = join(dist, '.building');
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
      if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    await work();
  } finally {
    await rm(path, { force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A hash of names and contents: a fresh clone and a changed clock build nothing twice. */
async function sourceHash(sources) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const source of sources) {
    for (const file of await filesOf(join(root, source))) {
      hash.update(`\0${relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesOf(path) {
  if (!existsSync(path)) return [];
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function stampOf(part) {
  return readFile(join(dist, part, '.stamp'), 'utf8').catch(() => null);
}

/** Built beside the old one and put in its place when whole, so that a failed or ended build leaves the old. */
async function buildAside(part, hash) {
  const aside = join(dist, `.${part}-${process.pid}`);
  await mkdir(dist, { recursive: true });
  try {
    const vite = await import('vite');
    if (part === 'client') {
      await vite.build({
        configFile: join(root, 'client/vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: aside, emptyOutDir: true, reportCompressedSize: false },
      });
      // The page on which people check their words shares no file with the app.
      await vite.build({
        configFile: join(root, 'client/speaker/vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: aside, emptyOutDir: false, reportCompressedSize: false },
      });
      await compress(aside);
    } else {
      await vite.build({
        configFile: false,
        root,
        logLevel: 'warn',
        build: {
          ssr: true,
          outDir: aside,
          emptyOutDir: true,
          target: 'node20',
          minify: false,
          sourcemap: true,
          rollupOptions: {
            input: {
              commands: join(root, 'server/cli/commands.ts'),
              'folding-thread': join(root, 'server/adapters/worker/folding-thread.ts'),
              'typesetting-thread': join(root, 'server/adapters/typst/typesetting-thread.mjs'),
            },
            // All beside each other: the server finds the script of its thread from where its own is.
            output: { chunkFileNames: '[name]-[hash].js' },
          },
        },
      });
    }
    await writeFile(join(aside, '.stamp'), hash);
    await rm(join(dist, part), { recursive: true, force: true });
    await rename(aside, join(dist, part));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The server sends these as they are; compressing at each request would cost every visitor. */
async function compress(folder) {
  for (const file of await filesOf(folder)) {
    if (!COMPRESSIBLE.test(file)) continue;
    const bytes = await readFile(file);
    if (bytes.length < 512) continue;
    const brotli = await promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    await writeFile(`${file}.br`, brotli);
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = await ensureBuilt({ force: process.argv.includes('--force'), say: console.log });
  console.log(built.length > 0 ? 'Built.' : 'Nothing to build.');
}
