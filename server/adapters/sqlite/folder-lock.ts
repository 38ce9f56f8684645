import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { CannotStartError } from '../../ports/cannot-start.ts';

/** What a serving process holds locked. */
export function lockFile(dataDir: string): string {
  return join(dataDir, 'serving.lock');
}

/**
 * Keeps a data folder for this process. The lock is the operating system's, so
 * it ends with the process, however that ends.
 * @returns how to give it up
 * @throws CannotStartError while another process holds it: two would not see each other's edits
 */
export function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new SqliteConnection(lockFile(dataDir), { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if ((cause as { code?: string }).code !== 'SQLITE_BUSY') throw cause;
    throw new CannotStartError(`another Casebook is serving ${dataDir} already`, { cause });
  }
  return () => lock.close();
}
