import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns whether this process may mount a file system of its own */
export function mayMount(): boolean {
  try {
    new SmallDisk(1).remove();
    return true;
  } catch {
    return false;
  }
}

/** A file system of a few megabytes, which can be filled. */
export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'casebook-small-disk-'));

  /**
   * @param megabytes its size
   * @throws where mounting is not permitted
   */
  constructor(megabytes: number) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.path], {
        stdio: 'pipe',
      });
    } catch (cause) {
      rmSync(this.path, { recursive: true });
      throw cause;
    }
  }

  /** Takes all the space that is left. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.path);
    writeFileSync(this.#ballast, Buffer.alloc(bavail * bsize));
  }

  async free(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  remove(): void {
    execFileSync('umount', [this.path], { stdio: 'pipe' });
    rmSync(this.path, { recursive: true });
  }

  get #ballast(): string {
    return join(this.path, 'ballast');
  }
}
