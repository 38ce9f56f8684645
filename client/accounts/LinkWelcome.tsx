import { TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { LinkPurpose } from '../../shared/api/contract.ts';
import { ROLE_HELP, ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { Form } from '../ui/Form.tsx';
import { ownPath } from '../ui/paths.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { startSession } from '../ui/session.tsx';
import styles from './accounts.module.css';
import { CodeField, OutboxNote } from './CodeField.tsx';
import { Entrance } from './Entrance.tsx';

interface Welcome {
  readonly title: string;
  readonly lead: ReactNode;
  readonly act: string;
}

function welcomeOf(purpose: LinkPurpose): Welcome {
  const study = <strong>{purpose.studyTitle}</strong>;
  switch (purpose.kind) {
    case 'owner':
      return {
        title: 'Welcome to your Casebook',
        lead: 'This link makes you the first one in. Say who you are; then set up a study and invite the others.',
        act: 'Begin',
      };
    case 'member':
      return {
        title: 'You are invited to write along',
        lead: (
          <>
            {study}
            {purpose.role && (
              <>
                , as <strong>{ROLE_NAMES[purpose.role].toLowerCase()}</strong>. {ROLE_HELP[purpose.role]}
              </>
            )}
          </>
        ),
        act: 'Come in',
      };
    case 'contact':
      return {
        title: 'Some questions about your school',
        lead: (
          <>
            The team of {study} asks you to fill in a few facts about your school. You see what is asked of
            you, and can stop and come back at any time.
          </>
        ),
        act: 'Show me the questions',
      };
    case 'demo':
      return {
        title: purpose.name ? `Look around as ${purpose.name}` : 'Look around',
        lead: (
          <>
            {purpose.studyTitle ? study : 'This study'} is an example: its schools and people are made up.
            {purpose.role && (
              <>
                {' '}
                Here you are <strong>{ROLE_NAMES[purpose.role].toLowerCase()}</strong>.
              </>
            )}
          </>
        ),
        act: 'Look around',
      };
    case 'sign-in':
      return {
        title: purpose.name ? `Hello ${purpose.name}` : 'Hello',
        lead: (
          <>
            This link signs you in as <strong>{purpose.email}</strong>.
          </>
        ),
        act: 'Sign in',
      };
    default:
      return purpose.kind satisfies never;
  }
}

/** What a link is for, and the one button that uses it. */
export function LinkWelcome({ token, purpose }: { token: string; purpose: LinkPurpose }) {
  const [name, setName] = useState(purpose.name);
  const [email, setEmail] = useState(purpose.email);
  const { data: session } = useRoute('GET /api/session', {});
  const redeem = useAct('POST /api/links/redeem');
  const send = useAct('POST /api/links/code');
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const router = useRouter();
  const welcome = welcomeOf(purpose);
  const sendCode = async () => {
    redeem.clear();
    setCode('');
    if (await send.send({}, { token })) setSent(true);
  };
  const submit = async () => {
    if (purpose.needsCode && !sent) return sendCode();
    const identity = purpose.needsIdentity ? { name, email } : {};
    const reply = await redeem.send({}, { token, ...identity, ...(purpose.needsCode ? { code } : {}) });
    if (!reply) return;
    startSession(reply.person);
    router.history.replace(ownPath(reply.goTo));
  };
  const other = session?.person && session.person.email !== purpose.email ? session.person : null;
  return (
    <Entrance title={welcome.title}>
      <p className={styles.lead}>{welcome.lead}</p>
      <Form
        act={purpose.needsCode && !sent ? 'Send me a code' : welcome.act}
        block
        pending={redeem.pending || send.pending}
        problem={redeem.errorOf('code') ? null : (redeem.problem ?? send.problem)}
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
        {purpose.needsCode && !sent && (
          <p className={styles.aside}>
            So that nobody else can answer for you, we send six digits to <strong>{purpose.email}</strong>.
          </p>
        )}
        {sent && (
          <CodeField
            value={code}
            onChange={setCode}
            wrong={redeem.errorOf('code') !== undefined}
            note={`We sent them to ${purpose.email}. They work for ten minutes.`}
          />
        )}
      </Form>
      {sent && (
        <p className={styles.aside}>
          Nothing came?{' '}
          <button type="button" className={styles.wordButton} onClick={sendCode}>
            Send another code
          </button>
        </p>
      )}
      {other && (
        <p className={styles.aside}>On this device, {other.name} is signed in now. Going on changes that.</p>
      )}
      {sent && session?.mailGoesTo === 'outbox' && <OutboxNote />}
      {purpose.kind !== 'demo' && (
        <p className={styles.aside}>The link works once. The next time, you sign in with your own address.</p>
      )}
    </Entrance>
  );
}
