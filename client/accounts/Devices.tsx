import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Device } from '../../shared/api/account.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import styles from './accounts.module.css';

/** Where this person is signed in; any other device can be signed out from here (DEVICE-1). */
export function Devices() {
  const list = useRoute('GET /api/devices', {}, { staleTime: 0 });
  const end = useAct('DELETE /api/devices/:deviceId', ['GET /api/devices']);
  const endAll = useAct('DELETE /api/devices', ['GET /api/devices']);
  const [going, setGoing] = useState<Device | 'others' | null>(null);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton rows={1} />;
  const { devices } = list.data;
  const others = devices.filter((device) => !device.current);
  const act = going === 'others' ? endAll : end;
  const confirm = async () => {
    const reply =
      going === 'others' ? await endAll.send({}, {}) : going && (await end.send({ deviceId: going.id }, {}));
    if (reply) setGoing(null);
  };
  return (
    <>
      <ul className={styles.tokens}>
        {devices.map((device) => (
          <li key={device.id}>
            <span>
              {device.label}
              {device.current && ' (this one)'}
              <small>
                Signed in {momentOf(device.since)}
                {!device.current && `, last used ${momentOf(device.lastUsedAt)}`}
                {device.service !== null && `, with ${device.service}`}
                {device.passkey && '. A passkey was used there.'}
              </small>
            </span>
            {!device.current && (
              <Button
                color="red"
                aria-label={`Sign out ${device.label}, signed in ${momentOf(device.since)}`}
                onClick={() => setGoing(device)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <Button variant="subtle" color="red" onClick={() => setGoing('others')}>
          Sign out all others
        </Button>
      )}
      {going && (
        <Confirm
          title={going === 'others' ? 'Sign out all other devices?' : `Sign out ${going.label}?`}
          act="Sign out"
          pending={act.pending}
          problem={act.problem}
          onConfirm={() => void confirm()}
          onClose={() => setGoing(null)}
        >
          <p>
            {going === 'others' ? 'They are' : 'It is'} out at once, and what{' '}
            {going === 'others' ? 'they keep' : 'it keeps'} of your studies is cleared when{' '}
            {going === 'others' ? 'they are' : 'it is'} next connected. What was written there and has not
            reached the server is kept until you sign in there again.
          </p>
        </Confirm>
      )}
    </>
  );
}
