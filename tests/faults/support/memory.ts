import { readFileSync } from 'node:fs';

const MIB = 1024 * 1024;

/** @returns memory that a process holds now, in MiB */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (!kibibytes) throw new Error(`process ${pid} does not say how much memory it holds`);
  return (Number(kibibytes) * 1024) / MIB;
}

/** The most memory that a process held while it was watched. */
export class HighWater {
  #most = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#timer = setInterval(() => {
      this.#most = Math.max(this.#most, residentMiB(pid));
    }, 50);
  }

  /** @returns MiB */
  end(): number {
    clearInterval(this.#timer);
    return this.#most;
  }
}
