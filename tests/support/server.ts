import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningServer {
  /** Without a slash at its end; the same after a restart. */
  readonly url: string;
  readonly dataDir: string;
  /** As printed by the last start; null where somebody owns the installation. */
  readonly ownerLink: string | null;
  /** All that the last start printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number;
  /** Asks it to stop in good order. */
  stop(): Promise<Ended>;
  /** Ends it without a chance to save anything. */
  kill9(): Promise<Ended>;
  /** Starts it again on the same folder and port, after it ended. */
  restart(): Promise<void>;
  /** Stops it, and deletes its folder where it was made for it. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: 'serve' | 'demo';
}

/** Runs `casebook` to its end. */
export function casebook(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return watch(startCasebook(args, env)).ended;
}

/**
 * Starts a real process of the built server and waits until it is ready.
 * @throws with what it printed when it ends instead
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'casebook-test-')));
  const port = await freePort();
  // Links lead to the address that the trials call, whose cookies are its own.
  const env = {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  const start = async (): Promise<Watched> => {
    const watched = watch(startCasebook([options.command ?? 'serve'], env));
    // Everything that a start prints comes in one write.
    await watched.says(/ready on \S+\n/);
    return watched;
  };
  let running = await start();
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    running.child.kill(signal);
    return running.ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    get ownerLink() {
      return /^http\S+\/enter#\S+$/m.exec(running.stdout())?.[0] ?? null;
    },
    get stdout() {
      return running.stdout();
    },
    get stderr() {
      return running.stderr();
    },
    get pid() {
      return running.child.pid as number;
    },
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
    async restart() {
      await running.ended;
      running = await start();
    },
    async close() {
      await end('SIGTERM');
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Watched {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
  /** Resolves when the output so far matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<void>;
}

function startCasebook(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(PATH|HOME|TMPDIR|LANG|NODE_.*)$/.test(name)),
  );
  return spawn(process.execPath, [join(ROOT, 'server/cli/casebook.mjs'), ...args], {
    cwd: ROOT,
    env: { ...inherited, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function watch(child: ChildProcess): Watched {
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  child.stdout?.on('data', (data: Buffer) => {
    stdout += data.toString();
    for (const look of waiting) look();
  });
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(stdout)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        ended.then((end) => reject(new Error(`it ended: ${JSON.stringify(end)}`)), reject);
      }),
  };
}

/** @returns a port of this machine that nobody listens on now */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
