import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import styles from './accounts.module.css';

/** A member's own number, told to those whom they ask about words of theirs. */
export function OwnTelephone() {
  const { data, error, refetch } = useRoute('GET /api/account/telephone', {});
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return data ? <TelephoneForm known={data.telephone} /> : null;
}

function TelephoneForm({ known }: { known: string }) {
  const [telephone, setTelephone] = useState(known);
  const set = useAct('PUT /api/account/telephone', ['GET /api/account/telephone']);
  const submit = async () => {
    const reply = await set.send({}, { telephone });
    if (!reply) return;
    setTelephone(reply.telephone);
    showToast({ text: reply.telephone === '' ? 'Your number is taken away.' : 'Your number is saved.' });
  };
  return (
    <div className={styles.narrow}>
      <Form act="Save" pending={set.pending} problem={set.problem} onSubmit={submit}>
        <TextInput
          type="tel"
          label="Your telephone"
          description="Told to people at schools whom you ask about words of theirs, in the letter and on their page, so that they can ring you. Leave it empty to give none."
          autoComplete="tel"
          value={telephone}
          onChange={(event) => setTelephone(event.currentTarget.value)}
          error={set.errorOf('telephone')}
        />
      </Form>
    </div>
  );
}
