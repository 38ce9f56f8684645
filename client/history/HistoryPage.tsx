import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useCaseReplies } from '../case-study/case-replies.ts';
import { type CaseSection, caseSections, sectionBySlug } from '../case-study/case-sections.ts';
import { setNamesHere } from '../editor/names-here.ts';
import { NotOpen } from '../studies/NotOpen.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { isNotFound } from '../ui/request.ts';
import styles from './history.module.css';
import { SectionHistory } from './SectionHistory.tsx';
import { VersionDialog } from './VersionDialog.tsx';

/** What the sections of a case were before, and who wrote what when. */
export default function HistoryPage({ caseId }: { caseId: string }) {
  const replies = useCaseReplies(caseId);
  if (replies.kind === 'here') return <History detail={replies.detail} framework={replies.framework} />;
  return (
    <Page title="History">
      {replies.kind === 'loading' ? (
        <ListSkeleton rows={6} />
      ) : isNotFound(replies.error) ? (
        <NotOpen studyId={replies.studyId} retry={replies.retry} />
      ) : (
        <ErrorState error={replies.error} retry={replies.retry} page />
      )}
    </Page>
  );
}

function History({ detail, framework }: { readonly detail: CaseDetail; readonly framework: Framework }) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/team/cases/$caseId/history' });
  const sections = useMemo(() => caseSections(framework, detail), [framework, detail]);
  const section = (search.section && sectionBySlug(sections, search.section)) || sections[0];
  const [naming, setNaming] = useState(false);
  useLayoutEffect(() => setNamesHere(detail.names ?? []), [detail.names]);
  const params = { caseId: detail.id };
  const go = (slug: string) =>
    void navigate({ to: '/cases/$caseId/history', params, search: { section: slug }, replace: true });
  return (
    <Page
      wide
      title={`History · ${detail.title}`}
      crumbs={[
        <Link key="study" to="/studies/$studyId" params={{ studyId: detail.studyId }}>
          {detail.study.title}
        </Link>,
        <Link
          key="case"
          to="/cases/$caseId"
          params={params}
          search={section ? { section: section.slug } : {}}
        >
          {detail.title}
        </Link>,
        'History',
      ]}
    >
      <PageHead
        title="History"
        meta={<p>What each section was, who wrote it, and when. Looking changes nothing.</p>}
        acts={
          section && (
            <>
              <SectionChoice sections={sections} section={section} go={go} />
              {detail.acts.includes('set-section-status') && (
                <Button onClick={() => setNaming(true)}>Keep this version</Button>
              )}
            </>
          )
        }
      />
      {naming && <VersionDialog caseId={detail.id} onClose={() => setNaming(false)} />}
      {section ? (
        <SectionHistory key={section.blockId} caseId={detail.id} section={section} />
      ) : (
        <EmptyState title="Nothing to look at">No section of this case is open to you.</EmptyState>
      )}
    </Page>
  );
}

function SectionChoice(props: {
  readonly sections: readonly CaseSection[];
  readonly section: CaseSection;
  readonly go: (slug: string) => void;
}) {
  return (
    <label className={styles.choice}>
      Section
      <select value={props.section.slug} onChange={(event) => props.go(event.target.value)}>
        {props.sections.map(({ slug, full }) => (
          <option key={slug} value={slug}>
            {full}
          </option>
        ))}
      </select>
    </label>
  );
}
