import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Acts } from '../ui/Dialog.tsx';
import { useAct, useRoute, wordsFor } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './accounts.module.css';
import { CodeField, OutboxNote } from './CodeField.tsx';
import { PasskeyError, passkeyHere, signInTrouble } from './passkey-trouble.ts';
import { showPasskey } from './show-passkey.ts';

/**
 * Before an account is deleted its person shows that it is them: whoever finds an open page is not.
 * @param onProven - with the digits; null where a passkey was shown
 */
export function ErasureProof({
  passkeyShown,
  pending,
  problem,
  onProven,
  onClose,
}: {
  passkeyShown: boolean;
  pending: boolean;
  problem: string | null;
  onProven: (code: string | null) => void;
  onClose: () => void;
}) {
  const { person } = useSession();
  const { data: session } = useRoute('GET /api/session', {});
  const { data: passkeys } = useRoute('GET /api/passkeys', {});
  const ask = useAct('POST /api/account/erasure/code');
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const hasPasskey =
    passkeys !== undefined &&
    passkeyHere(passkeys).here &&
    passkeys.passkeys.some(({ elsewhere }) => !elsewhere);

  const withPasskey = async () => {
    setTrouble(null);
    if (passkeyShown) return onProven(null);
    setBusy(true);
    try {
      if (await showPasskey()) onProven(null);
    } catch (error) {
      setTrouble(error instanceof PasskeyError ? signInTrouble(error.trouble) : wordsFor(error as Error));
    } finally {
      setBusy(false);
    }
  };
  const send = async () => {
    setTrouble(null);
    if (await ask.send({}, {})) setAsked(true);
  };
  const sendAnother = async () => {
    setCode('');
    await send();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (!asked) void send();
    else if (code.length === 6) onProven(code);
    else setTrouble('The code has six digits.');
  };
  const said = trouble ?? problem ?? ask.problem;
  return (
    <form onSubmit={submit} noValidate>
      <p className={styles.proofWords}>
        So that nobody else can do this on your open page, show that it is you
        {asked ? (
          <>
            : we have sent six digits to <strong>{person.email}</strong>.
          </>
        ) : (
          '.'
        )}
      </p>
      {asked && <CodeField value={code} onChange={setCode} wrong={false} />}
      <div role="alert">{said && <p className={styles.unsent}>{said}</p>}</div>
      <Acts>
        {asked ? (
          <>
            <Button type="submit" variant="filled" color="red" loading={pending}>
              Delete my account for good
            </Button>
            <Button variant="subtle" loading={ask.pending} onClick={() => void sendAnother()}>
              Send another code
            </Button>
          </>
        ) : (
          <>
            {hasPasskey && (
              <Button
                variant="filled"
                color="red"
                loading={busy || pending}
                onClick={() => void withPasskey()}
              >
                {passkeyShown ? 'Delete my account for good' : 'Use a passkey, and delete it for good'}
              </Button>
            )}
            <Button type="submit" variant={hasPasskey ? 'subtle' : 'filled'} loading={ask.pending}>
              Send me a code
            </Button>
          </>
        )}
        <Button data-stay onClick={onClose}>
          Keep my account
        </Button>
      </Acts>
      {asked && session?.mailGoesTo === 'outbox' && <OutboxNote />}
    </form>
  );
}
