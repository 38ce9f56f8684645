import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect } from 'react';
import type { ContactCase } from '../../shared/api/contact.ts';
import { setNamesHere } from '../editor/names-here.ts';
import { FinishForm } from '../information/FinishForm.tsx';
import { OwnProgress } from '../information/OwnProgress.tsx';
import { SheetLink, SheetNews } from '../protection/SheetNews.tsx';
import { forgetDevice } from '../sync/device-cache.ts';
import { useTopic } from '../sync/hooks.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { endSession, signingOut, useSession } from '../ui/session.tsx';
import { AskedSection } from './AskedSection.tsx';
import { ClosedSections } from './ClosedSections.tsx';
import { ContactArticle } from './ContactArticle.tsx';
import styles from './contact.module.css';
import { QuotesNews } from './QuotesNews.tsx';
import { ReadSection } from './ReadSection.tsx';
import { SavedLine } from './SavedLine.tsx';
import { UnsentWords } from './UnsentWords.tsx';

/** *About your school*: what a school contact is asked and given to read, and nothing else of the tool. */
export default function ContactPage() {
  const { person } = useSession();
  const asked = useRoute('GET /api/contact', {}, { staleTime: 0 });
  // What is shared with this person alone: a contact hears of nothing else (ACCESS-5).
  useTopic(`person/${person.id}`, () => void asked.refetch());
  usePageTitle('About your school');
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.product}>Casebook</span>
        <span>
          <SheetLink />
          <Leave />
        </span>
      </header>
      <main id="main">
        <SheetNews />
        <QuotesNews />
        <UnsentWords />
        {asked.data ? (
          <>
            <ClosedSections cases={asked.data.cases} />
            <Cases cases={asked.data.cases} />
          </>
        ) : asked.error ? (
          <ErrorState error={asked.error} retry={() => void asked.refetch()} page />
        ) : (
          <ListSkeleton rows={4} />
        )}
      </main>
    </div>
  );
}

function Cases({ cases }: { cases: readonly ContactCase[] }) {
  useLayoutEffect(() => setNamesHere(cases.flatMap(({ names }) => names)), [cases]);
  if (cases.length === 0) {
    return (
      <>
        <h1>Nothing is asked about your school just now</h1>
        <p className={styles.lead}>
          The study may have finished with its questions, have none for you, or have taken the invitation
          back. Whoever invited you can tell you more.
        </p>
        <p>
          {/* Not of this app: a page of its own. */}
          <a href="/quotes">Look at what you are quoted with</a>
        </p>
      </>
    );
  }
  return cases.map((one, index) => (
    <CaseQuestions key={`${one.caseId} ${one.schoolName}`} asked={one} first={index === 0} />
  ));
}

function CaseQuestions({ asked, first }: { asked: ContactCase; first: boolean }) {
  const copies = new Map(asked.copies.map((copy) => [copy.blockId, copy]));
  const filledIn = asked.blocks.filter((block) => block.access === 'write');
  return (
    <ContactArticle
      asked={asked}
      first={first}
      saved={<SavedLine blockIds={filledIn.map((block) => block.blockId)} />}
      asks={(block) => <AskedSection block={block} />}
      progress={(block) => <OwnProgress block={block} />}
      finish={(request) => <FinishForm request={request} />}
      reads={({ section, blockId, access }) => (
        <ReadSection {...{ section, access, copy: copies.get(blockId) }} />
      )}
    />
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
