import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { within } from '../deadline.ts';

const PRELOAD = join(import.meta.dirname, 'processes/collect-on-signal.mjs');
const KNOCK_EVERY_MS = 5;
const READY_WITHIN_MS = 30_000;

export interface ProcessOptions {
  /** The script that node runs, and its arguments. */
  readonly script: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** The one core that it runs on; null where it is not pinned. */
  readonly core: number | null;
  /** Folder for CPU profiles, one for each start. */
  readonly profiles?: string | undefined;
}

/** A server under measurement: a process of its own that is started, measured, stopped and killed. */
export class ServerProcess {
  readonly port: number;
  readonly #options: ProcessOptions;
  #child: ChildProcess | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #printed = '';

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.port = options.port;
  }

  /** @returns what matches in what the last start printed, once it does */
  async says(pattern: RegExp): Promise<string> {
    const match = async (): Promise<string> => {
      for (;;) {
        const found = pattern.exec(this.#printed)?.[0];
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, KNOCK_EVERY_MS));
      }
    };
    return within(READY_WITHIN_MS, `to say ${pattern}`, match());
  }

  /** Starts it, and resolves once it takes connections. */
  async start(): Promise<void> {
    const { script, env, core, profiles } = this.#options;
    const profile = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
    const node = [process.execPath, ...profile, '--expose-gc', '--import', PRELOAD, ...script];
    const pinned = core === null ? [] : ['taskset', '-c', String(core)];
    const [command, ...args] = [...pinned, ...node] as [string, ...string[]];
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    this.#printed = '';
    const keep = (data: Buffer): void => {
      this.#printed = `${this.#printed}${data}`.slice(-20_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.#child = child;
    this.#ended = once(child, 'exit');
    // A bench that fails leaves nothing running.
    const cut = (): boolean => child.kill('SIGKILL');
    process.once('exit', cut);
    child.once('exit', () => process.off('exit', cut));
    const gone = this.#ended.then(() => {
      throw new Error(`the server ended: ${this.#printed}`);
    });
    await within(READY_WITHIN_MS, 'to start a server', Promise.race([this.#answersAtTheDoor(), gone]));
    gone.catch(() => {
      // From here on an end is asked for, or shows in the sockets that it closes.
    });
  }

  async #answersAtTheDoor(): Promise<void> {
    const child = this.#child;
    while (child?.exitCode === null && !(await isListening(this.port))) {
      await new Promise((resolve) => setTimeout(resolve, KNOCK_EVERY_MS));
    }
  }

  /**
   * @returns milliseconds of CPU that its living threads have used since the start. From the
   *   scheduler's own count: the clock ticks of /proc/<pid>/stat are samples, and work that
   *   timers start falls on them too often.
   */
  cpuMs(): number {
    const tasks = `/proc/${this.#pid}/task`;
    let nanoseconds = 0;
    for (const task of readdirSync(tasks)) {
      nanoseconds += Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ', 1)[0]);
    }
    return nanoseconds / 1e6;
  }

  /** @returns kB that it holds in memory once its garbage is collected */
  async residentKb(): Promise<number> {
    const collected = once(this.#child?.stdio[3] as Readable, 'data');
    process.kill(this.#pid, 'SIGUSR2');
    await within(READY_WITHIN_MS, 'to collect garbage', collected);
    const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  }

  get #pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('this server does not run');
    return pid;
  }

  /** Asks it to stop in good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends it without a chance to save anything. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal);
    await this.#ended;
    this.#child = null;
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
