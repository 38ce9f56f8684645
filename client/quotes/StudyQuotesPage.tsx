import type { StudyDetail } from '../../shared/api/studies.ts';
import { StudyPage } from '../studies/StudyPage.tsx';
import { useTopic } from '../sync/hooks.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { QuoteBoard } from './QuoteBoard.tsx';

/** The board of a study: the quotes of all its cases. */
export default function StudyQuotesPage() {
  return (
    <StudyPage title="Quotes">
      {(study) => (
        <>
          <PageHead
            title="Quotes"
            meta={<p>Of all cases: what waits for whom, and what keeps a case from being printed.</p>}
          />
          <Board study={study} />
        </>
      )}
    </StudyPage>
  );
}

function Board({ study }: { readonly study: StudyDetail }) {
  const params = { studyId: study.id };
  const { data, error, refetch } = useRoute('GET /api/studies/:studyId/quotes', params, {
    keep: true,
    staleTime: 0,
  });
  useTopic(`study/${study.id}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/studies/:studyId/quotes', params) });
  });
  if (!data) {
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <ListSkeleton rows={6} />;
  }
  const titles = new Map(data.cases.map(({ id, title }) => [id, title]));
  const powers = {
    mayQuote: study.acts.includes('keep-quotes'),
    mayFindFair: study.acts.includes('find-fair'),
  };
  return (
    <QuoteBoard
      quotes={data.quotes}
      speakers={data.speakers}
      schools={data.schools}
      caseTitle={(caseId) => titles.get(caseId) ?? null}
      powersIn={() => powers}
      empty={
        <EmptyState title="No quotes yet">
          Words that are captured in the text of a case stand here, with whoever said them.
        </EmptyState>
      }
    />
  );
}
