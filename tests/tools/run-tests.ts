/**
 * All checks of the project, one after another: `npm test`. What cannot be
 * checked here is said in one line; with `CI` set, that is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainChromium } from './obtain-chromium.ts';
import { type Tally, verdict } from './tally.ts';

const ROOT = join(import.meta.dirname, '../..');
const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}

async function check(tally: Tally, name: string, command: string, args: readonly string[]): Promise<boolean> {
  console.log(`\n── ${name}`);
  const ok = await run(command, args);
  if (ok) tally.passed += 1;
  else {
    tally.failed += 1;
    tally.failures.push(name);
  }
  return ok;
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

async function vitest(
  tally: Tally,
  project: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  console.log(`\n── ${project} tests`);
  const file = join(folder, `${project}.json`);
  const args = [
    'run',
    '--root',
    ROOT,
    '--config',
    join(ROOT, 'tests/vitest.config.ts'),
    '--project',
    project,
  ];
  const ok = await run(
    bin('vitest'),
    [...args, '--reporter=default', '--reporter=json', `--outputFile=${file}`],
    env,
  );
  const report = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as Report)
    .catch(() => null);
  tally.passed += report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  // A file that cannot even be loaded has no tests to fail.
  tally.failed += ok ? failed : Math.max(failed, 1);
  if (!ok) tally.failures.push(`${project} tests`);
  if (report && report.numPendingTests > 0) {
    tally.skipped.push(`${report.numPendingTests} ${project} tests that are marked so in their files`);
  }
}

async function main(): Promise<boolean> {
  const tally: Tally = { passed: 0, failed: 0, failures: [], skipped: [] };
  const folder = await mkdtemp(join(tmpdir(), 'casebook-report-'));
  try {
    await check(tally, 'lint', bin('biome'), ['check']);
    await check(tally, 'types', bin('tsc'), ['--noEmit']);
    // Built first: tests of the command line start the built server.
    const built = await check(tally, 'build', process.execPath, ['server/cli/build.mjs']);
    await vitest(tally, 'unit', folder);
    const chromium = obtainChromium();
    if (!built) tally.skipped.push('the browser tests, because the build failed');
    else if (chromium.path === null) tally.skipped.push(`the browser tests, because ${chromium.why}`);
    else await vitest(tally, 'browser', folder, { CASEBOOK_CHROMIUM: chromium.path });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { lines, ok } = verdict(tally, Boolean(process.env.CI));
  console.log(`\n${lines.join('\n')}`);
  return ok;
}

process.exitCode = (await main()) ? 0 : 1;
