/** How checks are run and counted, whichever of them. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tally } from './tally.ts';

const ROOT = join(import.meta.dirname, '../..');
/** @returns path of an installed program */
export const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

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

/** Runs a program, and counts it as one check. */
export async function check(
  tally: Tally,
  name: string,
  command: string,
  args: readonly string[],
): Promise<boolean> {
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

/** Runs one project of the test configuration, and counts its tests. */
export async function vitest(
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

export function newTally(): Tally {
  return { passed: 0, failed: 0, failures: [], skipped: [] };
}
