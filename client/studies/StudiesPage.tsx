import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useSession } from '../ui/session.tsx';
import { useContactOnly, useStudies, useWayToContact } from './contact-only.ts';
import { KeptWordsHere } from './KeptWordsHere.tsx';
import { StudyBin } from './StudyBin.tsx';
import { StudyForm } from './StudyForm.tsx';
import { StudyRow } from './StudyRow.tsx';
import styles from './studies.module.css';

/** The first page: one's studies, or the invitation to begin one. */
export default function StudiesPage() {
  const { person } = useSession();
  const { make } = useSearch({ from: '/team/' });
  const navigate = useNavigate();
  const list = useStudies();
  const studies = list.data?.studies ?? [];
  const contactOnly = useContactOnly(list.data);
  const toContact = useWayToContact();
  useEffect(() => {
    if (contactOnly) toContact();
  }, [contactOnly, toContact]);

  if (!list.data || contactOnly !== false) {
    return (
      <Page title="Your studies">
        {list.error ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} page />
        ) : (
          <ListSkeleton />
        )}
      </Page>
    );
  }
  if (studies.length === 0 && list.data.mayCreate) {
    return (
      <Page title="Begin a study">
        <PageHead
          title={`Welcome, ${person.name.split(' ')[0]}`}
          meta="Begin with a study: one programme of fieldwork, with its schools, its people and its case studies. You invite the others next."
        />
        <div className={styles.firstForm}>
          <StudyForm />
        </div>
        <KeptWordsHere />
        <StudyBin />
      </Page>
    );
  }
  return (
    <Page title="Your studies">
      <PageHead
        title="Your studies"
        acts={
          list.data.mayCreate && (
            <Button onClick={() => void navigate({ to: '/', search: { make: 'study' } })}>New study</Button>
          )
        }
      />
      {studies.length === 0 ? (
        <div className={styles.firstForm}>
          <EmptyState title="You are in no study yet">
            The lead of a study invites you by a link. Open it here, and the study appears.
          </EmptyState>
        </div>
      ) : (
        <ul className={styles.studyList}>
          {studies.map((study) => (
            <StudyRow key={study.id} study={study} />
          ))}
        </ul>
      )}
      <KeptWordsHere />
      <StudyBin />
      {make === 'study' && list.data.mayCreate && (
        <Dialog title="New study" onClose={() => void navigate({ to: '/', search: {} })}>
          <StudyForm cancel={() => void navigate({ to: '/', search: {} })} />
        </Dialog>
      )}
    </Page>
  );
}
