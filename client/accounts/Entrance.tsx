import type { ReactNode } from 'react';
import { usePageTitle } from '../ui/page-title.ts';
import styles from './accounts.module.css';

/** The narrow page before one is inside: signing in, or opening a link. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className={styles.entrance}>
      <header className={styles.product}>Casebook</header>
      <main id="main">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
