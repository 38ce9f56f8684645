import { lazy, Suspense } from 'react';
import type { CaseText } from '../../shared/api/cases.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import styles from './contact.module.css';

const CopySection = lazy(() => import('./CopySection.tsx'));

/** One section that is given to be read. */
export function ReadSection(props: {
  readonly section: Section;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  const { section } = props;
  const titleId = `read-${props.copy?.blockId ?? section.id}`;
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>{section.number ? `${section.number} ${section.title}` : section.title}</h2>
      <Suspense fallback={<ListSkeleton rows={3} />}>
        <CopySection {...props} />
      </Suspense>
    </section>
  );
}
