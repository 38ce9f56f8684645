import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { openDeviceCache } from '../sync/device-cache.ts';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { keepRepliesIn } from './kept-replies.ts';
import { askWhoIsSignedIn, rememberPerson, SessionGate, useSession } from './session.tsx';

/** Around every page of the team: somebody is signed in, and the device keeps their work. */
export default function SignedIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  const toSignIn = () =>
    void navigate({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true });
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
