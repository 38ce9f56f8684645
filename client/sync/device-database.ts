/** How a person's database on this device is laid out. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { deleteDB, openDB } from 'idb';
import type { Access } from '../../shared/permissions/access.ts';
import { deviceDatabaseName } from './device-name.ts';
import type { KeptWords } from './replica.ts';

export interface StoredReplica {
  readonly blockId: string;
  readonly lineage: string;
  /** As the server last granted it. */
  readonly access: Access;
  /** A Yjs update with all folded rows; null before the first folding. */
  readonly snapshot: Uint8Array | null;
  /** Counts the foldings, so that tabs notice each other's. */
  readonly version: number;
  /** When the server last opened the block, milliseconds since 1970. */
  readonly seenAt: number;
}

export interface StoredUpdate {
  readonly id: string;
  readonly blockId: string;
  readonly lineage: string;
  readonly bytes: Uint8Array;
  /** 1: made on this device and not acknowledged by the server. */
  readonly waiting: 0 | 1;
}

export interface CachedAnswer {
  readonly key: string;
  readonly value: unknown;
  readonly at: number;
}

export interface DeviceSchema extends DBSchema {
  replicas: { key: string; value: StoredReplica };
  updates: { key: string; value: StoredUpdate; indexes: { block: string; waiting: number } };
  kept: { key: string; value: KeptWords };
  cache: { key: string; value: CachedAnswer };
  meta: { key: string; value: unknown };
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>;

const VERSION = 1;
/** Milliseconds after which a database that does not open counts as missing. */
const OPEN_LIMIT = 4_000;

/**
 * @param onLost another tab deletes the database, or the browser took it away
 * @param after runs a function later, and says how to call it off
 * @returns null where the device keeps nothing: no IndexedDB, no room, or it does not answer
 */
export async function openDeviceDatabase(
  personId: string,
  onLost: () => void,
  after: (milliseconds: number, run: () => void) => () => void,
): Promise<DeviceDatabase | null> {
  if (typeof indexedDB === 'undefined') return null;
  let late = false;
  const opening = openDB<DeviceSchema>(deviceDatabaseName(personId), VERSION, {
    upgrade(database) {
      database.createObjectStore('replicas', { keyPath: 'blockId' });
      const updates = database.createObjectStore('updates', { keyPath: 'id' });
      updates.createIndex('block', 'blockId');
      updates.createIndex('waiting', 'waiting');
      database.createObjectStore('kept', { keyPath: 'id' });
      database.createObjectStore('cache', { keyPath: 'key' });
      database.createObjectStore('meta');
    },
    blocking(_present, _wanted, event) {
      (event.target as IDBDatabase).close();
      onLost();
    },
    terminated: onLost,
  });
  const opened = opening.then(
    (database) => {
      if (late) database.close();
      return late ? null : database;
    },
    () => null,
  );
  let callOff = () => {};
  const limit = new Promise<null>((resolve) => {
    callOff = after(OPEN_LIMIT, () => {
      late = true;
      resolve(null);
    });
  });
  const database = await Promise.race([opened, limit]);
  callOff();
  return database;
}

/** Deletes everything that this device keeps for a person. Waits for other tabs to let go. */
export async function deleteDeviceDatabase(personId: string): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  await deleteDB(deviceDatabaseName(personId));
}
