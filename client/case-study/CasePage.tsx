import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { KeptWordsHere } from '../studies/KeptWordsHere.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { isNotFound, isTakenAway, needsPasskey } from '../ui/request.ts';
import { useSession } from '../ui/session.tsx';
import { TopBar } from '../ui/TopBar.tsx';
import styles from './CasePage.module.css';
import { CaseView } from './CaseView.tsx';
import { CasePageContext, CasePageState } from './case-page-state.ts';
import { useCaseReplies } from './case-replies.ts';
import { useFirstSectionOpen } from './first-section.ts';
import { driveMounting } from './mounting-driver.ts';
import { preloadWriting } from './SectionBody.tsx';

const CaseNotOpen = lazy(() => import('./CaseNotOpen.tsx'));
const CaseOwesPasskey = lazy(() => import('./CaseOwesPasskey.tsx'));

// The editor is on its way while the case is still being asked for.
preloadWriting();

/** The page of one case: outline, the sections as one paper, and the margin. */
export default function CasePage({ caseId }: { caseId: string }) {
  const { person } = useSession();
  const replies = useCaseReplies(caseId);
  const wake = useRef<() => void>(() => {});
  const page = useMemo(
    () => new CasePageState(caseId, { id: person.id, name: person.name }, () => wake.current()),
    [caseId, person.id, person.name],
  );
  useEffect(() => {
    const driver = driveMounting(page.mounting);
    wake.current = driver.wake;
    driver.wake();
    return driver.stop;
  }, [page]);
  const first = useFirstSectionOpen(page, replies.kind === 'here' ? replies : null);
  usePageTitle(replies.kind === 'here' ? replies.detail.title : null);

  switch (replies.kind) {
    case 'failed':
      if (isNotFound(replies.error)) {
        return (
          <Suspense fallback={<CaseSkeleton />}>
            <CaseNotOpen studyId={replies.studyId} retry={replies.retry} />
          </Suspense>
        );
      }
      if (needsPasskey(replies.error)) {
        return (
          <Suspense fallback={<CaseSkeleton />}>
            <CaseOwesPasskey />
          </Suspense>
        );
      }
      return (
        <>
          <TopBar />
          <ErrorState error={replies.error} retry={replies.retry} whole />
          {isTakenAway(replies.error) && (
            <div className={styles.underError}>
              <KeptWordsHere />
            </div>
          )}
        </>
      );
    case 'loading':
      return <CaseSkeleton />;
    case 'here':
      if (first === null) return <CaseSkeleton />;
      return (
        <CasePageContext value={page}>
          <CaseView
            detail={replies.detail}
            framework={replies.framework}
            text={replies.text}
            lost={replies.lost}
            first={first}
          />
        </CasePageContext>
      );
    default:
      return replies satisfies never;
  }
}

/** Stands where the paper will, so that nothing jumps when it comes. */
function CaseSkeleton() {
  return (
    <>
      <TopBar />
      <div className={styles.case}>
        <div className={styles.outline} />
        <main id="main" className={styles.paper} aria-busy="true">
          <p className="heard-only" role="status">
            Opening the case
          </p>
          <div aria-hidden="true">
            <div className={styles.bar} style={{ height: 32, width: '70%' }} />
            <div className={styles.bar} style={{ width: '90%' }} />
            <div className={styles.bar} style={{ marginTop: 64, width: '40%', height: 22 }} />
            <div className={styles.bar} />
            <div className={styles.bar} />
            <div className={styles.bar} style={{ width: '80%' }} />
          </div>
        </main>
      </div>
    </>
  );
}
