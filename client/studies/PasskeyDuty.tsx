import { Button } from '@mantine/core';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import styles from './studies.module.css';

/** For leads: whether the study's members come in by a passkey alone, and what follows from it. */
export function PasskeyDuty({ study }: { study: StudyDetail }) {
  const { data: own } = useRoute('GET /api/passkeys', {}, { staleTime: 0 });
  const set = useAct('PUT /api/studies/:studyId/passkeys', ['GET /api/studies/:studyId', 'GET /api/studies']);
  const [asking, setAsking] = useState(false);
  const asks = study.requiresPasskey;
  const shown = own?.passkeys.some(({ current }) => current) ?? false;
  const confirm = async () => {
    if (!(await set.send({ studyId: study.id }, { required: !asks }))) return;
    setAsking(false);
    showToast({ text: asks ? 'Members come in as before.' : 'Members are asked for a passkey from now on.' });
  };
  return (
    <section className={styles.duty} aria-labelledby="passkey-duty">
      <h3 id="passkey-duty">Passkeys</h3>
      <p>
        {asks
          ? 'Members come into this study with a passkey alone: their fingerprint, face or screen lock.'
          : 'Members come into this study however they signed in. You can ask them for a passkey: their fingerprint, face or screen lock.'}
      </p>
      {shown ? (
        <Button onClick={() => setAsking(true)}>
          {asks ? 'Stop asking for a passkey' : 'Ask members for a passkey'}
        </Button>
      ) : (
        own && (
          <p className={styles.small}>
            To set this, use a passkey yourself first:{' '}
            <a href="/account" target="_blank" rel="noopener">
              add one to your account
            </a>{' '}
            (opens a new tab), or sign in with it.
          </p>
        )
      )}
      {asking && (
        <Confirm
          title={asks ? 'Stop asking for a passkey?' : 'Ask all members for a passkey?'}
          act={asks ? 'Stop asking' : 'Ask for it'}
          danger={false}
          pending={set.pending}
          problem={set.problem}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          {asks ? (
            <p>Members then come in however they sign in: by a code, a link or a passkey.</p>
          ) : (
            <>
              <p>
                It holds at once. Whoever is in without a passkey is asked to use or to add one before they
                see anything more of the study; what they have not sent yet is kept on their device.
              </p>
              <p>
                Tokens for programs that were made without a passkey no longer open it. School contacts come
                in by their links, as before.
              </p>
            </>
          )}
        </Confirm>
      )}
    </section>
  );
}
