import type { ReactNode } from 'react';
import { OfflineNote } from './OfflineNote.tsx';
import styles from './Page.module.css';
import { usePageTitle } from './page-title.ts';
import { TopBar } from './TopBar.tsx';

/** A page of the team: bar, and a main part of reading width or wide. */
export function Page({
  title,
  crumbs,
  right,
  wide = false,
  strip,
  children,
}: {
  title: string | null;
  crumbs?: readonly ReactNode[];
  right?: ReactNode;
  wide?: boolean;
  /** Stands between the bar and the main part: links of what the page belongs to. */
  strip?: ReactNode;
  children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <>
      <TopBar {...(crumbs ? { crumbs } : {})} right={right} />
      <OfflineNote />
      {strip}
      <main id="main" className={`${styles.main} ${wide ? styles.wide : ''}`}>
        {children}
      </main>
    </>
  );
}

/** The head of a page: its title, a line under it, and its main acts. */
export function PageHead({ title, meta, acts }: { title: string; meta?: ReactNode; acts?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div>
        <h1>{title}</h1>
        {meta && <div className={styles.meta}>{meta}</div>}
      </div>
      {acts && <div className={styles.acts}>{acts}</div>}
    </header>
  );
}
