import { useNavigate } from '@tanstack/react-router';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { SessionGate, useSession } from '../ui/session.tsx';
import ContactPage from './ContactPage.tsx';

/** Around a school contact's pages: nothing is kept on the device (DEVICE-1). */
export default function ContactRoute() {
  const navigate = useNavigate();
  const toSignIn = () => void navigate({ to: '/sign-in', search: { to: '/contact' }, replace: true });
  return (
    <SessionGate toSignIn={toSignIn}>
      <Contact />
    </SessionGate>
  );
}

function Contact() {
  const { person } = useSession();
  return (
    <SyncProvider person={person} keepOnDevice={false}>
      <ContactPage />
    </SyncProvider>
  );
}
