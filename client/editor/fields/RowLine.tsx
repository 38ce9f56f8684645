import styles from './fields.module.css';
import type { RowSummary } from './row-summary.ts';

/** What stands in the head of a row: what it is called while it is open, else the row in one line. */
export function RowLine(props: { name: string; place: number; summary: RowSummary | null }) {
  const { summary } = props;
  const called = `${props.name.charAt(0).toUpperCase()}${props.name.slice(1)} ${props.place + 1}`;
  return (
    <>
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className={summary ? styles.sign : `${styles.sign} ${styles.turned}`}
      >
        <path d="m6 4 4 4-4 4" />
      </svg>
      {summary ? (
        <>
          <span className="heard-only">{called}: </span>
          <span className={summary.words ? styles.rowWords : `${styles.rowWords} ${styles.nothing}`}>
            {summary.words || 'Nothing written yet'}
          </span>
          {summary.kind && <span className={styles.rowKind}>{summary.kind}</span>}
        </>
      ) : (
        <span className={styles.rowName}>{called}</span>
      )}
    </>
  );
}
