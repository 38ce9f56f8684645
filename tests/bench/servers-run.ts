import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { within } from './deadline.ts';
import type { Measured, ScenarioName } from './scenarios/scenario.ts';
import type { ServerName } from './servers/benched-server.ts';

export interface ServersAsked {
  /** The core of every server; null where none can be pinned. */
  readonly serverCore: number | null;
  /** All, where none are named. */
  readonly servers: readonly ServerName[] | null;
  readonly scenarios: readonly ScenarioName[] | null;
  /** Folder for CPU profiles of ours. */
  readonly profiles?: string | undefined;
}

export type ServersMeasured = Partial<Record<ServerName, Measured>>;

/** Milliseconds after which it is given up. */
const ENDS_WITHIN = 10 * 60_000;

/**
 * Measures servers one after another on one core, from a process on another.
 * @throws Error where one of them could not be measured
 */
export async function runServers(asked: Omit<ServersAsked, 'serverCore'>): Promise<ServersMeasured> {
  const cores = pinnableCores();
  const [serverCore, loadCore] = cores ?? [null, null];
  if (!cores) console.error('No two cores to pin to: the load and the server share what there is.');
  const child = fork(join(import.meta.dirname, 'servers-half.ts'), [], {
    execArgv: ['--import', 'tsx'],
    // What it says of its progress is no part of the answer.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  try {
    if (loadCore !== null) {
      execFileSync('taskset', ['-a', '-c', '-p', String(loadCore), String(child.pid)], { stdio: 'ignore' });
    }
    child.send({ ...asked, serverCore } satisfies ServersAsked);
    const ended = once(child, 'exit').then(() => {
      throw new Error('the servers could not be measured');
    });
    const answered = once(child, 'message').then(([results]) => results as ServersMeasured);
    return await within(ENDS_WITHIN, 'to measure the servers', Promise.race([answered, ended]));
  } finally {
    child.kill();
  }
}

/** @returns two cores that this process may use; null without them, or without `taskset` */
function pinnableCores(): readonly [number, number] | null {
  try {
    execFileSync('taskset', ['-V'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const list = /^Cpus_allowed_list:\s+(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const cores = list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  const [one, other] = cores;
  return one !== undefined && other !== undefined ? [one, other] : null;
}
