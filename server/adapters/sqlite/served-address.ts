import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { lockFile } from './folder-lock.ts';

const addressFile = (dataDir: string): string => join(dataDir, 'served-at');

/** Keeps in the data folder where it is served, for commands that print links to it. */
export function noteServedAddress(dataDir: string, publicUrl: string): void {
  writeFileSync(addressFile(dataDir), `${publicUrl}\n`, { mode: 0o600 });
}

export interface ServedAddress {
  readonly publicUrl: string;
  /** Whether a process serves the folder at this moment. */
  readonly now: boolean;
}

/** @returns where the folder is or was last served; null where it never was */
export function servedAddress(dataDir: string): ServedAddress | null {
  if (!existsSync(addressFile(dataDir))) return null;
  const publicUrl = readFileSync(addressFile(dataDir), 'utf8').trim();
  if (!URL.canParse(publicUrl)) return null;
  return { publicUrl, now: isLocked(dataDir) };
}

/** Looks without taking the lock, so that no start is in its way. */
function isLocked(dataDir: string): boolean {
  if (!existsSync(lockFile(dataDir))) return false;
  const lock = new SqliteConnection(lockFile(dataDir), { timeout: 0, readonly: true });
  try {
    lock.pragma('schema_version');
    return false;
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'SQLITE_BUSY') throw cause;
    return true;
  } finally {
    lock.close();
  }
}
