import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { QuoteView, Speaker } from '../../shared/api/quotes.ts';
import { BOARD_WORDS } from '../../shared/quotes/board-words.ts';
import { BLOCK_WORDS } from '../../shared/quotes/publication.ts';
import { HOW_SAID_WORDS } from '../../shared/quotes/source.ts';
import { Chip } from '../ui/Chip.tsx';
import { dayOf } from '../ui/dates.ts';
import styles from './board.module.css';
import { LineActs } from './LineActs.tsx';
import { OriginalWords } from './OriginalWords.tsx';
import { type LinePowers, linesOf } from './quote-line.ts';
import { WORD_TONES } from './quote-words.ts';

/** One quote on the board: its words, where they come from, and a line for each who speaks in it. */
export const BoardRow = memo(function BoardRow(props: {
  readonly quote: QuoteView;
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly caseTitle: string | null;
  readonly powers: LinePowers;
  /** Somebody else is said to have said the same. */
  readonly doubled: boolean;
  /** Other quotes that some of its words stand in as well. */
  readonly overlaps: readonly string[];
}) {
  const { quote, speakers, powers } = props;
  const lines = linesOf(quote);
  const several = quote.uses.length > 1;
  const wording = quote.uses[0]?.wording ?? quote.captured;
  const places = quote.uses.map(({ use }) => use);
  const consent = new Set(
    quote.blocks.flatMap(({ reason }) => (reason.startsWith('consent-') ? [BLOCK_WORDS[reason]] : [])),
  );
  const said = [HOW_SAID_WORDS[quote.how], quote.saidOn && dayOf(quote.saidOn), quote.source];
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        {wording === '' ? (
          <span className={styles.soft}>Its words were erased.</span>
        ) : (
          <q className={styles.quoted}>{wording}</q>
        )}
        <Chip tone={WORD_TONES[quote.word]}>{BOARD_WORDS[quote.word]}</Chip>
      </div>
      <p className={styles.soft}>
        {props.caseTitle && <>{props.caseTitle} · </>}
        {said.filter(Boolean).join(' · ')}
      </p>
      {props.doubled && (
        <p className={styles.care}>The same words stand here as somebody else’s, too. Look whose they are.</p>
      )}
      {props.overlaps.map((words) => (
        <p key={words} className={styles.care}>
          Some of these words stand in another quote as well: <q>{words}</q>
        </p>
      ))}
      {lines.map((line, at) => (
        <div key={`${line.use} ${line.speakerId}`}>
          {several && lines[at - 1]?.use !== line.use && (
            <p className={styles.use}>
              {places.indexOf(line.use) + 1} of {places.length} places in the text
              {line.wording !== wording && <q>{line.wording}</q>}
            </p>
          )}
          <LineActs
            caseId={quote.caseId}
            line={line}
            speaker={speakers.get(line.speakerId)}
            powers={powers}
          />
        </div>
      ))}
      {lines.length === 0 && (
        <p className={styles.soft}>
          {namesOf(quote, speakers)}. It stands nowhere in the text{quote.setAside ? '' : ' just now'}.
        </p>
      )}
      {[...consent].map((words) => (
        <p key={words} className={styles.soft}>
          {words}
        </p>
      ))}
      {quote.original !== '' && <OriginalWords original={quote.original} wording={wording} />}
      <p className={styles.links}>
        {quote.uses.length > 0 && (
          <Link to="/cases/$caseId" params={{ caseId: quote.caseId }} search={{ quote: quote.id }}>
            Show it in the text
          </Link>
        )}
        <Link to="/quotes/$quoteId" params={{ quoteId: quote.id }}>
          Every step
        </Link>
      </p>
    </li>
  );
});

function namesOf(quote: QuoteView, speakers: ReadonlyMap<string, Speaker>): string {
  return quote.speakerIds.map((id) => speakers.get(id)?.name ?? 'Somebody').join(' and ');
}
