import type { ReactNode } from 'react';
import type { CaseSection } from './case-sections.ts';
import styles from './SectionView.module.css';

/** Number and title of a section, and beside them what is said of it as a whole. */
export function SectionTitle(props: { readonly section: CaseSection; readonly children?: ReactNode }) {
  const { section } = props;
  return (
    <header className={styles.head}>
      {section.number && (
        <span className={styles.number} aria-hidden="true">
          {section.number}
        </span>
      )}
      <h2 id={`title-${section.blockId}`} tabIndex={-1}>
        {section.number && <span className="heard-only">{section.number} </span>}
        {section.title}
        {section.named && section.school && <span className={styles.of}> · {section.school.name}</span>}
      </h2>
      {props.children}
    </header>
  );
}
