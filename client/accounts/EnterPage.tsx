import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ownPath } from '../ui/paths.ts';
import { useRoute, wordsFor } from '../ui/query.ts';
import { ProblemError, request } from '../ui/request.ts';
import styles from './accounts.module.css';
import { Entrance } from './Entrance.tsx';
import { LinkWelcome } from './LinkWelcome.tsx';
import { dropLink, waitingLink } from './waiting-link.ts';

/**
 * A one-time link (LINK-1). Its token leaves the address bar at once; asking what
 * the link is for changes nothing, and only the button uses it.
 */
export default function EnterPage() {
  const [token, setToken] = useState(() => tokenInAddress() || waitingLink());
  const router = useRouter();
  const session = useRoute('GET /api/session', {});
  useEffect(() => {
    const read = () => {
      const found = tokenInAddress();
      if (!found) return;
      setToken(found);
      history.replaceState(history.state, '', location.pathname);
    };
    read();
    // A second link pasted into this same page changes only what stands behind the #.
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const purpose = useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) => request('POST /api/links/inspect', { body: { token }, signal }),
    enabled: token.length >= 20,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const gone = purpose.error instanceof ProblemError && purpose.error.problem.code !== 'too-many';
  useEffect(() => {
    if (gone) dropLink(token);
  }, [gone, token]);
  const enter = (goTo: string) => {
    // Somebody who signed in by the link of the mail goes on with the invitation that asked for it.
    const waiting = purpose.data?.kind === 'sign-in' ? waitingLink() : '';
    if (waiting) setToken(waiting);
    else router.history.replace(ownPath(goTo));
  };
  const signedIn = Boolean(session.data?.person);
  if (token.length < 20) return <NotUsable signedIn={signedIn} />;
  if (purpose.data && !session.isPending) {
    return (
      <LinkWelcome
        key={token}
        token={token}
        purpose={purpose.data}
        signedIn={session.data?.person ?? null}
        returning={token === waitingLink()}
        onEnter={enter}
        lookAgain={() => void purpose.refetch()}
      />
    );
  }
  if (!purpose.error) {
    return (
      <Entrance title="One moment">
        <p className={styles.lead} role="status">
          Looking at your link …
        </p>
      </Entrance>
    );
  }
  if (gone) return <NotUsable signedIn={signedIn} />;
  return (
    <Entrance title="Your link can’t be looked at just now">
      <p className={styles.lead} role="alert">
        {wordsFor(purpose.error)}
      </p>
      <Button onClick={() => void purpose.refetch()}>Try again</Button>
    </Entrance>
  );
}

/** The same for every link that does not work, so that nothing can be learnt from it. */
function NotUsable({ signedIn }: { signedIn: boolean }) {
  return (
    <Entrance title="This link does not work">
      <p className={styles.lead}>
        It may have been used already, been taken back, or be too old; or a piece of it got lost on the way.
        Nothing has happened by opening it.
      </p>
      <p className={styles.aside}>Ask whoever sent it for a new one.</p>
      {signedIn ? (
        <p className={styles.aside}>
          You are signed in.{' '}
          <Link to="/" className={styles.wordButton}>
            Go to your page
          </Link>
        </p>
      ) : (
        <p className={styles.aside}>
          Have you been here before?{' '}
          <Link to="/sign-in" className={styles.wordButton}>
            Sign in with your e-mail address
          </Link>
        </p>
      )}
    </Entrance>
  );
}

function tokenInAddress(): string {
  return location.hash.replace(/^#(token=)?/, '').slice(0, 200);
}
