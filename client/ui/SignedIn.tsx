import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { SessionGate, useSession } from './session.tsx';

/** Around every page of the team: somebody is signed in, and the device keeps their work. */
export default function SignedIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  const toSignIn = useCallback(
    () => void navigate({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true }),
    [navigate, href],
  );
  return (
    <SessionGate toSignIn={toSignIn}>
      <Team />
    </SessionGate>
  );
}

function Team() {
  const { person } = useSession();
  return (
    <SyncProvider person={person}>
      <Outlet />
    </SyncProvider>
  );
}
