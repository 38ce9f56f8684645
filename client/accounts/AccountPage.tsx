import { Button, TextInput, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { OwnFile } from '../protection/PersonFile.tsx';
import { useContactOnly, useStudies } from '../studies/contact-only.ts';
import { Form } from '../ui/Form.tsx';
import { COMMON_KEYS, KeyList } from '../ui/KeysDialog.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { queries, routeKey, useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { showToast } from '../ui/toast.ts';
import { ApiTokens } from './ApiTokens.tsx';
import styles from './accounts.module.css';
import { DeleteAccount } from './DeleteAccount.tsx';
import { Devices } from './Devices.tsx';
import { OidcBindings } from './OidcBindings.tsx';
import { OwnTelephone } from './OwnTelephone.tsx';
import { Passkeys } from './Passkeys.tsx';

/** What is held tells of every study, so one that asks for a passkey is asked for here as well. */
function HeldOnMe() {
  const { data } = useRoute('GET /api/passkeys', {}, { staleTime: 0 });
  const shown = data?.passkeys.some(({ current }) => current) ?? false;
  const asking = shown ? undefined : data?.askedBy[0];
  if (asking === undefined) return <OwnFile explain={styles.explain ?? ''} />;
  return (
    <p className={styles.explain}>
      What is held on you tells of “{asking.title}” too, which asks its members for a passkey.{' '}
      <Link to="/studies/$studyId" params={{ studyId: asking.id }} className={styles.inText}>
        Open that study
      </Link>
      , use your passkey there, and come back.
    </p>
  );
}

const SignOutDialog = lazy(() => import('./SignOutDialog.tsx'));

export default function AccountPage() {
  const { person } = useSession();
  const [leaving, setLeaving] = useState(false);
  const studies = useStudies();
  const contact = useContactOnly(studies.data);
  // A school contact sees what is theirs, and nothing of how a team works.
  const team = contact === false || (contact === null && studies.isError);
  return (
    <Page title="Your account" crumbs={['Your account']}>
      <PageHead title="Your account" meta={person.email} />
      <div className={styles.account}>
        <section aria-labelledby="account-name">
          <h2 id="account-name">Name</h2>
          <NameForm team={team} />
        </section>
        {team && (
          <section aria-labelledby="account-telephone">
            <h2 id="account-telephone">Telephone</h2>
            <OwnTelephone />
          </section>
        )}
        <section aria-labelledby="account-colours">
          <h2 id="account-colours">Colours</h2>
          <SchemeChoice />
        </section>
        <section aria-labelledby="account-passkeys">
          <h2 id="account-passkeys">Passkeys</h2>
          <Passkeys />
        </section>
        {team && <OidcBindings />}
        <section aria-labelledby="account-devices">
          <h2 id="account-devices">Where you are signed in</h2>
          <Devices />
        </section>
        {team && (
          <>
            <section aria-labelledby="account-keys">
              <h2 id="account-keys">Keys</h2>
              <div className={styles.narrow}>
                <KeyList title="On every page" keys={COMMON_KEYS} />
              </div>
            </section>
            <section aria-labelledby="account-tokens">
              <h2 id="account-tokens">Access for programs</h2>
              <ApiTokens />
            </section>
          </>
        )}
        <section aria-labelledby="account-held">
          <h2 id="account-held">What is held on you</h2>
          <HeldOnMe />
        </section>
        <section aria-labelledby="account-leave">
          <h2 id="account-leave">This device</h2>
          <p className={styles.explain}>
            {contact === true
              ? 'What the server has saved stays.'
              : 'Signing out clears what this device keeps of your studies. What the server has saved stays.'}
          </p>
          <Button onClick={() => setLeaving(true)}>Sign out</Button>
        </section>
        <DeleteAccount contact={contact === true} />
      </div>
      {leaving && (
        <Suspense fallback={null}>
          <SignOutDialog onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function NameForm({ team }: { team: boolean }) {
  const { person } = useSession();
  const [name, setName] = useState(person.name);
  const rename = useAct('PATCH /api/session/person', ['GET /api/studies/:studyId', 'GET /api/cases/:caseId']);
  const submit = async () => {
    const reply = await rename.send({}, { name });
    if (!reply) return;
    queries.setQueryData(routeKey('GET /api/session', {}), (before: object | undefined) => ({
      ...before,
      person: reply.person,
    }));
    showToast({ text: 'Your name is saved.' });
  };
  return (
    <div className={styles.narrow}>
      <Form act="Save" pending={rename.pending} problem={rename.problem} onSubmit={submit}>
        <TextInput
          label="Your name"
          description={
            team ? 'As your colleagues see it beside what you write.' : 'As it stands beside what you write.'
          }
          autoComplete="name"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={rename.errorOf('name')}
        />
      </Form>
    </div>
  );
}

const SCHEMES = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['auto', 'As this device does'],
] as const;

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={styles.schemes}>
      <legend className="heard-only">Light or dark</legend>
      {SCHEMES.map(([scheme, label]) => (
        <label key={scheme}>
          <input
            type="radio"
            name="scheme"
            checked={colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
