import type { ReactNode } from 'react';
import { linkTarget } from '../../shared/document/html.ts';
import { WRITTEN_BY } from '../../shared/document/reading.ts';
import type { ComparedLine, ComparedRun } from '../../shared/history/comparison.ts';
import styles from './history.module.css';

/** Lines that stayed, so many in a row, are folded where only changes are looked for. */
const FOLDED_FROM = 4;

/** What became of a text: struck out what went, marked what came, in the look of a section. */
export function ComparedText(props: {
  readonly lines: readonly ComparedLine[];
  /** Who wrote what came; a name by id. */
  readonly nameOf: (personId: string) => string | undefined;
  /** Fold what stayed. */
  readonly folded: boolean;
}) {
  const { lines, nameOf, folded } = props;
  const drawn: ReactNode[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const same = sameFrom(lines, at);
    if (folded && same >= FOLDED_FROM) {
      drawn.push(
        <p key={at} className={styles.folded}>
          {same} lines as they were
        </p>,
      );
      at += same - 1;
    } else drawn.push(<TextLine key={at} line={lines[at] as ComparedLine} nameOf={nameOf} />);
  }
  return <div className={styles.text}>{drawn}</div>;
}

function sameFrom(lines: readonly ComparedLine[], from: number): number {
  let at = from;
  while (lines[at]?.became === 'same') at += 1;
  return at - from;
}

function TextLine({
  line,
  nameOf,
}: {
  readonly line: ComparedLine;
  readonly nameOf: (id: string) => string | undefined;
}) {
  if (line.kind === 'rule') return <hr data-became={line.became} />;
  const words = line.runs.map((run, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line are always drawn together
    <Words key={at} run={run} nameOf={nameOf} />
  ));
  const Tag = line.kind === 'heading' ? (line.level === 4 ? 'h4' : 'h3') : 'p';
  return (
    <Tag
      className={styles.line}
      data-kind={line.kind}
      data-became={line.became}
      data-depth={Math.min(6, line.depth)}
      data-quoted={line.quoted || undefined}
    >
      {line.number !== undefined && <span className={styles.number}>{line.number}.</span>}
      {line.became === 'restyled' && <span className={styles.restyled}>looks different</span>}
      {words}
    </Tag>
  );
}

function Words({
  run,
  nameOf,
}: {
  readonly run: ComparedRun;
  readonly nameOf: (id: string) => string | undefined;
}) {
  let words: ReactNode = run.text;
  if (run.marks.some(({ type }) => type === 'italic')) words = <em>{words}</em>;
  if (run.marks.some(({ type }) => type === 'bold')) words = <strong>{words}</strong>;
  if (linkTarget(run.marks)) words = <span className={styles.linked}>{words}</span>;
  const by = run.marks.find(({ type }) => type === WRITTEN_BY)?.attrs?.by;
  const name = typeof by === 'string' ? nameOf(by) : undefined;
  if (run.became === 'gone') return <del>{words}</del>;
  if (run.became === 'new') return <ins title={name}>{words}</ins>;
  return words;
}
