import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Passkey } from '../../shared/api/passkeys.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { showToast } from '../ui/toast.ts';
import styles from './accounts.module.css';
import { PasskeyNotHere } from './PasskeyNotHere.tsx';
import { passkeyHere } from './passkey-trouble.ts';

const AddPasskey = lazy(() => import('./AddPasskey.tsx'));
const RenamePasskey = lazy(() => import('./RenamePasskey.tsx'));

/** Passkeys of one's own: added here, told apart by name and use, taken away here. */
export function Passkeys() {
  const { person } = useSession();
  const list = useRoute('GET /api/passkeys', {}, { staleTime: 0 });
  const remove = useAct('DELETE /api/passkeys/:passkeyId', ['GET /api/passkeys', 'GET /api/devices']);
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const [going, setGoing] = useState<Passkey | null>(null);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton rows={1} />;
  const { passkeys, suggested, addressProven, askedBy, handle } = list.data;
  const place = passkeyHere(list.data);
  const takeAway = async () => {
    if (!going || !(await remove.send({ passkeyId: going.id }, {}))) return;
    setGoing(null);
    if (!place.here) return;
    const left = passkeys.filter((one) => one.id !== going.id && !one.elsewhere);
    const { tellWhatIsLeft } = await import('./passkey-device.ts');
    await tellWhatIsLeft(
      location.hostname,
      handle,
      left.map(({ credentialId }) => credentialId),
    );
  };
  return (
    <>
      <p className={styles.explain}>
        With a passkey you sign in with your fingerprint, face or screen lock: there is no code to wait for,
        and nothing that anybody could trick you into telling them. A code by mail works as before.
      </p>
      {passkeys.length > 0 && (
        <ul className={styles.tokens} aria-label="Your passkeys">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.name}
                {passkey.current && ' (used here)'}
                <small>{storyOf(passkey)}</small>
              </span>
              <span className={styles.rowActs}>
                <Button
                  variant="subtle"
                  aria-label={`Rename ${passkey.name}`}
                  onClick={() => setRenaming(passkey)}
                >
                  Rename
                </Button>
                <Button
                  color="red"
                  aria-label={`Take away ${passkey.name}`}
                  onClick={() => setGoing(passkey)}
                >
                  Take away
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {place.here ? (
        <Button onClick={() => setAdding(true)}>Add a passkey</Button>
      ) : (
        <PasskeyNotHere place={place} />
      )}
      <Suspense fallback={null}>
        {adding && (
          <AddPasskey
            suggested={nextName(suggested, passkeys)}
            addressProven={addressProven}
            onAdded={(added) => {
              setAdding(false);
              showToast({ text: `“${added.name}” is added. The next time, press “Use a passkey”.` });
            }}
            onClose={() => setAdding(false)}
          />
        )}
        {renaming && <RenamePasskey passkey={renaming} onClose={() => setRenaming(null)} />}
      </Suspense>
      {going && (
        <Confirm
          title={`Take away “${going.name}”?`}
          act="Take it away"
          pending={remove.pending}
          problem={remove.problem}
          onConfirm={() => void takeAway()}
          onClose={() => setGoing(null)}
        >
          <p>
            It signs nobody in any more. You can always sign in with a code sent to {person.email}. Where it
            was used to sign in, that device stays signed in: if you have lost it, sign it out as well, under{' '}
            <em>Where you are signed in</em>.
          </p>
          {askedBy.length > 0 && (
            <p>
              {askedBy.length === 1 ? 'A study of yours asks' : 'Studies of yours ask'} for a passkey:{' '}
              {askedBy.map(({ title }) => `“${title}”`).join(', ')}. Where you came in with this one, you are
              asked for another before you see it again.
            </p>
          )}
          <p>Your device may go on offering it until you delete it there, too, among its passwords.</p>
        </Confirm>
      )}
    </>
  );
}

function storyOf(passkey: Passkey): string {
  const used = passkey.lastUsedAt === null ? 'not used yet' : `last used ${momentOf(passkey.lastUsedAt)}`;
  const story = `Made ${momentOf(passkey.createdAt)}, ${used}.`;
  if (passkey.elsewhere)
    return `${story} It was made for another address of Casebook, and does not work here.`;
  return passkey.synced ? `${story} Your devices share it.` : `${story} It is on one device alone.`;
}

/** @returns the suggested name, told apart from those that are there */
function nextName(suggested: string, passkeys: readonly Passkey[]): string {
  const taken = new Set(passkeys.map(({ name }) => name));
  let name = suggested;
  for (let at = 2; taken.has(name); at += 1) name = `${suggested}, ${at}`;
  return name;
}
