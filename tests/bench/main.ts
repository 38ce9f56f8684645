/**
 * `npm run bench`: the product against the bare page (one editor, one document,
 * the stock provider, nothing else), both built and served the same way, in one
 * run. Prints a table; the ratios are what counts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import { newId, plantTeam } from '../support/team.ts';
import { measureOpening, measureTyping, type Opening } from './page-measures.ts';
import { type Bench, seed, WORDS } from './seeding.ts';
import { median, quantile } from './statistics.ts';

const ROOT = join(import.meta.dirname, '../..');
const BARE = join(ROOT, 'dist/client/bare');
const OPENINGS = 7;
const KEYS = 250;

/** Beside the product's own files, so that both come from the same server with the same headers. */
async function buildBare(): Promise<void> {
  await build({
    root: join(import.meta.dirname, 'bare'),
    base: '/bare/',
    logLevel: 'error',
    configFile: false,
    plugins: [react()],
    build: { outDir: BARE, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  for (const file of await readdir(BARE, { recursive: true })) {
    if (!/\.(js|css|html)$/.test(file)) continue;
    await writeFile(join(BARE, `${file}.br`), brotliCompressSync(await readFile(join(BARE, file))));
  }
}

/** Opens both pages in turn, so that a slow moment of the machine meets both. */
async function openings(browser: Browser, bench: Bench, cookies: CookieJar) {
  const ours: Opening[] = [];
  const bare: Opening[] = [];
  for (let round = 0; round < OPENINGS; round++) {
    for (const [url, into] of [
      [caseUrl(bench), ours],
      [bareUrl(bench), bare],
    ] as const) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        serviceWorkers: 'block',
      });
      await context.addCookies(cookies);
      into.push(await measureOpening(context, url));
      await context.close();
    }
  }
  const middle = (from: readonly Opening[], what: keyof Opening) =>
    median(from.map((opening) => opening[what]));
  return {
    ours: (what: keyof Opening) => middle(ours, what),
    bare: (what: keyof Opening) => middle(bare, what),
  };
}

type CookieJar = Awaited<ReturnType<Awaited<ReturnType<typeof openPerson>>['context']['cookies']>>;

/** At the first section with running text: the profile before it is all fields. */
function caseUrl(bench: Bench): string {
  return `${bench.url}/cases/${bench.caseId}?section=${bench.firstSectionId}`;
}

function bareUrl(bench: Bench): string {
  return `${bench.url}/bare/index.html#${encodeURI(`block/${bench.bareBlockId}`)}|${bench.token}`;
}

/** @returns the p95 of key to paint, milliseconds */
async function typing(browser: Browser, url: string, cookies: CookieJar): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(url);
  const samples = await measureTyping(page, KEYS);
  await context.close();
  return quantile(samples, 0.95);
}

async function withTypists<T>(bench: Bench, blockId: string, work: () => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'typists.ts'), bench.url, bench.token, blockId],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    await once(child.stdout, 'data');
    return await work();
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

interface Row {
  readonly what: string;
  readonly ours: number;
  readonly bare: number;
  readonly unit: string;
  /** The largest ratio to the bare page that we allow ourselves. */
  readonly limit: number | null;
}

function print(rows: readonly Row[]): void {
  const show = (value: number, unit: string) => `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
  console.log(
    `\n| ${WORDS} words, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version} | Casebook | bare page | ratio | wanted |`,
  );
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const { what, ours, bare, unit, limit } of rows) {
    const wanted = limit === null ? '' : `≤ ${limit.toFixed(1)}`;
    console.log(
      `| ${what} | ${show(ours, unit)} | ${show(bare, unit)} | ${(ours / bare).toFixed(2)} | ${wanted} |`,
    );
  }
}

const server = await startServer();
await buildBare();
const browser = await launchBrowser();
try {
  const team = await plantTeam(server);
  const bench = await seed(server.url, await team.token());
  const invited = await team.calls.call(
    'POST /api/studies/:studyId/invitations',
    { id: newId(), email: 'ruth@wendale.example', name: 'Ruth Adeyemi', role: 'editor' },
    { studyId: bench.studyId },
  );
  const person = await openPerson(browser, invited.link);
  const cookies = await person.context.cookies();
  await person.context.close();

  const opened = await openings(browser, bench, cookies);
  const alone = {
    ours: await typing(browser, caseUrl(bench), cookies),
    bare: await typing(browser, bareUrl(bench), cookies),
  };
  const together = {
    ours: await withTypists(bench, bench.firstBlockId, () => typing(browser, caseUrl(bench), cookies)),
    bare: await withTypists(bench, bench.bareBlockId, () => typing(browser, bareUrl(bench), cookies)),
  };
  const kB = 1_000;
  print([
    { what: 'key to paint, p95, alone', ...alone, unit: 'ms', limit: 1.3 },
    { what: 'key to paint, p95, ten others typing', ...together, unit: 'ms', limit: 1.3 },
    {
      what: 'until the text can be read',
      ours: opened.ours('readable'),
      bare: opened.bare('readable'),
      unit: 'ms',
      limit: 1.5,
    },
    {
      what: 'until the first section can be edited',
      ours: opened.ours('editable'),
      bare: opened.bare('editable'),
      unit: 'ms',
      limit: 2,
    },
    {
      what: 'JavaScript until then, brotli',
      ours: opened.ours('scriptBytes') / kB,
      bare: opened.bare('scriptBytes') / kB,
      unit: 'kB',
      limit: null,
    },
  ]);
  console.log(
    `\nJavaScript until the first section can be edited: ${(opened.ours('scriptBytes') / kB).toFixed(0)} of at most 350 kB.`,
  );
} finally {
  await browser.close();
  await server.close();
  await rm(BARE, { recursive: true, force: true });
}
