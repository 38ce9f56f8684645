import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { LinkPurpose } from '../../shared/api/account.ts';
import type { Person } from '../../shared/api/people.ts';
import { LinkSheet } from '../protection/LinkSheet.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { goOnAs, startSession } from '../ui/session.tsx';
import styles from './accounts.module.css';
import { CodeField, OutboxNote } from './CodeField.tsx';
import { Entrance } from './Entrance.tsx';
import { welcomeOf } from './link-words.tsx';
import { dropLink, keepLink } from './waiting-link.ts';

/**
 * What a link is for, and the one button that uses it. Where its address has an
 * account, whoever is not signed in to that one does so here first.
 */
export function LinkWelcome({
  token,
  purpose,
  signedIn,
  returning,
  onEnter,
  lookAgain,
}: {
  token: string;
  purpose: LinkPurpose;
  /** Whoever is signed in on this device now. */
  signedIn: Person | null;
  /** Digits were asked for before this page was loaded anew. */
  returning: boolean;
  /** The link is used; `goTo` is the page that it leads to. */
  onEnter: (goTo: string) => void;
  /** What the link is for has changed since: there is an information sheet now. */
  lookAgain: () => void;
}) {
  const [name, setName] = useState(purpose.name);
  const [email, setEmail] = useState(purpose.email);
  const [asked, setAsked] = useState(returning);
  const [code, setCode] = useState('');
  const { data: session } = useRoute('GET /api/session', {});
  const redeem = useAct('POST /api/links/redeem');
  const askForLink = useAct('POST /api/links/code');
  const askToSignIn = useAct('POST /api/session/request');
  const signIn = useAct('POST /api/session/code');

  const unseen = redeem.errorOf('sheet') !== undefined;
  const looking = useRef(lookAgain);
  useEffect(() => {
    looking.current = lookAgain;
  });
  useEffect(() => {
    if (unseen) looking.current();
  }, [unseen]);

  const isInvited = signedIn !== null && signedIn.email === purpose.email;
  const signsIn = purpose.needsSignIn && !isInvited;
  const needsDigits = signsIn || purpose.needsCode;
  const other = signedIn !== null && !isInvited ? signedIn : null;
  const welcome = welcomeOf(purpose);
  const invited = purpose.name || purpose.email;

  const ask = async () => {
    redeem.clear();
    signIn.clear();
    setCode('');
    const reply = signsIn
      ? await askToSignIn.send({}, { email: purpose.email })
      : await askForLink.send({}, { token });
    if (!reply) return;
    keepLink(token);
    setAsked(true);
  };
  const use = async () => {
    const identity = purpose.needsIdentity ? { name, email } : {};
    const shown = purpose.sheet ? { sheet: purpose.sheet.version } : {};
    const digits = purpose.needsCode ? { code } : {};
    const reply = await redeem.send({}, { token, ...identity, ...digits, ...shown });
    if (!reply) return;
    dropLink(token);
    startSession(reply.person);
    onEnter(reply.goTo);
  };
  const submit = async () => {
    if (needsDigits && !asked) return ask();
    if (!signsIn) return use();
    const arrived = await signIn.send({}, { email: purpose.email, code });
    if (!arrived) return;
    goOnAs(arrived.person, 'link');
    await use();
  };
  const act = other && invited && !asked && !needsDigits ? `Go on as ${invited}` : welcome.act;
  return (
    <Entrance title={welcome.title}>
      <p className={styles.lead}>{welcome.lead}</p>
      {purpose.sheet && <LinkSheet sheet={purpose.sheet} />}
      {other && <SignedInAs other={other} invited={invited} token={token} />}
      <Form
        act={needsDigits && !asked ? 'Send me a code' : act}
        block
        pending={redeem.pending || askForLink.pending || askToSignIn.pending || signIn.pending}
        problem={problemOf()}
        onSubmit={submit}
      >
        {purpose.needsIdentity && (
          <>
            <TextInput
              label="Your name"
              description="As your colleagues know you; it stands beside what you write."
              name="name"
              autoComplete="name"
              size="md"
              required
              autoFocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={redeem.errorOf('name')}
            />
            {purpose.email === '' && (
              <TextInput
                label="Your e-mail address"
                description="You sign in with it the next time."
                name="email"
                type="email"
                inputMode="email"
                autoComplete="email"
                size="md"
                required
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                error={redeem.errorOf('email')}
              />
            )}
          </>
        )}
        {needsDigits && !asked && (
          <p className={styles.aside}>
            {signsIn ? 'This address has an account here. ' : ''}So that nobody else can{' '}
            {signsIn ? 'come in as you' : 'answer for you'}, we send six digits to{' '}
            <strong>{purpose.email}</strong>.
          </p>
        )}
        {needsDigits && asked && (
          <CodeField
            value={code}
            onChange={setCode}
            wrong={(redeem.errorOf('code') ?? signIn.errorOf('code')) !== undefined}
            note={`We sent them to ${purpose.email}. They work for ten minutes.`}
          />
        )}
      </Form>
      {needsDigits && asked && (
        <p className={styles.aside}>
          Nothing came?{' '}
          <button type="button" className={styles.wordButton} onClick={ask}>
            Send another code
          </button>
        </p>
      )}
      {needsDigits && asked && session?.mailGoesTo === 'outbox' && <OutboxNote />}
      {purpose.kind !== 'demo' && !purpose.needsSignIn && (
        <p className={styles.aside}>The link works once. The next time, you sign in with your own address.</p>
      )}
    </Entrance>
  );

  function problemOf(): string | null {
    if (redeem.errorOf('code') ?? signIn.errorOf('code')) return null;
    return signIn.problem ?? redeem.problem ?? askForLink.problem ?? askToSignIn.problem;
  }
}

/** Who this device is signed in as, where the link is for somebody else. */
function SignedInAs({ other, invited, token }: { other: Person; invited: string; token: string }) {
  const navigate = useNavigate();
  const stay = () => {
    dropLink(token);
    void navigate({ to: '/', replace: true });
  };
  return (
    <div className={styles.signedInAs}>
      <p>
        On this device you are signed in as <strong>{other.name}</strong>.{' '}
        {invited ? (
          <>
            This link is for <strong>{invited}</strong>.
          </>
        ) : (
          'This link is for somebody new.'
        )}{' '}
        Going on signs {other.name} out here.
      </p>
      <button type="button" className={styles.wordButton} onClick={stay}>
        Stay signed in as {other.name}
      </button>
    </div>
  );
}
