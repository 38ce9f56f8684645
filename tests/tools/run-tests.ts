/**
 * All checks of the project, one after another: `npm test`. What cannot be
 * checked here is said in one line; with `CI` set, that is a failure.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, check, newTally, vitest } from './checks.ts';
import { obtainChromium } from './obtain-chromium.ts';
import { verdict } from './tally.ts';

async function main(): Promise<boolean> {
  const tally = newTally();
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
