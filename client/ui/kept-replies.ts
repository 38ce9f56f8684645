/**
 * Replies that the device keeps, so that pages open again offline. Where they are
 * kept is up to whoever is signed in (see SignedIn.tsx); before that, nowhere.
 */
export interface DeviceCache {
  /** Whose device it is just now. */
  readonly personId: string;
  load(key: string): Promise<unknown>;
  /** `undefined` takes the entry away. */
  save(key: string, value: unknown): Promise<void>;
}

let cache: DeviceCache | null = null;
let afterKeeping: (() => void) | null = null;
/** Replies that came before there was a place for them: a page may be asked for before it is known for whom. */
const early = new Map<string, unknown>();
const fromDevice = new WeakSet<object>();

/** @param kept - called whenever something was kept: this device is then one that its person works on */
export function keepRepliesIn(device: DeviceCache | null, kept: (() => void) | null = null): void {
  cache = device;
  afterKeeping = kept;
  if (device) for (const [key, reply] of early) void saveKept(key, reply);
  early.clear();
}

/** @returns null while nobody is known to be signed in */
export function keptFor(): string | null {
  return cache?.personId ?? null;
}

/** Never throws: a device that keeps nothing is a device with nothing kept. */
export async function loadKept<T>(key: string): Promise<T | undefined> {
  try {
    return (await cache?.load(key)) as T | undefined;
  } catch {
    return undefined;
  }
}

export async function saveKept(key: string, value: unknown): Promise<void> {
  if (!cache) {
    early.set(key, value);
    return;
  }
  try {
    await cache.save(key, value);
    afterKeeping?.();
  } catch {
    // A full or forbidden store costs the offline copy, not the page.
  }
}

/** What somebody made and nobody else has: unlike a reply, it is told where it could not be kept. */
export const keptWork = {
  /** @throws where the device can't be read, which is not to have nothing kept */
  async load(personId: string | null, key: string): Promise<unknown> {
    return deviceOf(personId).load(key);
  },
  /** @throws where the device did not take it: it is full, or keeps nothing */
  async save(personId: string | null, key: string, value: unknown): Promise<void> {
    await deviceOf(personId).save(key, value);
    afterKeeping?.();
  },
};

/** What one person made is never kept for whoever signs in on the same page after them. */
function deviceOf(personId: string | null): DeviceCache {
  if (!cache || cache.personId !== personId) throw new Error('nothing is kept here for this person');
  return cache;
}

export async function dropKept(key: string): Promise<void> {
  try {
    await cache?.save(key, undefined);
  } catch {
    // As above; the server refuses the data itself anyway.
  }
}

export function markKept<T>(reply: T): T {
  if (typeof reply === 'object' && reply !== null) fromDevice.add(reply);
  return reply;
}

/** @returns whether this reply came from the device, since the server did not answer */
export function isKept(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && fromDevice.has(reply);
}
