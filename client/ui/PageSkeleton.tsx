import styles from './States.module.css';

/** Stands while a page is on its way; does not blink. */
export function PageSkeleton({ label = 'Loading' }: { label?: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-busy="true">
      <span className="heard-only">{label}</span>
      <div className={`${styles.line} ${styles.title}`} />
      <div className={`${styles.line} ${styles.short}`} />
      <div className={styles.line} />
      <div className={styles.line} />
    </div>
  );
}

/** Lines in place of a list that is on its way. */
export function ListSkeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div role="status" aria-busy="true">
      <span className="heard-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <div key={row} className={styles.line} />
      ))}
    </div>
  );
}
