import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { forgetDevice, unsentOnDevice } from '../sync/device-cache.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { useAct } from '../ui/query.ts';
import { endSession, signingOut, useSession } from '../ui/session.tsx';
import styles from './accounts.module.css';

/** Signs out, naming first what this device has and the server does not (DEVICE-1). */
export default function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { person } = useSession();
  const navigate = useNavigate();
  const end = useAct('DELETE /api/session');
  const [clearing, setClearing] = useState(false);
  const unsent = useQuery({
    queryKey: ['unsent', person.id],
    queryFn: () => unsentOnDevice(person.id),
    gcTime: 0,
    refetchInterval: 2_000,
  });
  const leave = async () => {
    signingOut(true);
    if (!(await end.send({}, {}))) {
      signingOut(false);
      return;
    }
    setClearing(true);
    // Away from the pages first, so that nothing is written here any more while it is cleared.
    await navigate({ to: '/sign-in', replace: true });
    await forgetDevice(person.id);
    endSession();
  };
  const waiting = unsent.data ?? 0;
  const unknown = unsent.data === null;
  return (
    <Dialog title="Sign out?" onClose={onClose}>
      <p>What this device keeps of your studies is cleared. What the server has saved stays.</p>
      <div role="status">
        {unknown && (
          <p className={styles.unsent}>
            What this device has and the server does not cannot be read just now. Signing out throws it away,
            if there is anything.
          </p>
        )}
        {waiting > 0 && (
          <p className={styles.unsent}>
            {waiting === 1 ? 'One change of yours is' : `${waiting} changes of yours are`} only on this
            device: the server does not have {waiting === 1 ? 'it' : 'them'} yet. Signing out now throws{' '}
            {waiting === 1 ? 'it' : 'them'} away. Connect and wait a moment to keep{' '}
            {waiting === 1 ? 'it' : 'them'}.
          </p>
        )}
      </div>
      {end.problem && (
        <p className={styles.unsent} role="alert">
          {end.problem}
        </p>
      )}
      <Acts>
        <Button
          variant="filled"
          color={waiting > 0 || unknown ? 'red' : 'accent'}
          aria-disabled={unsent.isPending || end.pending || clearing || undefined}
          onClick={() => {
            if (!unsent.isPending && !end.pending && !clearing) void leave();
          }}
        >
          {waiting > 0 || unknown ? 'Sign out all the same' : 'Sign out'}
        </Button>
        <Button data-stay onClick={onClose}>
          Stay
        </Button>
      </Acts>
    </Dialog>
  );
}
