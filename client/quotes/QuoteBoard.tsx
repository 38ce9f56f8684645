import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { CaseQuotes, QuoteView, Speaker } from '../../shared/api/quotes.ts';
import { BOARD_WORDS } from '../../shared/quotes/board-words.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { BoardRow } from './BoardRow.tsx';
import styles from './board.module.css';
import {
  BOARD_ORDER,
  type BoardFilter,
  type BoardGroup,
  blockingReasons,
  boardGroups,
  countWords,
  EVERYTHING,
  overlapsOf,
  quotesIn,
  type ReadyToSend,
  readyKey,
  readyToSend,
  saidByOthers,
} from './board-view.ts';
import { ConsentDialog } from './ConsentDialog.tsx';
import { GuardianDialog } from './GuardianDialog.tsx';
import { HINDRANCE_WORDS, type LinePowers } from './quote-line.ts';
import { SendDialog } from './SendDialog.tsx';
import { SpeakerDialog } from './SpeakerDialog.tsx';

const NO_WORDS: readonly string[] = [];

/** Quotes shown of a group before more are asked for. */
const FIRST = 30;

/** Every quote of a case or a study: how it stands, what blocks publication, and each act. */
export function QuoteBoard(props: {
  readonly quotes: readonly QuoteView[];
  readonly speakers: readonly Speaker[];
  readonly schools: CaseQuotes['schools'];
  /** Of the case that a quote is of; on the board of one case, nothing. */
  readonly caseTitle: (caseId: string) => string | null;
  readonly powersIn: (caseId: string) => LinePowers;
  readonly empty: ReactNode;
}) {
  const { quotes, schools } = props;
  const [filter, setFilter] = useState<BoardFilter>(EVERYTHING);
  const speakers = useMemo(() => new Map(props.speakers.map((one) => [one.id, one])), [props.speakers]);
  const groups = useMemo(() => boardGroups(quotes, speakers, filter), [quotes, speakers, filter]);
  const doubled = useMemo(() => saidByOthers(quotes), [quotes]);
  const overlaps = useMemo(() => overlapsOf(quotes), [quotes]);
  if (quotes.length === 0) return <>{props.empty}</>;
  return (
    <>
      <Blocking quotes={quotes} filter={filter} setFilter={setFilter} />
      <Ready quotes={quotes} speakers={speakers} powersIn={props.powersIn} />
      <Filters
        {...{ quotes, filter, setFilter, schools }}
        speakers={props.speakers.filter(({ id }) => quotes.some((quote) => quote.speakerIds.includes(id)))}
      />
      <p className="heard-only" role="status">
        {groups.reduce((sum, group) => sum + group.quotes.length, 0)} quotes shown
      </p>
      {groups.length === 0 && (
        <EmptyState
          title="No quote is like that"
          act={<Button onClick={() => setFilter(EVERYTHING)}>Show all of them</Button>}
        />
      )}
      {groups.map((group) => (
        <Group
          key={group.word}
          {...{ group, speakers, doubled, overlaps }}
          caseTitle={props.caseTitle}
          powersIn={props.powersIn}
        />
      ))}
    </>
  );
}

function Blocking(props: {
  readonly quotes: readonly QuoteView[];
  readonly filter: BoardFilter;
  readonly setFilter: (filter: BoardFilter) => void;
}) {
  const { quotes, filter, setFilter } = props;
  const blocking = quotes.filter(({ blocks }) => blocks.length > 0).length;
  if (blocking === 0) {
    return <p className={styles.clear}>No quote keeps this from being printed.</p>;
  }
  return (
    <details className={styles.blocking}>
      <summary>
        {blocking === 1 ? 'One quote keeps' : `${blocking} quotes keep`} this from being printed
      </summary>
      <ul>
        {blockingReasons(quotes).map(({ words, count }) => (
          <li key={words}>
            <span className={styles.count}>{count}</span> {words}
          </li>
        ))}
      </ul>
      <Button variant="subtle" onClick={() => setFilter({ ...filter, blocking: !filter.blocking })}>
        {filter.blocking ? 'Show the others as well' : 'Show only these'}
      </Button>
    </details>
  );
}

/** Checked words that nobody was asked about yet: one letter to each speaker. */
function Ready(props: {
  readonly quotes: readonly QuoteView[];
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly powersIn: (caseId: string) => LinePowers;
}) {
  const [opened, setOpened] = useState<ReadyToSend | null>(null);
  const close = () => setOpened(null);
  const ready = useMemo(() => readyToSend(props.quotes, props.speakers), [props.quotes, props.speakers]);
  const mine = ready.filter(({ caseId }) => props.powersIn(caseId).mayQuote);
  return (
    <>
      {mine.length > 0 && (
        <section className={styles.ready} aria-labelledby="ready-to-send">
          <h2 id="ready-to-send">To ask next</h2>
          <ul>
            {mine.map((one) => (
              <li key={readyKey(one)}>
                <span>
                  <strong>{one.speaker.name}</strong>
                  {one.speaker.role && <span className={styles.soft}> {one.speaker.role}</span>}
                  {one.hindrance && (
                    <span className={styles.soft}>
                      {' · '}
                      {countOf(one)}. {HINDRANCE_WORDS[one.hindrance]}
                    </span>
                  )}
                </span>
                <Button onClick={() => setOpened(one)}>
                  {one.hindrance === null
                    ? `Send ${countOf(one).toLowerCase()}`
                    : one.hindrance === 'guardian'
                      ? 'Ask a parent or carer'
                      : one.hindrance === 'guardian-asked'
                        ? 'Write down what they said'
                        : 'Change what is known'}
                  <span className="heard-only">
                    {' '}
                    {one.hindrance === null ? 'to' : 'of'} {one.speaker.name}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {opened?.hindrance === null && <SendDialog {...opened} onClose={close} />}
      {opened?.hindrance === 'guardian' && <GuardianDialog {...opened} onClose={close} />}
      {opened?.hindrance === 'guardian-asked' && <ConsentDialog {...opened} onClose={close} />}
      {opened?.hindrance === 'no-address' && <SpeakerDialog {...opened} onClose={close} />}
    </>
  );
}

function countOf({ lines }: ReadyToSend): string {
  const count = quotesIn(lines);
  return count === 1 ? 'One quote' : `${count} quotes`;
}

function Filters(props: {
  readonly quotes: readonly QuoteView[];
  readonly speakers: readonly Speaker[];
  readonly schools: CaseQuotes['schools'];
  readonly filter: BoardFilter;
  readonly setFilter: (filter: BoardFilter) => void;
}) {
  const { quotes, speakers, schools, filter, setFilter } = props;
  const counts = useMemo(() => countWords(quotes), [quotes]);
  return (
    <section className={styles.filters} aria-label="Which quotes">
      <div className={styles.words}>
        <button
          type="button"
          aria-pressed={filter.word === ''}
          onClick={() => setFilter({ ...filter, word: '' })}
        >
          All <span className={styles.count}>{quotes.length}</span>
        </button>
        {BOARD_ORDER.map((word) => (
          <button
            key={word}
            type="button"
            data-word={word}
            aria-pressed={filter.word === word}
            onClick={() => setFilter({ ...filter, word: filter.word === word ? '' : word })}
          >
            {BOARD_WORDS[word]} <span className={styles.count}>{counts.get(word) ?? 0}</span>
          </button>
        ))}
      </div>
      {speakers.length > 1 && (
        <NativeSelect
          aria-label="Speaker"
          value={filter.speakerId}
          onChange={(event) => setFilter({ ...filter, speakerId: event.currentTarget.value })}
          data={[
            { value: '', label: 'Every speaker' },
            ...[...speakers]
              .sort((one, other) => one.name.localeCompare(other.name, 'en'))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {schools.length > 1 && (
        <NativeSelect
          aria-label="School"
          value={filter.schoolId}
          onChange={(event) => setFilter({ ...filter, schoolId: event.currentTarget.value })}
          data={[
            { value: '', label: 'Every school' },
            ...schools.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </section>
  );
}

function Group(props: {
  readonly group: BoardGroup;
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly doubled: ReadonlySet<string>;
  readonly overlaps: ReadonlyMap<string, readonly string[]>;
  readonly caseTitle: (caseId: string) => string | null;
  readonly powersIn: (caseId: string) => LinePowers;
}) {
  const { group, speakers } = props;
  const [shown, setShown] = useState(FIRST);
  return (
    <section className={styles.group} aria-labelledby={`board-${group.word}`}>
      <h2 id={`board-${group.word}`}>
        {group.title} <span className={styles.count}>{group.quotes.length}</span>
      </h2>
      <ul>
        {group.quotes.slice(0, shown).map((quote) => (
          <BoardRow
            key={quote.id}
            quote={quote}
            speakers={speakers}
            caseTitle={props.caseTitle(quote.caseId)}
            powers={props.powersIn(quote.caseId)}
            doubled={props.doubled.has(quote.id)}
            overlaps={props.overlaps.get(quote.id) ?? NO_WORDS}
          />
        ))}
      </ul>
      {group.quotes.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + 100)}>
          Show {Math.min(100, group.quotes.length - shown)} more of {group.quotes.length - shown}
        </Button>
      )}
    </section>
  );
}
