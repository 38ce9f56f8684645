import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute, wordsFor } from '../ui/query.ts';
import styles from './accounts.module.css';
import { PasskeyNotHere } from './PasskeyNotHere.tsx';
import { asking } from './passkey-asking.ts';
import { PasskeyError, passkeyHere, signInTrouble } from './passkey-trouble.ts';
import { showPasskey } from './show-passkey.ts';
import { WaitingWords } from './WaitingWords.tsx';

const AddPasskey = lazy(() => import('./AddPasskey.tsx'));

// What was refused before is asked for anew: replies, topics and rooms.
const again = () => location.reload();

/** How often it is looked whether the study still asks, in milliseconds. */
const LOOK_EVERY = 15_000;

/** Goes on by itself when the lead stops asking, or a passkey was shown in another tab. */
function useAskedNoMore(
  list: RouteReply<'GET /api/passkeys'> | undefined,
  look: () => unknown,
  studyId: string | undefined,
): void {
  const asked = useRef<number | null>(null);
  const now = list && asking(list, studyId);
  useEffect(() => {
    if (now === undefined) return;
    // Not where it never said so: the page would be loaded over and over.
    if (asked.current !== null && now < asked.current) again();
    asked.current = now;
  }, [now]);
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => {
    const timer = setInterval(() => void latest.current(), LOOK_EVERY);
    return () => clearInterval(timer);
  }, []);
}

/**
 * In place of a page of a study that asks for a passkey, until one is used or added (PASSKEY-2).
 * @param studyId - where the page knows it: a case tells nothing of itself before
 */
export default function PasskeyNeeded({ studyId }: { studyId?: string }) {
  const list = useRoute('GET /api/passkeys', {}, { staleTime: 0 });
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useAskedNoMore(list.data, list.refetch, studyId);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} page />;
  if (!list.data) return <ListSkeleton rows={2} />;
  const { passkeys, suggested, addressProven, askedBy } = list.data;
  const study =
    studyId === undefined && askedBy.length === 1 ? askedBy[0] : askedBy.find(({ id }) => id === studyId);
  const place = passkeyHere(list.data);
  const has = passkeys.some(({ elsewhere }) => !elsewhere);
  const use = async () => {
    setProblem(null);
    setBusy(true);
    try {
      if (await showPasskey()) again();
    } catch (error) {
      setProblem(error instanceof PasskeyError ? signInTrouble(error.trouble) : wordsFor(error as Error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.needed}>
      <h1>This study asks for a passkey</h1>
      <p>
        {study ? `The lead of “${study.title}”` : 'Its lead'} has set that members come in with their
        fingerprint, face or screen lock.{' '}
        {has
          ? 'Use a passkey of yours to go on.'
          : 'Add a passkey to this device to go on; it takes a moment, and the next time you sign in with it.'}
      </p>
      <p>
        What you wrote here and was not sent yet is kept on this device
        {place.here
          ? ', and is sent once you are in.'
          : ', in this browser and at this address alone. It can’t be sent from here while the study asks: copy what you need.'}
      </p>
      {!place.here && <WaitingWords />}
      <div role="alert">{problem && <p className={styles.unsent}>{problem}</p>}</div>
      {place.here ? (
        <div className={styles.neededActs}>
          {has && (
            <Button variant="filled" loading={busy} onClick={() => void use()}>
              Use a passkey
            </Button>
          )}
          <Button variant={has ? 'subtle' : 'filled'} onClick={() => setAdding(true)}>
            {has ? 'Add one for this device' : 'Add a passkey'}
          </Button>
        </div>
      ) : (
        <PasskeyNotHere place={place} />
      )}
      {place.here && (
        <p className={styles.aside}>
          No such lock on this device? When your device asks where to keep the passkey, choose your phone or a
          security key, if it offers that; or ask whoever leads the study.
        </p>
      )}
      {adding && (
        <Suspense fallback={null}>
          <AddPasskey
            suggested={suggested}
            addressProven={addressProven}
            onAdded={again}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
