import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { showToast } from './toast.ts';

let waiting: ServiceWorker | null = null;
let reloading = false;

/** Lets the waiting version take over, and loads the page from it. */
function takeOver(): void {
  reloading = true;
  waiting?.postMessage({ type: 'SKIP_WAITING' });
}

function announce(worker: ServiceWorker): void {
  if (waiting === worker) return;
  waiting = worker;
  showToast({ text: 'A new version is ready.', action: { label: 'Load it', run: takeOver } });
}

function watchRegistration(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) announce(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      // Without a controller this is the first version, which takes nothing over.
      if (worker.state === 'installed' && navigator.serviceWorker.controller) announce(worker);
    });
  });
}

/**
 * Makes the page open offline, by a service worker. Called once, after the first
 * paint; does nothing where the browser has none or the page is being developed.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (reloading) location.reload();
  });
  navigator.serviceWorker.register('/sw.js').then(watchRegistration, () => {
    // The browser forbids it (private windows do): the page then works online only.
  });
}

/**
 * A page of an older version, whose parts the server no longer has, loads anew:
 * at most once a minute, so that a server that is merely gone makes no loop.
 */
export function recoverMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    const key = 'casebook.reloaded';
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (!navigator.onLine || Date.now() - last < 60_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}

/** Looks for a new version now and then, and lets it take over when its reader goes to another page. */
export function useNewVersion(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (pathChanged && fromLocation && waiting) takeOver();
      }),
    [router],
  );
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      void navigator.serviceWorker.getRegistration().then((registration) => registration?.update());
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
}
