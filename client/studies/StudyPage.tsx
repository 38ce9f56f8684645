import { Link, useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { useTopic } from '../sync/hooks.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, useRoute } from '../ui/query.ts';
import { isNotFound, isTakenAway, needsPasskey } from '../ui/request.ts';
import { KeptWordsHere } from './KeptWordsHere.tsx';
import { NotOpen } from './NotOpen.tsx';
import { StudyNav } from './StudyNav.tsx';
import { useStudyPalette } from './study-palette.ts';

const PasskeyNeeded = lazy(() => import('../accounts/PasskeyNeeded.tsx'));

/** The study that the address names, live and kept on this device. */
export function useStudy() {
  const { studyId } = useParams({ from: '/team/studies/$studyId' });
  const study = useRoute(
    'GET /api/studies/:studyId',
    { studyId },
    { keep: (reply) => reply.myRole !== 'contact' },
  );
  useTopic(`study/${studyId}`, () => {
    void queries.invalidateQueries({ queryKey: ['GET /api/studies/:studyId', { studyId }] });
    void queries.invalidateQueries({ queryKey: ['GET /api/studies/:studyId/invitations', { studyId }] });
    void queries.invalidateQueries({ queryKey: ['GET /api/studies/:studyId/letters', { studyId }] });
  });
  return study;
}

/**
 * Any page of a study: bar, the study's own links, and what it is about.
 * @param title of the page below the study; absent on the study's home
 */
export function StudyPage({
  title,
  wide = false,
  children,
}: {
  title?: string;
  wide?: boolean;
  children: (study: StudyDetail) => ReactNode;
}) {
  const study = useStudy();
  const { studyId } = useParams({ from: '/team/studies/$studyId' });
  // Somebody who was removed meanwhile sees nothing more of it, whatever stood here before.
  const out = isTakenAway(study.error);
  const name = (!out && study.data?.title) || 'Study';
  const crumbs = title
    ? [
        <Link key="study" to="/studies/$studyId" params={{ studyId }} activeOptions={{ exact: true }}>
          {name}
        </Link>,
        title,
      ]
    : [name];
  return (
    <Page
      title={title ? `${title} · ${name}` : name}
      crumbs={crumbs}
      wide={wide}
      strip={study.data && !out && <StudyNav study={study.data} />}
    >
      {study.data && !out ? (
        <>
          <PaletteEntries study={study.data} />
          {children(study.data)}
        </>
      ) : study.error ? (
        isNotFound(study.error) ? (
          <NotOpen studyId={study.data?.id ?? null} retry={() => void study.refetch()} />
        ) : needsPasskey(study.error) ? (
          <Suspense fallback={<ListSkeleton rows={2} />}>
            <PasskeyNeeded studyId={studyId} />
            <KeptWordsHere />
          </Suspense>
        ) : (
          <ErrorState error={study.error} retry={() => void study.refetch()} page />
        )
      ) : (
        <ListSkeleton rows={5} />
      )}
    </Page>
  );
}

function PaletteEntries({ study }: { study: StudyDetail }) {
  useStudyPalette(study);
  return null;
}
