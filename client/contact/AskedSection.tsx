import { lazy, Suspense } from 'react';
import type { ContactBlock } from '../../shared/api/contact.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { useBlock } from '../sync/hooks.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useSession } from '../ui/session.tsx';
import styles from './contact.module.css';
import { Questions } from './Questions.tsx';

const FieldForm = lazy(() => import('../editor/FieldForm.tsx'));
const AskedThreads = lazy(() => import('../comments/AskedThreads.tsx'));
const BlockEditor = lazy(() =>
  import('../editor/BlockEditor.tsx').then((module) => ({ default: module.BlockEditor })),
);

/** One section that the contact fills in: its fields, then room for the rest. */
export function AskedSection({ block: { blockId, section } }: { block: ContactBlock }) {
  const { person } = useSession();
  const { replica, access, refusal } = useBlock(blockId, true);
  // What can be sent no more is not typed any more either; it can be read and copied.
  const editable = access === 'write' && refusal === null;
  const titleId = `asked-${blockId}`;
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <h2 id={titleId}>{section.title}</h2>
      <p className={styles.purpose}>{section.purpose}</p>
      {refusal && !replica && (
        <p className={styles.problem} role="alert">
          These questions can’t be opened just now. Load the page again, or ask whoever invited you.
        </p>
      )}
      {!refusal && !replica && <ListSkeleton rows={3} />}
      {replica && (
        <Suspense fallback={<ListSkeleton rows={3} />}>
          <FieldForm section={section} replica={replica} editable={editable} />
          {section.prose && (
            <div className={styles.prose}>
              <h3>Anything else</h3>
              <Questions section={section} />
              <BlockEditor
                replica={replica}
                person={person}
                editable={editable}
                label={`${section.title}: anything else`}
                placeholder="Write here, in your own words."
              />
            </div>
          )}
        </Suspense>
      )}
      {replica && (
        <Suspense fallback={null}>
          <AskedThreads {...{ blockId, section }} mayComment={includesAccess(access, 'comment')} />
        </Suspense>
      )}
    </section>
  );
}
