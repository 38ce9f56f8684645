import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { RouteReply } from '../../shared/api/contract.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { forgetDevice } from '../sync/device-cache.ts';
import { useTopic } from '../sync/hooks.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { endSession, signingOut, useSession } from '../ui/session.tsx';
import { AskedSection } from './AskedSection.tsx';
import styles from './contact.module.css';
import { SavedLine } from './SavedLine.tsx';

type Asked = RouteReply<'GET /api/contact'>['cases'][number];

/** *About your school*: what is asked of a school contact, and nothing else of the tool. */
export default function ContactPage() {
  const asked = useRoute('GET /api/contact', {}, { staleTime: 0 });
  usePageTitle('About your school');
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.product}>Casebook</span>
        <Leave />
      </header>
      <main id="main">
        {asked.data ? (
          <Cases cases={asked.data.cases} refresh={() => void asked.refetch()} />
        ) : asked.error ? (
          <ErrorState error={asked.error} retry={() => void asked.refetch()} page />
        ) : (
          <ListSkeleton rows={4} />
        )}
      </main>
    </div>
  );
}

function Cases({ cases, refresh }: { cases: readonly Asked[]; refresh: () => void }) {
  if (cases.length === 0) {
    return (
      <>
        <h1>Nothing is asked of you just now</h1>
        <p className={styles.lead}>
          The study may have finished with its questions, or taken the invitation back. Whoever invited you
          can tell you more.
        </p>
      </>
    );
  }
  return cases.map((one, index) => (
    <CaseQuestions
      key={`${one.caseId} ${one.schoolName}`}
      asked={one}
      first={index === 0}
      refresh={refresh}
    />
  ));
}

function CaseQuestions({ asked, first, refresh }: { asked: Asked; first: boolean; refresh: () => void }) {
  const framework = useFramework(asked.frameworkId, asked.frameworkVersion, { keep: false });
  useTopic(`case/${asked.caseId}`, refresh);
  const Heading = first ? 'h1' : 'h2';
  const open = asked.blocks.some((block) => block.access === 'write');
  return (
    <article className={styles.asked}>
      <Heading className={styles.title}>About {asked.schoolName}</Heading>
      <p className={styles.lead}>
        {asked.askedBy ? `${asked.askedBy} asks` : 'The team asks'} you for a few facts, for{' '}
        <strong>{asked.studyTitle}</strong>.{' '}
        {open
          ? 'Write what you know and leave out what you do not. It is saved while you write, and you can come back to it.'
          : 'The questions are closed now: the case study is being finished. Thank you for your help.'}
      </p>
      {open && <SavedLine blockIds={asked.blocks.map((block) => block.blockId)} />}
      {framework.error && <ErrorState error={framework.error} retry={() => void framework.refetch()} />}
      {!framework.data && !framework.error && <ListSkeleton rows={4} />}
      {open &&
        framework.data &&
        asked.blocks.map((block) => {
          const section = framework.data.sections.find((other) => other.id === block.sectionId);
          return section && <AskedSection key={block.blockId} section={section} state={block} />;
        })}
      {open && (
        <p className={styles.end}>
          That is all that is asked. You can close this page when it says <em>Saved</em>; what you wrote goes
          to {asked.askedBy || 'the team'}.
        </p>
      )}
    </article>
  );
}

/** Nothing of this page is kept; whatever another page kept for this person goes with the session (DEVICE-1). */
function Leave() {
  const { person } = useSession();
  const navigate = useNavigate();
  const end = useAct('DELETE /api/session');
  const leave = async () => {
    signingOut(true);
    if (!(await end.send({}, {}))) {
      signingOut(false);
      return;
    }
    await navigate({ to: '/sign-in', replace: true });
    await forgetDevice(person.id);
    endSession();
  };
  return (
    <span>
      {end.problem && (
        <span className={styles.problem} role="alert">
          {end.problem}{' '}
        </span>
      )}
      <Button variant="subtle" onClick={() => void leave()}>
        Sign out
      </Button>
    </span>
  );
}
