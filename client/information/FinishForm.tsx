import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OwnRequest } from '../../shared/api/information.ts';
import { COULD_NOT_LIMIT } from '../../shared/information/request.ts';
import { useAct } from '../ui/query.ts';
import styles from './own-request.module.css';

/** The same, for whoever looks through their eyes: nothing can be said for somebody else. */
export function FinishSeen({ request }: { readonly request: OwnRequest }) {
  const titleId = `finish-${request.id}`;
  return (
    <section className={styles.finish} aria-labelledby={titleId}>
      <h2 id={titleId}>{titleOf(request)}</h2>
      {request.finished ? (
        <CouldNot words={request.finished.couldNot} />
      ) : (
        <p>
          Here they say that they have filled in what they can, and what they could not. It closes nothing.
        </p>
      )}
    </section>
  );
}

function titleOf(request: OwnRequest): string {
  return request.finished ? 'You said that you are finished' : 'Finished?';
}

function CouldNot({ words }: { readonly words: string }) {
  if (words === '') return null;
  return (
    <p>
      You could not fill in: <q>{words}</q>
    </p>
  );
}

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
      <h2 id={titleId}>{titleOf(request)}</h2>
      {request.finished ? (
        <>
          <CouldNot words={request.finished.couldNot} />
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
