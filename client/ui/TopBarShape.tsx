import type { ReactNode } from 'react';
import styles from './TopBar.module.css';

/** The bar over a page that is on its way: where one is, and as yet nothing to press but links. */
export function TopBarShape({ crumbs }: { readonly crumbs: readonly ReactNode[] }) {
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
    </header>
  );
}
