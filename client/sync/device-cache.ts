/** What else this device keeps for a person: answers of the server, and their end at sign-out. */
import { mergeUpdates } from 'yjs';
import { pageClock } from './clock.ts';
import { deleteDeviceDatabase } from './device-database.ts';
import { DeviceStore } from './device-store.ts';
import { wordsOfUpdates } from './unsent-words.ts';

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
 * @returns how many changes and kept words on this device the server does not have, to be
 *   named before `forgetDevice` (DEVICE-1); null where that cannot be read just now
 */
export async function unsentOnDevice(personId: string): Promise<number | null> {
  // Such a device keeps nothing of anybody.
  if (typeof indexedDB === 'undefined') return 0;
  const store = new DeviceStore(personId, pageClock);
  const unsent = await store.unsent();
  await store.close();
  return unsent;
}

/**
 * Clears what this device keeps for the person and the server has as well, as when
 * they were signed out from afar (DEVICE-1).
 * @returns how many changes and kept words stay, for when they sign in again; null where
 *   that cannot be read just now
 */
export async function clearSent(personId: string): Promise<number | null> {
  const store = new DeviceStore(personId, pageClock);
  await store.clearSent(null);
  const unsent = await store.unsent();
  await store.close();
  return unsent;
}

/**
 * Clears what this device keeps of studies that the person is no longer in (DEVICE-1):
 * all that is not known to be of one that they are in. Of a case that was refused, its
 * own answer is the first to go, and says nothing any more.
 * @param studyIds the studies that they are in, as the server has just said
 */
export async function clearOtherStudies(personId: string, studyIds: readonly string[]): Promise<void> {
  const store = new DeviceStore(personId, pageClock);
  const answers = await store.cachedAnswers();
  const cases = new Set<string>();
  const stay = new Set<string>();
  for (const { value } of answers) {
    const detail = value as { id?: string; studyId?: string; blocks?: readonly { blockId: string }[] } | null;
    if (!detail?.id || !detail.blocks || !studyIds.includes(detail.studyId ?? '')) continue;
    cases.add(detail.id);
    for (const { blockId } of detail.blocks) stay.add(blockId);
  }
  const keys = answers
    .map(({ key }) => key)
    .filter((key) => {
      const { studyId, caseId } = paramsIn(key);
      const isOfOther = studyId !== undefined && !studyIds.includes(studyId);
      return isOfOther || (caseId !== undefined && !cases.has(caseId));
    });
  await store.clearSent({ stay, keys });
  await store.close();
}

/** @param key the route, a space, and what its path names, as JSON */
export function paramsIn(key: string): { readonly studyId?: string; readonly caseId?: string } {
  const from = key.indexOf('{');
  try {
    return from < 0 ? {} : (JSON.parse(key.slice(from)) as { studyId?: string; caseId?: string });
  } catch {
    // Kept by something else than a route.
    return {};
  }
}

/** @returns what the person typed on this device that waits to be sent, a line for each passage; as far as it can be read */
export async function wordsWaiting(personId: string): Promise<string> {
  if (typeof indexedDB === 'undefined') return '';
  const store = new DeviceStore(personId, pageClock);
  const updates = await store.waitingUpdates();
  await store.close();
  return (
    [...updates.values()]
      // Merged, they stand in the order of typing, whatever the order they were kept in.
      .map((ofBlock) => wordsOfUpdates([mergeUpdates([...ofBlock])]))
      .filter((words) => words !== '')
      .join('\n')
  );
}

/** Clears everything that this device keeps for the person, in every tab (DEVICE-1). */
export async function forgetDevice(personId: string): Promise<void> {
  await deleteDeviceDatabase(personId);
}
