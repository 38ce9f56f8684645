import { lazy, Suspense } from 'react';
import type { CaseText } from '../../shared/api/cases.ts';
import type { Section } from '../../shared/framework/framework.ts';
import type { Access } from '../../shared/permissions/access.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import styles from './contact.module.css';

const CopySection = lazy(() => import('./CopySection.tsx'));
const CommentedCopy = lazy(() => import('../comments/CommentedCopy.tsx'));

/** One section that is given to be read. */
export function ReadSection(props: {
  readonly section: Section;
  readonly copy: CaseText['blocks'][number] | undefined;
  /** What its reader may do; absent: it is looked at with another's eyes, and nothing is said about it. */
  readonly access?: Access;
}) {
  const { section, copy, access } = props;
  const titleId = `read-${props.copy?.blockId ?? section.id}`;
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>{section.number ? `${section.number} ${section.title}` : section.title}</h2>
      <Suspense fallback={<ListSkeleton rows={3} />}>
        {copy && access && hasSomething(section, copy) ? (
          <CommentedCopy {...{ section, copy, access, blockId: copy.blockId }} />
        ) : (
          <CopySection {...{ section, copy }} />
        )}
      </Suspense>
    </section>
  );
}

function hasSomething(section: Section, copy: CaseText['blocks'][number]): boolean {
  return (
    (section.prose && copy.html !== '') || (section.fields.length > 0 && Object.keys(copy.values).length > 0)
  );
}
