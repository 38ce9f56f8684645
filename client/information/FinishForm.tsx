import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OwnRequest } from '../../shared/api/information.ts';
import { COULD_NOT_LIMIT } from '../../shared/information/request.ts';
import { useAct } from '../ui/query.ts';
import styles from './own-request.module.css';

/** Under what was asked for: that one has filled in what one can, and what one could not. Closes nothing. */
export function FinishForm({ request }: { readonly request: OwnRequest }) {
  const act = useAct('POST /api/contact/information/:requestId', ['GET /api/contact']);
  const [couldNot, setCouldNot] = useState(request.finished?.couldNot ?? '');
  const titleId = `finish-${request.id}`;
  const say = (finished: boolean) =>
    act.send({ requestId: request.id }, { finished, ...(finished && { couldNot }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!act.pending) void say(true);
  };
  return (
    <section className={styles.finish} aria-labelledby={titleId}>
      <h2 id={titleId}>{request.finished ? 'You said that you are finished' : 'Finished?'}</h2>
      {request.finished ? (
        <>
          {request.finished.couldNot !== '' && (
            <p>
              You could not fill in: <q>{request.finished.couldNot}</q>
            </p>
          )}
          <p>
            {request.askedBy || 'The team'} knows. Nothing is closed by it: what you change from now on is
            saved as before.
          </p>
          <Button fullWidth size="md" loading={act.pending} onClick={() => void say(false)}>
            I am not finished after all
          </Button>
        </>
      ) : (
        <form onSubmit={submit}>
          <Textarea
            label="Was there something that you could not fill in?"
            description="What, and why, if you like. You can leave this empty."
            autosize
            minRows={2}
            maxLength={COULD_NOT_LIMIT}
            value={couldNot}
            onChange={(event) => setCouldNot(event.currentTarget.value)}
            error={act.errorOf('couldNot')}
          />
          <Button type="submit" variant="filled" fullWidth size="lg" loading={act.pending}>
            I have filled in what I can
          </Button>
        </form>
      )}
      {act.problem && (
        <p className={styles.problem} role="alert">
          {act.problem}
        </p>
      )}
    </section>
  );
}
