import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { HistoryMoment, PastSection } from '../../shared/api/history.ts';
import { compareFields } from '../../shared/history/compared-fields.ts';
import { compareTexts } from '../../shared/history/comparison.ts';
import { drawnHere } from '../editor/names-here.ts';
import { clockTimeOf, longDayOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { ComparedText } from './ComparedText.tsx';
import styles from './history.module.css';
import { usePast } from './past-section.ts';
import { WrittenText } from './WrittenText.tsx';

/** `then`: what changed in that time; `since`: what changed after it; `whole`: all of it, and who wrote it. */
export type Shown = 'then' | 'since' | 'whole';

const SHOWN: readonly (readonly [Shown, string])[] = [
  ['then', 'What changed then'],
  ['since', 'What changed since'],
  ['whole', 'All of it, and who wrote it'],
];

/** What one moment of a section held, or what became of it. */
export function MomentView(props: {
  readonly blockId: string;
  readonly moment: HistoryMoment;
  /** The moment before; 0: nothing stood there; null: not known yet. */
  readonly before: number | null;
  readonly latest: number;
  readonly shown: Shown;
  readonly show: (what: Shown) => void;
  readonly restore: ((past: PastSection) => void) | null;
}) {
  const { blockId, moment, before, latest, shown, restore } = props;
  const note = erasedWords(moment, shown);
  const here = usePast(blockId, note ? null : moment.seq);
  const other = usePast(blockId, note ? null : shown === 'then' ? before : shown === 'since' ? latest : null);
  const error = here.error ?? other.error;
  const past = here.data;
  return (
    <article className={styles.moment_view} aria-label="What stood there">
      <header className={styles.head}>
        <h2>
          {longDayOf(moment.to)}, {clockTimeOf(moment.to)}
        </h2>
        {restore && past && <Button onClick={() => restore(past)}>Make it so again</Button>}
      </header>
      <div role="radiogroup" aria-label="Show" className={styles.shown}>
        {SHOWN.map(([what, words]) => (
          <label key={what}>
            <input type="radio" name="shown" checked={what === shown} onChange={() => props.show(what)} />
            {words}
          </label>
        ))}
      </div>
      {note ? (
        <p className={styles.nothing}>{note}</p>
      ) : error ? (
        <ErrorState
          error={error}
          retry={() => {
            void here.refetch();
            void other.refetch();
          }}
        />
      ) : !past || (shown !== 'whole' && !other.data) ? (
        <ListSkeleton rows={5} />
      ) : shown === 'whole' ? (
        <WrittenText past={past} />
      ) : shown === 'then' ? (
        <Changes before={other.data as PastSection} after={past} />
      ) : (
        <Changes before={past} after={other.data as PastSection} />
      )}
    </article>
  );
}

/** @returns what is said in the place of a text that was erased; null where there is one to show */
function erasedWords({ erased }: HistoryMoment, shown: Shown): string | null {
  if (erased === 'gone') {
    return 'Words were erased in this section later, for good. Of what stood here until then, only who wrote when is known.';
  }
  return erased === 'here' && shown === 'then'
    ? 'Words were erased here, for good. What stood here before cannot be shown.'
    : null;
}

function Changes({ before, after }: { readonly before: PastSection; readonly after: PastSection }) {
  // whoever is named otherwise by now is named so in what was, too (NAME-1)
  const lines = useMemo(() => compareTexts(drawnHere(before.text), drawnHere(after.text)), [before, after]);
  const fields = useMemo(() => compareFields(before.fields, after.fields), [before, after]);
  const names = useMemo(
    () => new Map([...before.people, ...after.people].map(({ id, name }) => [id, name])),
    [before, after],
  );
  const still = lines.every(({ became }) => became === 'same');
  return (
    <>
      {still && fields.length === 0 && (
        <p className={styles.nothing}>
          {before.seq === after.seq
            ? 'This is how it stands now.'
            : 'Nothing that is left to see: what came went again, or only marks of prompts changed.'}
        </p>
      )}
      {!still && <ComparedText lines={lines} nameOf={(id) => names.get(id)} folded />}
      {fields.length > 0 && (
        <dl className={styles.fields}>
          {fields.map(({ key, label, words }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>
                {words.map(({ kind, text }, at) => {
                  const place = `${at} ${kind}`;
                  if (kind === 'same') return <span key={place}>{text}</span>;
                  return kind === 'gone' ? <del key={place}>{text}</del> : <ins key={place}>{text}</ins>;
                })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
