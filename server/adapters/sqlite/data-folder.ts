import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, type SqliteDatabase } from '../sql/database.ts';

/** The one database file of a data folder. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'casebook.db');
}

/** @returns the folder's database, made where there is none, for the process's owner alone */
export function openDataFolder(dataDir: string): SqliteDatabase {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return openSqlite(databaseFile(dataDir));
}

export function hasDatabase(dataDir: string): boolean {
  return existsSync(databaseFile(dataDir));
}
