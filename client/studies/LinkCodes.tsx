import { Button } from '@mantine/core';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import styles from '../letters/letters.module.css';
import { Confirm } from '../ui/Dialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';

/** Whether links of school contacts need a code as well, and for its lead, to be set (LINK-1). */
export function LinkCodes({ study }: { study: StudyDetail }) {
  const params = { studyId: study.id };
  const { data: codes, error, refetch } = useRoute('GET /api/studies/:studyId/link-codes', params);
  const set = useAct('PUT /api/studies/:studyId/link-codes', ['GET /api/studies/:studyId/link-codes']);
  const [asking, setAsking] = useState(false);
  const required = codes?.required ?? true;
  const confirm = async () => {
    if (!(await set.send(params, { required: !required }))) return;
    setAsking(false);
    showToast({
      text: required ? 'The link alone opens from now on.' : 'A code is asked for as well from now on.',
    });
  };
  return (
    <section className={styles.part} aria-labelledby="link-codes">
      <h2 id="link-codes">Links of school contacts</h2>
      {error && !codes ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        codes && (
          <>
            <p className={styles.note}>{codeWords(codes)}</p>
            {study.acts.includes('change-study') && (
              <div className={styles.acts}>
                <Button onClick={() => setAsking(true)}>
                  {required ? 'Let the link alone open' : 'Ask for a code as well'}
                </Button>
              </div>
            )}
          </>
        )
      )}
      {asking && (
        <Confirm
          title={required ? 'Let the link alone open?' : 'Ask for a code as well?'}
          act={required ? 'Let it open' : 'Ask for it'}
          danger={required}
          pending={set.pending}
          problem={set.problem}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          {required ? (
            <p>
              Whoever holds the letter of a school contact then comes in as them, reads what they read, and
              can answer for their words. Heads forward letters. It holds for links that are out already.
            </p>
          ) : (
            <p>
              Whoever opens the link of a school contact is then asked for six digits, which are sent to the
              address on file. It holds for links that are out already.
            </p>
          )}
        </Confirm>
      )}
    </section>
  );
}

function codeWords({ required, asked }: { readonly required: boolean; readonly asked: boolean }): string {
  if (asked)
    return 'Beside the link in their letter they need six digits, sent to the address on file: letters are forwarded.';
  if (required)
    return 'The link alone opens: this Casebook sends no mail, so no code can reach anybody. Whoever has the link comes in. Once mail is set up, a code is asked for as well.';
  return 'The link alone opens, without a code. Whoever has the link comes in.';
}
