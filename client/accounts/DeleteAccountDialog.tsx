import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ErasureView } from '../../shared/api/account-erasure.ts';
import { forgetDevice, unsentOnDevice } from '../sync/device-cache.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { endSession, signingOut, useSession } from '../ui/session.tsx';
import { showToast } from '../ui/toast.ts';
import styles from './accounts.module.css';
import { ErasureMeaning } from './ErasureMeaning.tsx';
import { ErasureProof } from './ErasureProof.tsx';

/** Says what deleting the account means, asks who it is, and does it. */
export default function DeleteAccountDialog({ contact, onClose }: { contact: boolean; onClose: () => void }) {
  const view = useRoute('GET /api/account/erasure', {}, { staleTime: 0 });
  const erase = useErasure(contact, () => void view.refetch());
  const [sure, setSure] = useState(false);
  const title = view.data && view.data.ledAlone.length > 0 ? 'First hand over' : 'Delete your account?';
  return (
    <Dialog title={title} onClose={onClose}>
      {view.error ? (
        <ErrorState error={view.error} retry={() => void view.refetch()} />
      ) : !view.data || erase.unsent.isPending ? (
        <ListSkeleton rows={3} />
      ) : view.data.ledAlone.length > 0 ? (
        <HandOver studies={view.data.ledAlone} onClose={onClose} />
      ) : sure ? (
        <ErasureProof
          passkeyShown={view.data.passkeyShown}
          problem={erase.problem}
          pending={erase.pending}
          onProven={(code) => void erase.now(code)}
          onClose={onClose}
        />
      ) : (
        <>
          <ErasureMeaning view={view.data} contact={contact} unsent={erase.unsent.data ?? null} />
          <Acts>
            <Button variant="filled" color="red" onClick={() => setSure(true)}>
              Go on
            </Button>
            <Button data-stay onClick={onClose}>
              Keep my account
            </Button>
          </Acts>
        </>
      )}
    </Dialog>
  );
}

/** A study without a lead could not be mended by anybody in it. */
function HandOver({ studies, onClose }: { studies: ErasureView['ledAlone']; onClose: () => void }) {
  return (
    <>
      <p>
        You are alone the lead of {studies.length === 1 ? 'a study' : `${studies.length} studies`}. Before
        your account can go, make somebody else a lead on the page of its people, or put the study into the
        bin.
      </p>
      <ul className={styles.handOver} aria-label="Studies that you lead alone">
        {studies.map(({ id, title }) => (
          <li key={id}>
            <Link to="/studies/$studyId/people" params={{ studyId: id }} className={styles.inText}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
      <Acts>
        <Button data-stay onClick={onClose}>
          Close
        </Button>
      </Acts>
    </>
  );
}

/**
 * @param contact - nothing is kept on the device, and nothing is opened there to look
 * @param lookAgain - where it was refused: another may have made them the only lead meanwhile
 */
function useErasure(contact: boolean, lookAgain: () => void) {
  const { person } = useSession();
  const navigate = useNavigate();
  const erase = useAct('POST /api/account/erasure');
  const [clearing, setClearing] = useState(false);
  const unsent = useQuery({
    queryKey: ['unsent', person.id],
    queryFn: () => (contact ? 0 : unsentOnDevice(person.id)),
    gcTime: 0,
    refetchInterval: contact ? false : 2_000,
  });
  const now = async (code: string | null) => {
    signingOut(true);
    if (!(await erase.send({}, { code }))) {
      signingOut(false);
      lookAgain();
      return;
    }
    setClearing(true);
    // Away from the pages first, so that nothing is written here any more while it is cleared.
    await navigate({ to: '/sign-in', replace: true });
    if (!contact) await forgetDevice(person.id);
    endSession();
    showToast({ text: 'Your account is deleted.' });
  };
  return {
    unsent,
    now,
    pending: erase.pending || clearing,
    problem: erase.errorOf('code') ? 'The code has six digits.' : erase.problem,
  };
}
