import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import styles from './accounts.module.css';

/** Keys by which programs act as this person: made here, shown once, taken back here. */
export function ApiTokens() {
  const tokens = useRoute('GET /api/tokens', {});
  const create = useAct('POST /api/tokens', ['GET /api/tokens']);
  const revoke = useAct('DELETE /api/tokens/:tokenId', ['GET /api/tokens']);
  const [name, setName] = useState('');
  const [id, setId] = useState(newId);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [going, setGoing] = useState<{ id: string; name: string } | null>(null);

  const submit = async () => {
    const reply = await create.send({}, { id, name });
    if (!reply) return;
    setMade({ name, token: reply.token });
    setName('');
    setId(newId());
  };
  const takeBack = async () => {
    if (going && (await revoke.send({ tokenId: going.id }, {}))) setGoing(null);
  };
  if (tokens.error) return <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />;
  return (
    <>
      <p className={styles.explain}>
        A program with one of these tokens reads and writes as you do, in your name. You need none to work
        here yourself.
      </p>
      {!tokens.data && <ListSkeleton rows={1} />}
      {tokens.data && tokens.data.tokens.length > 0 && (
        <ul className={styles.tokens}>
          {tokens.data.tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.name}
                <small>
                  Made {momentOf(token.createdAt)}
                  {token.lastUsedAt ? `, last used ${momentOf(token.lastUsedAt)}` : ', not used yet'}
                </small>
              </span>
              <Button color="red" aria-label={`Take back ${token.name}`} onClick={() => setGoing(token)}>
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made && (
        <div className={styles.made}>
          <CopyOnce
            label={`Token for ${made.name}`}
            value={made.token}
            note="Keep it in a safe place: it is shown only now."
          />
        </div>
      )}
      <div className={styles.narrow}>
        <Form act="Make a token" pending={create.pending} problem={create.problem} onSubmit={submit}>
          <TextInput
            label="What is it for?"
            placeholder="The script that …"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={create.errorOf('name')}
          />
        </Form>
      </div>
      {going && (
        <Confirm
          title={`Take back “${going.name}”?`}
          act="Take it back"
          pending={revoke.pending}
          problem={revoke.problem}
          onConfirm={takeBack}
          onClose={() => setGoing(null)}
        >
          <p>Programs that use it stop working at once.</p>
        </Confirm>
      )}
    </>
  );
}
