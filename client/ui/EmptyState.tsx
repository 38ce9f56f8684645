import type { ReactNode } from 'react';
import styles from './States.module.css';

/** What stands where nothing is yet: says what will be there, and offers the next useful act. */
export function EmptyState({
  title,
  children,
  act,
}: {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children && <p>{children}</p>}
      {act && <div className={styles.acts}>{act}</div>}
    </div>
  );
}
