/**
 * What has to be survived, tried on real processes: `npm run test:faults`. Kept
 * apart from `npm test`, because limits of time and memory want a quiet machine.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayMount } from '../faults/support/small-disk.ts';
import { check, newTally, vitest } from './checks.ts';
import { verdict } from './tally.ts';

async function main(): Promise<boolean> {
  const tally = newTally();
  const folder = await mkdtemp(join(tmpdir(), 'casebook-faults-'));
  try {
    const built = await check(tally, 'build', process.execPath, ['server/cli/build.mjs']);
    if (built) await vitest(tally, 'faults', folder);
    else tally.skipped.push('the faults, because the build failed');
    if (!mayMount()) tally.skipped.push('a full disk, because no file system may be mounted here');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { lines, ok } = verdict(tally, Boolean(process.env.CI));
  console.log(`\n${lines.join('\n')}`);
  return ok;
}

process.exitCode = (await main()) ? 0 : 1;
