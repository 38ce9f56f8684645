/** What else this device keeps for a person: answers of the server, and their end at sign-out. */
import { pageClock } from './clock.ts';
import { deleteDeviceDatabase } from './device-database.ts';
import { DeviceStore } from './device-store.ts';

/** Answers of the server, kept so that a page opens offline. Nothing is kept where the device cannot. */
export interface DeviceCache {
  /** @returns undefined where nothing is kept under the key */
  loadCached(key: string): Promise<unknown>;
  /** @param value what the structured clone algorithm takes */
  saveCached(key: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}

export function openDeviceCache(personId: string): DeviceCache {
  const store = new DeviceStore(personId, pageClock);
  return {
    loadCached: (key) => store.cached(key),
    saveCached: (key, value) => store.cache(key, value),
    close: () => store.close(),
  };
}

/**
 * @returns how many changes and kept words on this device the server does not have;
 *   to be named before `forgetDevice` (DEVICE-1)
 */
export async function unsentOnDevice(personId: string): Promise<number> {
  const store = new DeviceStore(personId, pageClock);
  const [waiting, kept] = await Promise.all([store.waiting(), store.kept()]);
  await store.close();
  return [...waiting.values()].reduce((sum, count) => sum + count, 0) + kept.length;
}

/**
 * Clears everything that this device keeps for the person, in every tab (DEVICE-1).
 * @returns how many changes and kept words went with it
 */
export async function forgetDevice(personId: string): Promise<{ readonly unsent: number }> {
  const unsent = await unsentOnDevice(personId);
  await deleteDeviceDatabase(personId);
  return { unsent };
}
