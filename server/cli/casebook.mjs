#!/usr/bin/env node
/** The command `casebook`: builds what changed, then runs the built program. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NEEDED = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`Casebook needs Node ${NEEDED.join('.')} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

const root = join(import.meta.dirname, '../..');
if (!existsSync(join(root, 'node_modules/vite'))) {
  console.error('Run "npm ci" first.');
  process.exit(1);
}

const { ensureBuilt } = await import('./build.mjs');
const servesPages = ['serve', 'demo'].includes(process.argv[2] ?? '');
try {
  // Told on stderr, so that what a command prints can be read by a program.
  await ensureBuilt({
    parts: servesPages ? ['client', 'server'] : ['server'],
    say: (line) => console.error(line),
  });
} catch (error) {
  console.error(`The build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
const { run } = await import(pathToFileURL(join(root, 'dist/server/commands.js')).href);
await run(process.argv, { clientRoot: join(root, 'dist/client') });
