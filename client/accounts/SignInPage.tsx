import { TextInput } from '@mantine/core';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { Form } from '../ui/Form.tsx';
import { leftHere } from '../ui/left-here.ts';
import { ownPath } from '../ui/paths.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { startSession } from '../ui/session.tsx';
import { showToast } from '../ui/toast.ts';
import styles from './accounts.module.css';
import { CodeField, OutboxNote } from './CodeField.tsx';
import { Entrance } from './Entrance.tsx';

/** Seconds before another code can be asked for. */
const WAIT = 30;
/** The address stays through a reload: on a phone, reading the mail may cost the page its memory. */
const ASKED = 'casebook.sign-in';

const LeftHere = lazy(() => import('./LeftHere.tsx'));
const ProviderSignIn = lazy(() => import('./ProviderSignIn.tsx'));
const PasskeySignIn = lazy(() => import('./PasskeySignIn.tsx'));

/** An address, then the six digits that were sent to it. */
export default function SignInPage() {
  const [askedFor, setAskedFor] = useState(() => sessionStorage.getItem(ASKED) ?? '');
  const { data: session, isFetchedAfterMount } = useRoute('GET /api/session', {}, { staleTime: 0 });
  const { to } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  // Only by a fresh answer: whoever comes here by signing out is still known from before.
  const inside = isFetchedAfterMount && session?.person != null;
  useEffect(() => {
    if (inside) void navigate({ to: ownPath(to), replace: true });
  }, [inside, to, navigate]);
  const asked = (email: string) => {
    if (email) sessionStorage.setItem(ASKED, email);
    else sessionStorage.removeItem(ASKED);
    setAskedFor(email);
  };
  return askedFor ? (
    <CodeStep email={askedFor} outbox={session?.mailGoesTo === 'outbox'} back={() => asked('')} />
  ) : (
    <AddressStep asked={asked} service={session?.signInWith ?? null} />
  );
}

function AddressStep({ asked, service }: { asked: (email: string) => void; service: string | null }) {
  const { to } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const ask = useAct('POST /api/session/request');
  const [left] = useState(leftHere);
  const arrive = useArrival();
  const submit = async () => {
    if (await ask.send({}, { email })) asked(email.trim());
  };
  return (
    <Entrance title="Sign in">
      <p className={styles.lead}>We send six digits to your address. There is no password to remember.</p>
      <Form act="Send me a code" block pending={ask.pending} problem={ask.problem} onSubmit={submit}>
        <TextInput
          label="Your e-mail address"
          type="email"
          name="email"
          // The last word lets browsers offer passkeys here.
          autoComplete="email webauthn"
          inputMode="email"
          size="md"
          autoFocus
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={ask.errorOf('email')}
        />
      </Form>
      {service !== null && (
        <Suspense fallback={null}>
          <ProviderSignIn service={service} to={to} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <PasskeySignIn onSignedIn={arrive} />
      </Suspense>
      {left && (
        <Suspense fallback={null}>
          <LeftHere person={left} />
        </Suspense>
      )}
      <p className={styles.aside}>
        New here? You come in by a link that the lead of a study sends you. Open it, and come back to this
        page the next time.
      </p>
    </Entrance>
  );
}

function CodeStep({ email, outbox, back }: { email: string; outbox: boolean; back: () => void }) {
  const [code, setCode] = useState('');
  const arrive = useArrival();
  const check = useAct('POST /api/session/code');
  const again = useAct('POST /api/session/request');
  const [wait, restart] = useCountdown(WAIT);
  const submit = async () => {
    const reply = await check.send({}, { email, code });
    if (!reply) return;
    arrive(reply.person);
    if (reply.endedBefore > 0) {
      showToast({
        text: 'You have shown for the first time that this address is yours. What was signed in for you before, elsewhere, was signed out: whoever had your link could have been there. Sign in there again with a code.',
        action: { label: 'All right', run: () => {} },
      });
    }
  };
  const resend = async () => {
    check.clear();
    setCode('');
    if (await again.send({}, { email })) restart();
  };
  return (
    <Entrance title="Look in your mail">
      <p className={styles.lead}>
        If <strong>{email}</strong> is known here, six digits are on their way to it. They work for ten
        minutes.
      </p>
      <Form
        act="Sign in"
        block
        pending={check.pending}
        problem={check.errorOf('code') ? null : (check.problem ?? again.problem)}
        onSubmit={submit}
      >
        <CodeField value={code} onChange={setCode} wrong={check.errorOf('code') !== undefined} />
      </Form>
      <p className={styles.aside}>
        Nothing came?{' '}
        {wait > 0 ? (
          <span>You can ask for another one in {wait} seconds.</span>
        ) : (
          <button type="button" className={styles.wordButton} onClick={resend}>
            Send another code
          </button>
        )}{' '}
        Or{' '}
        <button type="button" className={styles.wordButton} onClick={back}>
          use another address
        </button>
        .
      </p>
      {outbox && <OutboxNote />}
    </Entrance>
  );
}

/** @returns what goes on to where somebody wanted to be, once they are in */
function useArrival(): (person: Person) => void {
  const router = useRouter();
  const { to } = useSearch({ from: '/sign-in' });
  return (person) => {
    sessionStorage.removeItem(ASKED);
    startSession(person);
    router.history.replace(ownPath(to));
  };
}

/** @returns seconds left, and what starts them again */
function useCountdown(from: number): [left: number, restart: () => void] {
  const [left, setLeft] = useState(from);
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return [left, () => setLeft(from)];
}
