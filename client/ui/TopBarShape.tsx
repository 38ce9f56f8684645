import type { ReactNode } from 'react';
import menuStyles from './Menu.module.css';
import styles from './TopBar.module.css';
import { Who, type WhoPerson } from './Who.tsx';

/** The bar over a page that is on its way: where one is, and as yet nothing to press but links. */
export function TopBarShape({ crumbs, person }: { crumbs: readonly ReactNode[]; person: WhoPerson }) {
  return (
    <header className={styles.bar}>
      <a href="/" className={styles.name}>
        Casebook
      </a>
      <nav aria-label="Where you are" className={styles.crumbs}>
        <ol>
          {crumbs.map((crumb, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place
            <li key={index}>{crumb}</li>
          ))}
        </ol>
      </nav>
      <span className={styles.gap} />
      <span className={menuStyles.opener}>
        <Who person={person} />
      </span>
    </header>
  );
}
