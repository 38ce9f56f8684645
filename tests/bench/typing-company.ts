import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { within } from './deadline.ts';
import type { Bench } from './seeding.ts';

/** The ten others of `typists.ts`, who type where they are told to. */
export class TypingCompany {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  /** @param blockIds in which they may be asked to type */
  static async gather(bench: Bench, blockIds: readonly string[]): Promise<TypingCompany> {
    const args = ['--import', 'tsx', join(import.meta.dirname, 'typists.ts')];
    const child = spawn(process.execPath, [...args, bench.url, bench.token, ...blockIds], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const company = new TypingCompany(child);
    try {
      const gone = company.#ended.then(() => Promise.reject(new Error('the typists left')));
      await within(30_000, 'to gather the typists', Promise.race([once(child.stdout, 'data'), gone]));
      return company;
    } catch (error) {
      await company.dismiss();
      throw error;
    }
  }

  async whileTypingIn<T>(blockId: string, work: () => Promise<T>): Promise<T> {
    this.#child.stdin?.write(`${blockId}\n`);
    try {
      return await work();
    } finally {
      this.#child.stdin?.write('\n');
    }
  }

  async dismiss(): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}
