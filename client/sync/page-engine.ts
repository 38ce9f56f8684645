/** The engine on the browser's own socket, clock, database and tabs. */
import type { Me } from './case-presence.ts';
import { pageClock } from './clock.ts';
import { deviceDatabaseName } from './device-name.ts';
import { DeviceStore } from './device-store.ts';
import { deviceMayHold } from './early-device.ts';
import { roomAskedOn, takeEarlySocket } from './early-socket.ts';
import { SyncEngine } from './sync-engine.ts';

/** Where the many-rooms socket is: on the host that the page came from. */
function socketUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/collab`;
}

function onNetwork(change: (what: 'maybe-back' | 'gone') => void): () => void {
  const back = () => change('maybe-back');
  const gone = () => change('gone');
  const seen = () => {
    if (document.visibilityState === 'visible') back();
  };
  window.addEventListener('online', back);
  window.addEventListener('offline', gone);
  window.addEventListener('pageshow', back);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', back);
    window.removeEventListener('offline', gone);
    window.removeEventListener('pageshow', back);
    document.removeEventListener('visibilitychange', seen);
  };
}

const ASKED_TO_PERSIST = 'asked to persist';

/** Asks the browser, once on this device, not to clear what it keeps when space runs short. */
async function askToPersist(store: DeviceStore): Promise<void> {
  if (!navigator.storage?.persist || (await store.noted(ASKED_TO_PERSIST))) return;
  await store.note(ASKED_TO_PERSIST, true);
  await navigator.storage.persist();
}

function openStore(personId: string | null): DeviceStore {
  const mayHold = personId === null ? undefined : deviceMayHold(personId);
  const store: DeviceStore = new DeviceStore(personId, pageClock, () => void askToPersist(store), mayHold);
  return store;
}

/**
 * @param me who is signed in
 * @param keepOnDevice false: nothing is kept, and tabs share nothing (DEVICE-1)
 * @param signedOut the server says that this person is not signed in here any more
 */
export function createPageEngine(
  me: Me,
  keepOnDevice: boolean,
  signedOut: () => void = () => {},
): SyncEngine {
  return new SyncEngine({
    signedOut,
    me,
    url: socketUrl(),
    makeSocket: (url, protocols) => takeEarlySocket() ?? new WebSocket(url, protocols),
    roomAskedOn,
    onNetwork,
    clock: pageClock,
    newId: () => crypto.randomUUID(),
    openStore: () => openStore(keepOnDevice ? me.id : null),
    openTabs: () =>
      keepOnDevice && typeof BroadcastChannel !== 'undefined'
        ? new BroadcastChannel(deviceDatabaseName(me.id))
        : null,
  });
}

/**
 * Has the browser ask before the page closes, while closing it would lose words.
 * @returns ends it
 */
export function warnBeforeLoss(engine: Pick<SyncEngine, 'unsafe'>): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (engine.unsafe) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}
