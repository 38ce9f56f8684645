import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../support/chromium.ts';

export type Obtained = { readonly path: string } | { readonly path: null; readonly why: string };

const MINUTES = 60_000;

/**
 * Finds a Chromium, or gets one: Playwright's own download, otherwise the
 * distribution's package where this process may install it.
 */
export function obtainChromium(): Obtained {
  if (process.env.CASEBOOK_CHROMIUM && !findChromium()) {
    return { path: null, why: `CASEBOOK_CHROMIUM names no file (${process.env.CASEBOOK_CHROMIUM})` };
  }
  const found = findChromium();
  if (found) return { path: found };

  console.log('No Chromium here yet; getting one.');
  const cli = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js');
  const downloaded = attempt(process.execPath, [cli, 'install', 'chromium']);
  if (downloaded && starts()) return { path: findChromium() as string };

  const isRoot = process.getuid?.() === 0;
  if (isRoot && attempt('apt-get', ['update'])) {
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    const installed = findChromium();
    if (installed) return { path: installed };
  }
  return {
    path: null,
    why: isRoot
      ? 'no Chromium was found, and neither its download nor the package "chromium" could be had'
      : 'no Chromium was found and it could not be downloaded; install the package "chromium" or set CASEBOOK_CHROMIUM',
  };
}

/** Playwright's download comes without the system's libraries, which a bare machine lacks. */
function starts(): boolean {
  const path = findChromium();
  if (!path) return false;
  return spawnSync(path, ['--version'], { timeout: MINUTES, stdio: 'ignore' }).status === 0;
}

function attempt(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 10 * MINUTES,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
