import type { ReactNode } from 'react';
import type { PastSection } from '../../shared/api/history.ts';
import { WRITTEN_BY } from '../../shared/document/reading.ts';
import { type Line, linesOf, type Run } from '../../shared/history/comparison.ts';
import { drawnHere } from '../editor/names-here.ts';
import styles from './history.module.css';

/** Colours that tell people apart on paper and in the dark; the legend names them. */
const TINTS = 8;

/** A section as it was, with who wrote which words. */
export function WrittenText({ past }: { readonly past: PastSection }) {
  const order = new Map(past.people.map(({ id }, at) => [id, at % TINTS]));
  const names = new Map(past.people.map(({ id, name }) => [id, name]));
  const lines = linesOf(drawnHere(past.text));
  return (
    <>
      {past.people.length > 0 && (
        <ul className={styles.legend} aria-label="Who wrote it">
          {past.people.map(({ id, name }) => (
            <li key={id}>
              <span className={styles.tint} data-tint={order.get(id)}>
                {name}
              </span>
            </li>
          ))}
        </ul>
      )}
      {lines.length === 0 && past.fields.length === 0 && (
        <p className={styles.nothing}>Nothing stood here.</p>
      )}
      <div className={styles.text}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one moment never change
          <WrittenLine key={at} line={line} order={order} names={names} />
        ))}
      </div>
      {past.fields.length > 0 && (
        <dl className={styles.fields}>
          {past.fields.map(({ key, label, words }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function WrittenLine(props: {
  readonly line: Line;
  readonly order: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, string>;
}) {
  const { line, order, names } = props;
  if (line.kind === 'rule') return <hr />;
  const Tag = line.kind === 'heading' ? (line.level === 4 ? 'h4' : 'h3') : 'p';
  return (
    <Tag
      className={styles.line}
      data-kind={line.kind}
      data-depth={Math.min(6, line.depth)}
      data-quoted={line.quoted || undefined}
    >
      {line.number !== undefined && <span className={styles.number}>{line.number}.</span>}
      {line.runs.map((run, at) => {
        const by = String(run.marks.find(({ type }) => type === WRITTEN_BY)?.attrs?.by ?? '');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of one moment never change
          <span key={at} className={styles.tint} data-tint={order.get(by)} title={names.get(by)}>
            {looked(run)}
          </span>
        );
      })}
    </Tag>
  );
}

function looked(run: Run): ReactNode {
  let words: ReactNode = run.text;
  if (run.marks.some(({ type }) => type === 'italic')) words = <em>{words}</em>;
  if (run.marks.some(({ type }) => type === 'bold')) words = <strong>{words}</strong>;
  return words;
}
