import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Passkey } from '../../shared/api/passkeys.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { CodeField, OutboxNote } from './CodeField.tsx';
import { addingTrouble, PasskeyError } from './passkey-trouble.ts';

/** Adds a passkey; where it is not known yet that the address is the person's, that is shown first. */
export default function AddPasskey({
  suggested,
  addressProven,
  onAdded,
  onClose,
}: {
  suggested: string;
  addressProven: boolean;
  onAdded: (passkey: Passkey) => void;
  onClose: () => void;
}) {
  const [proven, setProven] = useState(addressProven);
  return (
    <Dialog title={proven ? 'Add a passkey' : 'First, is this address yours?'} onClose={onClose}>
      {proven ? (
        <Making suggested={suggested} onAdded={onAdded} onClose={onClose} />
      ) : (
        <Proving onProven={() => setProven(true)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Making({
  suggested,
  onAdded,
  onClose,
}: {
  suggested: string;
  onAdded: (passkey: Passkey) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(suggested);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const begin = useAct('POST /api/passkeys/begin');
  const add = useAct('POST /api/passkeys', ['GET /api/passkeys', 'GET /api/devices']);
  useEffect(() => () => void import('./passkey-device.ts').then(({ stopAsking }) => stopAsking()), []);
  const submit = async () => {
    setTrouble(null);
    add.clear();
    setAsking(true);
    try {
      const { makePasskey } = await import('./passkey-device.ts');
      const order = await begin.send({}, {});
      if (!order) return;
      const made = await makePasskey(order);
      const added = await add.send({}, { id: newId(), name, made });
      if (added) onAdded(added);
    } catch (error) {
      if (!(error instanceof PasskeyError)) throw error;
      setTrouble(addingTrouble(error.trouble));
    } finally {
      setAsking(false);
    }
  };
  return (
    <Form
      act="Go on"
      pending={asking || begin.pending || add.pending}
      problem={trouble ?? begin.problem ?? add.problem}
      onSubmit={() => void submit()}
      cancel={onClose}
    >
      <p>
        Your device asks for your fingerprint, face or screen lock. It does not pass them on: we get to know
        nothing but that it was you.
      </p>
      <TextInput
        label="What to call it"
        description="So that you know it again, should you ever take it away."
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={add.errorOf('name')}
      />
    </Form>
  );
}

/** Whoever came in by an invitation shows once that they read the mail of its address. */
function Proving({ onProven, onClose }: { onProven: () => void; onClose: () => void }) {
  const { person } = useSession();
  const { data: session } = useRoute('GET /api/session', {});
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const ask = useAct('POST /api/session/request');
  const check = useAct('POST /api/session/code', ['GET /api/passkeys', 'GET /api/devices']);
  const submit = async () => {
    if (!asked) {
      if (await ask.send({}, { email: person.email })) setAsked(true);
    } else if (await check.send({}, { email: person.email, code })) onProven();
  };
  return (
    <>
      <Form
        act={asked ? 'Go on' : 'Send me a code'}
        pending={ask.pending || check.pending}
        problem={check.errorOf('code') ? null : (check.problem ?? ask.problem)}
        onSubmit={() => void submit()}
        cancel={onClose}
      >
        <p>
          You came in by a link, which others may have seen. We send six digits to{' '}
          <strong>{person.email}</strong>, once, so that nobody else can add a passkey in your name. Wherever
          else you are signed in by that link, you are then signed out.
        </p>
        {asked && <CodeField value={code} onChange={setCode} wrong={check.errorOf('code') !== undefined} />}
      </Form>
      {asked && session?.mailGoesTo === 'outbox' && <OutboxNote />}
    </>
  );
}
