import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { rememberPerson } from '../ui/session.tsx';
import { useContactOnly, useStudies, useWayToContact } from './contact-only.ts';
import { KeptWordsHere } from './KeptWordsHere.tsx';
import { StudyRow } from './StudyRow.tsx';
import styles from './studies.module.css';

/**
 * In place of a page that is not, or no more, for whoever opened it: what may have
 * happened, where else they may go, and their words that were not sent.
 * @param studyId - of the study that stood on this page until now; null where none did
 */
export function NotOpen({ studyId, retry }: { studyId: string | null; retry: () => void }) {
  const list = useStudies();
  const { refetch } = list;
  // What was known before cannot say what has just been taken away.
  useEffect(() => void refetch(), [refetch]);
  const contactOnly = useContactOnly(list.data);
  if (!list.error && (contactOnly === null || !list.isFetchedAfterMount)) return <ListSkeleton rows={3} />;
  if (contactOnly) return <TeamPage />;
  const studies = list.data?.studies.filter((study) => study.myRole !== 'contact') ?? [];
  const was = studyId !== null && !studies.some((study) => study.id === studyId);
  return (
    <>
      <div className={styles.notOpen} role="alert">
        <h1>{was ? 'You are no longer in this study' : 'Nothing is here'}</h1>
        <p>
          {was
            ? 'You were taken out of it just now, so its pages are closed to you. What you wrote and saw saved stays with the team. Whoever leads the study can invite you again.'
            : 'The address may be mistyped, or it belongs to a study that you are not in, or no longer. Whoever leads the study can invite you.'}
        </p>
        <div className={styles.notOpenActs}>
          <Button component={Link} to="/" variant="filled">
            Go to your studies
          </Button>
          <Button variant="subtle" onClick={retry}>
            Try again
          </Button>
        </div>
      </div>
      <KeptWordsHere />
      {studies.length > 0 && (
        <section className={styles.part} aria-label={was ? 'Your other studies' : 'Your studies'}>
          <h2>{was ? 'Your other studies' : 'Your studies'}</h2>
          <ul>
            {studies.map((study) => (
              <StudyRow key={study.id} study={study} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** A school contact came to an address of the team. */
function TeamPage() {
  const toContact = useWayToContact();
  // Nothing opens on a contact's device without the server (DEVICE-1).
  useEffect(() => rememberPerson(null), []);
  return (
    <div className={styles.notOpen} role="alert">
      <h1>This page is the team’s</h1>
      <p>
        The team writes the case study here. What you are asked, and what you have answered so far, stands on
        your own page.
      </p>
      <div className={styles.notOpenActs}>
        <Button variant="filled" onClick={toContact}>
          Go to your page
        </Button>
      </div>
    </div>
  );
}
