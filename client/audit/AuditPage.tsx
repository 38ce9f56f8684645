import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AuditChoice } from '../../shared/api/audit.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { AUDIT_GROUP_IDS } from '../../shared/audit/audit-record.ts';
import { StudyPage } from '../studies/StudyPage.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queryText, request } from '../ui/request.ts';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditList } from './AuditList.tsx';
import { AuditSeal } from './AuditSeal.tsx';
import styles from './audit.module.css';
import { type AuditSearch, dayBegins } from './audit-search.ts';

type Reply = RouteReply<'GET /api/studies/:studyId/audit'>;

/** Who did what in a study, for its lead. */
export default function AuditPage() {
  return (
    <StudyPage title="Record">
      {(study) => (study.acts.includes('see-audit') ? <Audit study={study} /> : <ForTheLead />)}
    </StudyPage>
  );
}

function Audit({ study }: { study: StudyDetail }) {
  const search = useSearch({ from: '/team/studies/$studyId/record' });
  const navigate = useNavigate();
  const choice = choiceOf(search);
  const audit = useInfiniteQuery({
    queryKey: ['GET /api/studies/:studyId/audit', study.id, choice],
    queryFn: ({ pageParam: before, signal }) =>
      request('GET /api/studies/:studyId/audit', {
        params: { studyId: study.id },
        query: { ...choice, ...(before === null ? {} : { before }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: Reply) => (last.more ? (last.entries.at(-1)?.seq ?? null) : null),
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const choose = (next: AuditSearch) =>
    void navigate({
      to: '/studies/$studyId/record',
      params: { studyId: study.id },
      search: next,
      replace: true,
      resetScroll: false,
    });
  const pages = audit.data?.pages ?? [];
  const first = pages[0];
  const file = `/api/studies/${encodeURIComponent(study.id)}/audit.csv${queryText(choice)}`;
  return (
    <>
      <PageHead
        title="Record"
        meta="Who came in, who may do what, and what was made, moved, taken away, downloaded or refused. What people write in the sections is not told here."
        acts={
          first?.seal && (
            <Button component="a" href={file} download>
              Download as a table
            </Button>
          )
        }
      />
      <AuditFilters study={study} people={first?.people ?? []} search={search} choose={choose} />
      <div aria-live="polite" className="heard-only">
        {first && !audit.isFetching && said(pages, Object.keys(choice).length > 0)}
      </div>
      {audit.error && pages.length === 0 ? (
        <ErrorState error={audit.error} retry={() => void audit.refetch()} />
      ) : !first ? (
        <ListSkeleton rows={6} />
      ) : first.entries.length === 0 ? (
        <Nothing filtered={Object.keys(search).length > 0} clear={() => choose({})} />
      ) : (
        <>
          <AuditList pages={pages} />
          {audit.hasNextPage && (
            <div className={styles.more}>
              <Button
                aria-disabled={audit.isFetchingNextPage || undefined}
                onClick={() => {
                  if (!audit.isFetchingNextPage) void audit.fetchNextPage();
                }}
              >
                {audit.isFetchingNextPage ? 'Fetching …' : 'Show what was before'}
              </Button>
            </div>
          )}
          {audit.error && <ErrorState error={audit.error} retry={() => void audit.fetchNextPage()} />}
        </>
      )}
      {first?.seal && <AuditSeal seal={first.seal} />}
    </>
  );
}

function ForTheLead() {
  return (
    <>
      <PageHead title="Record" />
      <EmptyState title="This is for the lead of the study">
        Who did what in the study is theirs to look at.
      </EmptyState>
    </>
  );
}

function Nothing({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        title="Nothing like that is in the record"
        act={<Button onClick={clear}>Show everything</Button>}
      >
        Choose other days, or somebody else.
      </EmptyState>
    );
  }
  return <EmptyState title="Nothing is in the record yet">It tells of what happens from now on.</EmptyState>;
}

function said(pages: readonly Reply[], filtered: boolean): string {
  const count = pages.reduce((sum, page) => sum + page.entries.length, 0);
  const more = pages.at(-1)?.more ? ', and there are more' : '';
  return `${count} ${count === 1 ? 'entry' : 'entries'}${filtered ? ' of that kind' : ''} shown${more}.`;
}

function choiceOf(search: AuditSearch): AuditChoice {
  const about = AUDIT_GROUP_IDS.find((group) => group === search.about);
  const since = search.from ? dayBegins(search.from) : Number.NaN;
  const until = search.to ? dayBegins(search.to, 1) : Number.NaN;
  return {
    ...(search.person && { person: search.person }),
    ...(about && { about }),
    ...(search.case && { case: search.case }),
    ...(Number.isNaN(since) ? {} : { since }),
    ...(Number.isNaN(until) ? {} : { until }),
  };
}
