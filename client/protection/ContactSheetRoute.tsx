import { useNavigate } from '@tanstack/react-router';
import { SyncProvider } from '../sync/sync-provider.tsx';
import { SessionGate, useSession } from '../ui/session.tsx';
import ContactSheetPage from './ContactSheetPage.tsx';

/** Around it, as around a school contact's other page: nothing is kept on the device (DEVICE-1). */
export default function ContactSheetRoute() {
  const navigate = useNavigate();
  const toSignIn = () => void navigate({ to: '/sign-in', search: { to: '/contact/sheet' }, replace: true });
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
      <ContactSheetPage />
    </SyncProvider>
  );
}
