import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ownPath } from '../ui/paths.ts';
import { useRoute, wordsFor } from '../ui/query.ts';
import { ProblemError, request } from '../ui/request.ts';
import { startSession } from '../ui/session.tsx';
import styles from './accounts.module.css';
import { Entrance } from './Entrance.tsx';
import { takeReturn, wantedBefore } from './oidc-return.ts';
import ProviderSignIn from './ProviderSignIn.tsx';

/** Taken once, however often the page is drawn. */
let taken: ReturnType<typeof takeReturn> | undefined;

/**
 * Where another service sends people back to (OIDC-1). Opening it does nothing in a browser
 * that did not leave from here: the call that it makes needs the cookie of the one that did.
 */
export default function ReturnPage() {
  const [back] = useState(() => {
    taken ??= takeReturn();
    return taken;
  });
  const router = useRouter();
  const session = useRoute('GET /api/session', {});
  const signIn = useQuery({
    queryKey: ['return', back?.state],
    queryFn: () => request('POST /api/session/oidc', { body: back ?? { state: '' } }),
    enabled: back !== null && back.error === undefined,
    // A return is spent by the first call, whatever becomes of it.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const person = signIn.data?.person;
  const arrived = useRef(false);
  useEffect(() => {
    if (!person || arrived.current) return;
    arrived.current = true;
    const to = ownPath(wantedBefore());
    startSession(person);
    router.history.replace(to);
  }, [person, router]);
  const service = session.data?.signInWith ?? null;
  if (back !== null && back.error === undefined && !signIn.error) {
    return (
      <Entrance title="One moment">
        <p className={styles.lead} role="status">
          Signing you in …
        </p>
      </Entrance>
    );
  }
  if (signIn.error instanceof ProblemError && signIn.error.problem.code === 'not-known-here') {
    return <NotKnownHere service={service} />;
  }
  return (
    <Entrance title="You are not signed in">
      <p className={styles.lead} role="alert">
        {signIn.error
          ? wordsFor(signIn.error)
          : 'Nothing came back from the other service that signs you in. It may be that you stopped there.'}
      </p>
      {service !== null && <ProviderSignIn service={service} to={wantedBefore()} />}
      <ByMail />
    </Entrance>
  );
}

/** The same whatever the reason, so that nothing can be learnt from it. */
function NotKnownHere({ service }: { service: string | null }) {
  return (
    <Entrance title="Nobody is let in by this account">
      <p className={styles.lead} role="alert">
        {service ?? 'The other service'} knows you, but this Casebook has nobody whom it lets in by that
        account. Ask the lead of your study to invite you, to the address that you use there.
      </p>
      <p className={styles.aside}>
        School contacts sign in with a code by mail, or by the link that was sent to them.
      </p>
      <ByMail />
    </Entrance>
  );
}

function ByMail() {
  const to = wantedBefore();
  return (
    <p className={styles.aside}>
      <Link to="/sign-in" search={to === undefined ? {} : { to }} className={styles.wordButton}>
        Sign in with a code by mail
      </Link>
    </p>
  );
}
