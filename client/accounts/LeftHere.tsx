import { useEffect, useState } from 'react';
import { clearSent, forgetDevice } from '../sync/device-cache.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { forgetLeft, type LeftPerson } from '../ui/left-here.ts';
import { request } from '../ui/request.ts';
import styles from './accounts.module.css';

/** The server does not say which of these it was: whoever asks is signed in no more. */
const SIGNED_OUT =
  'You were signed out here. That happens when you sign in with a code for the first time on another device, which ends what was signed in before by links that others may know; when it was ended on the page of your account; or after thirty days. Sign in again to go on.';

/**
 * On the sign-in page, where somebody was signed out from afar or by time: clears
 * what this device keeps for them, but for what the server does not have, and names
 * that (DEVICE-1); and says how it comes that one is out.
 */
export default function LeftHere({ person }: { person: LeftPerson }) {
  const [unsent, setUnsent] = useState(0);
  /** Nobody can sign in by it any more, and what is here can go nowhere. */
  const [erased, setErased] = useState(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    let here = true;
    void clearSent(person.id).then(async (left) => {
      if (left === 0) {
        await forgetDevice(person.id);
        forgetLeft(person.id);
      }
      // What could not be read is not nothing: it stays, and is looked at again when this page is next opened.
      if (here) setUnsent(left ?? 0);
      if (here && left) setErased(await isErased(person.id));
    });
    return () => {
      here = false;
    };
  }, [person.id]);
  const clear = async () => {
    await forgetDevice(person.id);
    forgetLeft(person.id);
    setAsking(false);
    setUnsent(0);
  };
  if (unsent === 0) return <p className={styles.unsent}>{SIGNED_OUT}</p>;
  const one = unsent === 1;
  return (
    <div className={styles.unsent} role="status">
      {!erased && <p>{SIGNED_OUT}</p>}
      <p>
        {one ? 'One change' : `${unsent} changes`} of {erased ? 'an account that was deleted' : person.name}{' '}
        {one ? 'is' : 'are'} only on this device.{' '}
        {erased
          ? `${one ? 'It' : 'They'} can go to the server no more.`
          : `Sign in as ${person.email}, and ${one ? 'it goes' : 'they go'} to the server.`}
      </p>
      <button type="button" className={styles.wordButton} onClick={() => setAsking(true)}>
        Throw {one ? 'it' : 'them'} away
      </button>
      {asking && (
        <Confirm
          title={erased ? 'Throw away what was written here?' : `Throw away what ${person.name} wrote here?`}
          act="Throw away"
          onConfirm={() => void clear()}
          onClose={() => setAsking(false)}
        >
          <p>It never reached the server, and cannot be brought back.</p>
        </Confirm>
      )}
    </div>
  );
}

/** Where the server does not answer, nobody is told that an account is gone. */
async function isErased(personId: string): Promise<boolean> {
  return request('POST /api/session/left', { body: { personId } }).then(
    ({ erased }) => erased,
    () => false,
  );
}
