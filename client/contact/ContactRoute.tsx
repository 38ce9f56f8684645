import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { askWhoIsSignedIn, SessionGate, useSession } from '../ui/session.tsx';
import ContactPage from './ContactPage.tsx';

/**
 * Around a school contact's pages: nothing is kept on the device (DEVICE-1), so signed
 * out from afar, they stay until nothing is on them that was typed and not sent.
 */
export default function ContactRoute() {
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  const toSignIn = () => void navigate({ to: '/sign-in', search: { to: '/contact' }, replace: true });
  return (
    <SessionGate toSignIn={toSignIn} goesOn={!over}>
      <Contact
        signedOut={() => {
          setOver(true);
          askWhoIsSignedIn();
        }}
      />
    </SessionGate>
  );
}

function Contact({ signedOut }: { signedOut: () => void }) {
  const { person } = useSession();
  return (
    <SyncProvider person={person} keepOnDevice={false} signedOut={signedOut}>
      <ContactPage />
    </SyncProvider>
  );
}
