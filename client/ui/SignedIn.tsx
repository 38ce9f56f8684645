import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { pageClock } from '../sync/clock.ts';
import { openDeviceCache } from '../sync/device-cache.ts';
import { useConnection, useEngine } from '../sync/hooks.ts';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { keepRepliesIn } from './kept-replies.ts';
import { comingBackTo } from './paths.ts';
import { request } from './request.ts';
import { askWhoIsSignedIn, rememberPerson, SessionGate, useSession } from './session.tsx';

/** Around every page of the team: somebody is signed in, and the device keeps their work. */
export default function SignedIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  const toSignIn = () => void navigate({ to: '/sign-in', search: comingBackTo(href), replace: true });
  return (
    <SessionGate toSignIn={toSignIn} fromDevice>
      <Team />
    </SessionGate>
  );
}

function Team() {
  const { person } = useSession();
  return (
    <KeptOnDevice person={person}>
      <SyncProvider person={person} signedOut={askWhoIsSignedIn}>
        <Outlet />
        <ErasedTexts personId={person.id} />
      </SyncProvider>
    </KeptOnDevice>
  );
}

/** Children are drawn once there is a place to keep replies in, or they would find nothing when offline. */
function KeptOnDevice({ person, children }: { person: Person; children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useLayoutEffect(() => {
    const cache = openDeviceCache(person.id);
    keepRepliesIn({ personId: person.id, load: cache.loadCached, save: cache.saveCached }, () =>
      rememberPerson(person),
    );
    setReady(true);
    return () => {
      keepRepliesIn(null);
      setReady(false);
      void cache.close();
    };
  }, [person]);
  return ready ? children : null;
}

/** Milliseconds after the page is connected: what it is opened for comes first. */
const CLEAR_AFTER = 3_000;

/** At each connection this device lets go of what was erased meanwhile (ERASE-1). */
function ErasedTexts({ personId }: { personId: string }) {
  const engine = useEngine();
  const isLive = useConnection() === 'live';
  useEffect(() => {
    if (!isLive) return;
    return pageClock.after(CLEAR_AFTER, () => {
      void (async () => {
        const [{ clearErased }, erased] = await Promise.all([
          import('../sync/erased-copies.ts'),
          request('GET /api/account/erased-texts', {}),
        ]);
        await clearErased(personId, engine, erased);
        // Without an answer it is asked again at the next connection.
      })().catch(() => {});
    });
  }, [engine, isLive, personId]);
  return null;
}
