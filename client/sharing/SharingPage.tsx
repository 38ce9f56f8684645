import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Sharing } from '../../shared/api/sharing.ts';
import { NotOpen } from '../studies/NotOpen.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { isNotFound, isTakenAway } from '../ui/request.ts';
import { BeforeSharing } from './BeforeSharing.tsx';
import { Grid } from './Grid.tsx';
import { SchoolGlances } from './SchoolGlances.tsx';
import { SharingChanges } from './SharingChanges.tsx';
import { StageNote } from './StageNote.tsx';
import type { SharingGrid } from './sharing-grid.ts';
import { useSharing, useSharingAct } from './use-sharing.ts';

/** Who may do what with which section of a case, and what its schools see. */
export default function SharingPage({ caseId }: { caseId: string }) {
  const { reply, grid } = useSharing(caseId);
  const out = isTakenAway(reply.error);
  if (grid && !out) return <Here grid={grid} />;
  return (
    <Page title="Sharing">
      {reply.error ? (
        isNotFound(reply.error) ? (
          <NotOpen studyId={reply.data?.studyId ?? null} retry={() => void reply.refetch()} />
        ) : (
          <ErrorState
            error={reply.error}
            retry={() => void reply.refetch()}
            page
            act={<BackToCase caseId={caseId} />}
          />
        )
      ) : (
        <ListSkeleton rows={8} />
      )}
    </Page>
  );
}

function BackToCase({ caseId }: { caseId: string }) {
  return (
    <Link to="/cases/$caseId" params={{ caseId }}>
      Back to the case
    </Link>
  );
}

function Here({ grid }: { grid: SharingGrid }) {
  const { sharing } = grid;
  const act = useSharingAct(grid);
  return (
    <Page title={`Sharing · ${sharing.title}`} crumbs={crumbs(sharing)} wide>
      <PageHead
        title="Sharing"
        meta={<Meta sharing={sharing} />}
        acts={
          <Button component={Link} to={`/cases/${sharing.caseId}/information`}>
            Information before the visit
          </Button>
        }
      />
      <StageNote sharing={sharing} />
      <SchoolGlances grid={grid} />
      <Grid grid={grid} act={act} />
      <SharingChanges grid={grid} act={act} />
      {act.asking && <BeforeSharing grid={grid} asking={act.asking} act={act} />}
    </Page>
  );
}

function crumbs(sharing: Sharing): ReactNode[] {
  return [
    <Link key="study" to="/studies/$studyId" params={{ studyId: sharing.studyId }}>
      {sharing.studyTitle}
    </Link>,
    <Link key="case" to="/cases/$caseId" params={{ caseId: sharing.caseId }}>
      {sharing.title}
    </Link>,
    'Sharing',
  ];
}

function Meta({ sharing }: { sharing: Sharing }) {
  return (
    <p>
      Who sees and fills in which section of this case.{' '}
      {sharing.mayChange
        ? 'What you change here counts at once, on every device.'
        : 'The lead and editors of the study can change it.'}
    </p>
  );
}
