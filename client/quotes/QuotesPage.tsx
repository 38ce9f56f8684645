import { Link } from '@tanstack/react-router';
import { NotOpen } from '../studies/NotOpen.tsx';
import { useTopic } from '../sync/hooks.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { isNotFound, isTakenAway } from '../ui/request.ts';
import { QuoteBoard } from './QuoteBoard.tsx';
import { Unclaimed } from './Unclaimed.tsx';
import { useOutbox } from './use-quotes.ts';
import { WaitingHere } from './WaitingHere.tsx';

/** The board of a case: each quote, how it stands, and what can be done about it. */
export default function QuotesPage({ caseId }: { caseId: string }) {
  const params = { caseId };
  const { data, error, refetch } = useRoute('GET /api/cases/:caseId/quotes', params, {
    keep: true,
    staleTime: 0,
  });
  useTopic(`case/${caseId}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/quotes', params) });
  });
  const waiting = useOutbox(caseId);
  if (!data || isTakenAway(error)) {
    const retry = () => void refetch();
    return (
      <Page title="Quotes">
        {error ? (
          isNotFound(error) ? (
            <NotOpen studyId={data?.studyId ?? null} retry={retry} />
          ) : (
            <ErrorState
              error={error}
              retry={retry}
              page
              act={
                <Link to="/cases/$caseId" params={params}>
                  Back to the case
                </Link>
              }
            />
          )
        ) : (
          <ListSkeleton rows={6} />
        )}
      </Page>
    );
  }
  const { studyId, title, studyTitle, mayQuote, mayFindFair } = data;
  return (
    <Page
      title={`Quotes · ${title}`}
      crumbs={[
        <Link key="study" to="/studies/$studyId" params={{ studyId }}>
          {studyTitle}
        </Link>,
        <Link key="case" to="/cases/$caseId" params={params}>
          {title}
        </Link>,
        'Quotes',
      ]}
    >
      <PageHead
        title="Quotes"
        meta={
          <p>
            Nothing is published in somebody’s words that they have not confirmed, in exactly those words.
          </p>
        }
      />
      <WaitingHere caseId={caseId} waiting={waiting} />
      <QuoteBoard
        quotes={data.quotes}
        speakers={data.speakers}
        schools={data.schools}
        caseTitle={() => null}
        powersIn={() => ({ mayQuote, mayFindFair })}
        empty={
          <EmptyState
            title="No quotes yet"
            act={
              <Link to="/cases/$caseId" params={params}>
                Go to the text
              </Link>
            }
          >
            Select somebody’s words in the text and press <em>Quote</em>. Then they stand here, with whoever
            said them, until they are confirmed.
          </EmptyState>
        }
      />
      <Unclaimed quotes={data} />
    </Page>
  );
}
