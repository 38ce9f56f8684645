import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { RouteReply, StudySummary } from '../../shared/api/contract.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { forgetDevice } from '../sync/device-cache.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { rememberPerson, useSession } from '../ui/session.tsx';
import { StudyBin } from './StudyBin.tsx';
import { StudyForm } from './StudyForm.tsx';
import styles from './studies.module.css';
import { casesLine } from './study-words.ts';

/** The first page: one's studies, or the invitation to begin one. */
export default function StudiesPage() {
  const { person } = useSession();
  const { make } = useSearch({ from: '/team/' });
  const navigate = useNavigate();
  const list = useRoute(
    'GET /api/studies',
    {},
    { keep: (reply) => reply.studies.some((study) => study.myRole !== 'contact') },
  );
  const studies = list.data?.studies ?? [];
  const contactOnly = useContactOnly(list.data);
  useEffect(() => {
    if (!contactOnly) return;
    // What these pages began to keep goes again: a contact's device keeps nothing (DEVICE-1).
    rememberPerson(null);
    void navigate({ to: '/contact', replace: true }).then(() => forgetDevice(person.id));
  }, [contactOnly, navigate, person.id]);

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
      <StudyBin />
      {make === 'study' && list.data.mayCreate && (
        <Dialog title="New study" onClose={() => void navigate({ to: '/', search: {} })}>
          <StudyForm cancel={() => void navigate({ to: '/', search: {} })} />
        </Dialog>
      )}
    </Page>
  );
}

/** @returns whether this person is asked as a school contact, and is nothing else; null while that is unknown */
function useContactOnly(list: RouteReply<'GET /api/studies'> | undefined): boolean | null {
  const none = list !== undefined && !list.mayCreate && list.studies.every((one) => one.myRole === 'contact');
  const asked = useRoute('GET /api/contact', {}, { enabled: none });
  if (!list) return null;
  if (!none) return false;
  return asked.data ? asked.data.cases.length > 0 : asked.error ? false : null;
}

function StudyRow({ study }: { study: StudySummary }) {
  return (
    <li>
      <Link to="/studies/$studyId" params={{ studyId: study.id }} className={styles.studyLink}>
        <h2>{study.title}</h2>
        {study.description && <p>{study.description}</p>}
        <p className={styles.small}>
          {casesLine(study)} · {ROLE_NAMES[study.myRole]}
        </p>
      </Link>
    </li>
  );
}
