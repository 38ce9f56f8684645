import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../support/chromium.ts';

export type Obtained = { readonly path: string } | { readonly path: null; readonly why: string };

const MINUTES = 60_000;
const PLAYWRIGHT = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js');

/** What getting a Chromium needs of the machine. */
export interface Machine {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** May install packages. */
  readonly isRoot: boolean;
  find(): string | null;
  /** @returns whether the command ended well */
  run(command: string, args: readonly string[], shown: boolean): boolean;
}

const thisMachine: Machine = {
  env: process.env,
  isRoot: process.getuid?.() === 0,
  find: () => findChromium(),
  run: (command, args, shown) =>
    spawnSync(command, args, {
      stdio: shown ? ['ignore', 'inherit', 'inherit'] : 'ignore',
      timeout: 10 * MINUTES,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
};

/**
 * Finds a Chromium, or gets one: Playwright's own download, otherwise the
 * distribution's package where this process may install it.
 */
export function obtainChromium(machine: Machine = thisMachine): Obtained {
  const found = machine.find();
  if (found) return { path: found };
  const named = machine.env.CASEBOOK_CHROMIUM;
  if (named) return { path: null, why: `CASEBOOK_CHROMIUM names no program (${named})` };

  console.log('No Chromium here yet; getting one.');
  if (machine.run(process.execPath, [PLAYWRIGHT, 'install', 'chromium'], true)) {
    const downloaded = machine.find();
    // It comes without the system's libraries, which a bare machine lacks.
    if (downloaded && machine.run(downloaded, ['--version'], false)) return { path: downloaded };
  }
  if (!machine.isRoot) {
    return {
      path: null,
      why: 'no Chromium was found and it could not be downloaded; install the package "chromium" or set CASEBOOK_CHROMIUM',
    };
  }
  machine.run('apt-get', ['update'], true);
  machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], true);
  const installed = machine.find();
  if (installed && machine.run(installed, ['--version'], false)) return { path: installed };
  return {
    path: null,
    why: 'no Chromium was found, and neither its download nor the package "chromium" could be had',
  };
}
