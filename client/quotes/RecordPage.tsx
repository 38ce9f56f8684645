import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { WholeQuote } from '../../shared/api/quotes.ts';
import { BOARD_WORDS } from '../../shared/quotes/board-words.ts';
import { RECORD_BROKEN } from '../../shared/quotes/record-broken.ts';
import { HOW_SAID_WORDS } from '../../shared/quotes/source.ts';
import { noteOfStep, stepWords, wordsOfStep } from '../../shared/quotes/step-words.ts';
import { NotOpen } from '../studies/NotOpen.tsx';
import { useTopic } from '../sync/hooks.ts';
import { Chip } from '../ui/Chip.tsx';
import { clockTimeOf, dayOf, longDayOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { isNotFound, isTakenAway } from '../ui/request.ts';
import { EraseDialog } from './EraseDialog.tsx';
import { OriginalWords } from './OriginalWords.tsx';
import { WORD_TONES } from './quote-words.ts';
import styles from './record.module.css';
import { SourceChange } from './SourceChange.tsx';
import { SourceDialog } from './SourceDialog.tsx';
import { StepScan } from './StepScan.tsx';

/** The record of one quote: its words, and every step that was taken with it. */
export default function RecordPage({ quoteId }: { quoteId: string }) {
  const params = { quoteId };
  const { data, error, refetch } = useRoute('GET /api/quotes/:quoteId', params, { staleTime: 0 });
  useTopic(data ? `case/${data.quote.caseId}` : null, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/quotes/:quoteId', params) });
  });
  if (data && !isTakenAway(error)) return <Here {...data} />;
  const retry = () => void refetch();
  return (
    <Page title="A quote">
      {error ? (
        isNotFound(error) ? (
          <NotOpen studyId={null} retry={retry} />
        ) : (
          <ErrorState error={error} retry={retry} page />
        )
      ) : (
        <ListSkeleton rows={5} />
      )}
    </Page>
  );
}

function Here(whole: WholeQuote) {
  const { quote, speakers, steps, code, broken, erasedAt, mayErase } = whole;
  const [changing, setChanging] = useState(false);
  const [erasing, setErasing] = useState(false);
  const nameOf = (id: string) => speakers.find((speaker) => speaker.id === id)?.name || 'somebody';
  const said = [HOW_SAID_WORDS[quote.how], quote.saidOn && dayOf(quote.saidOn), quote.source];
  const wording = quote.uses[0]?.wording ?? quote.captured;
  return (
    <Page
      title="A quote"
      crumbs={[
        <Link key="study" to="/studies/$studyId" params={{ studyId: whole.studyId }}>
          {whole.studyTitle}
        </Link>,
        <Link key="case" to="/cases/$caseId" params={{ caseId: quote.caseId }}>
          {whole.caseTitle}
        </Link>,
        <Link key="quotes" to="/cases/$caseId/quotes" params={{ caseId: quote.caseId }}>
          Quotes
        </Link>,
        'This quote',
      ]}
    >
      <PageHead
        title={quote.speakerIds.map(nameOf).join(' and ')}
        meta={<p>{said.filter(Boolean).join(' · ')}</p>}
        acts={
          <>
            {whole.mayChange && <Button onClick={() => setChanging(true)}>Change the source</Button>}
            {mayErase && (
              <Button variant="subtle" color="red" onClick={() => setErasing(true)}>
                Erase the words
              </Button>
            )}
            <Button component="a" href={`/api/quotes/${encodeURIComponent(quote.id)}/certificate.html`}>
              Certificate
            </Button>
            <Button component="a" href={`/api/quotes/${encodeURIComponent(quote.id)}/certificate.pdf`}>
              As a PDF
            </Button>
          </>
        }
      />
      {erasedAt === null ? (
        <blockquote className={styles.words}>{wording}</blockquote>
      ) : (
        <p className={styles.erased}>The words of this quote were erased on {longDayOf(erasedAt)}.</p>
      )}
      {broken === null ? (
        <Chip tone={WORD_TONES[quote.word]}>{BOARD_WORDS[quote.word]}</Chip>
      ) : (
        <p className={styles.broken} role="alert">
          {RECORD_BROKEN}. Step {broken} is not as it was written. Tell whoever runs the server, and ask the
          speaker again.
        </p>
      )}
      {quote.original !== '' && <OriginalWords original={quote.original} wording={wording} />}
      <h2 className={styles.title}>Every step</h2>
      <ol className={styles.steps}>
        {steps.map(({ seq, by, event }) => {
          const words = wordsOfStep(event);
          const note = noteOfStep(event);
          return (
            <li key={seq}>
              <p className={styles.when}>
                <time dateTime={new Date(event.at).toISOString()}>
                  {longDayOf(event.at)}, {clockTimeOf(event.at)}
                </time>
              </p>
              <p>
                {stepWords(event, nameOf)}
                {by !== '' && <span className={styles.soft}> · {by}</span>}
              </p>
              {words !== null && <q className={styles.quoted}>{words}</q>}
              {note !== null && <p className={styles.soft}>{note}</p>}
              <SourceChange event={event} />
              <StepScan quoteId={quote.id} step={seq} event={event} />
            </li>
          );
        })}
      </ol>
      <p className={styles.soft}>
        Each step carries a seal of the one before, so that none can be changed or left out unseen. Code of
        the record as it stands now: <code className={styles.code}>{code}</code>
      </p>
      {changing && <SourceDialog {...{ quote, wording }} onClose={() => setChanging(false)} />}
      {erasing && <EraseDialog quoteId={quote.id} onClose={() => setErasing(false)} />}
    </Page>
  );
}
