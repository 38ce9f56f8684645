import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OidcBinding } from '../../shared/api/oidc.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './accounts.module.css';

/** Accounts elsewhere that sign one in here; draws nothing where no service is set up and none is kept. */
export function OidcBindings() {
  const { person } = useSession();
  const list = useRoute('GET /api/oidc', {}, { staleTime: 0 });
  const remove = useAct('DELETE /api/oidc/:bindingId', ['GET /api/oidc', 'GET /api/devices']);
  const [going, setGoing] = useState<OidcBinding | null>(null);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return null;
  const { service, bindings } = list.data;
  if (service === null && bindings.length === 0) return null;
  const confirm = async () => {
    if (going && (await remove.send({ bindingId: going.id }, {}))) setGoing(null);
  };
  return (
    <section aria-labelledby="account-services">
      <h2 id="account-services">Accounts at other services</h2>
      <p className={styles.explain}>
        {bindings.length === 0
          ? `You can sign in with ${service}: on the page where you sign in, press “Sign in with ${service}”. The account there must have the address ${person.email}.`
          : 'These sign you in here, even if the address there changes. A code by mail works as before.'}
      </p>
      {bindings.length > 0 && (
        <ul className={styles.tokens} aria-label="Your accounts at other services">
          {bindings.map((binding) => (
            <li key={binding.id}>
              <span>
                {binding.service}
                {binding.current && ' (used here)'}
                <small>
                  Since {momentOf(binding.createdAt)}, last used {momentOf(binding.lastUsedAt)}.
                  {binding.elsewhere && ' This Casebook does not use that service now: it signs nobody in.'}
                </small>
              </span>
              <Button color="red" aria-label={`Remove ${binding.service}`} onClick={() => setGoing(binding)}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {going && (
        <Confirm
          title={`Remove ${going.service}?`}
          act="Remove"
          pending={remove.pending}
          problem={remove.problem}
          onConfirm={() => void confirm()}
          onClose={() => setGoing(null)}
        >
          <p>
            That account signs you in no more. You can always sign in with a code sent to {person.email}.
            Where it was used to sign in, that device stays signed in: sign it out as well, under{' '}
            <em>Where you are signed in</em>, if it was not you.
          </p>
          {!going.elsewhere && (
            <p>
              Whoever signs in with {going.service} there, and has your address, is connected with you anew; a
              mail tells you.
            </p>
          )}
        </Confirm>
      )}
    </section>
  );
}
