import type { OutboxMail } from '../../shared/api/studies.ts';
import { momentOf } from '../ui/dates.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { StudyPage } from './StudyPage.tsx';
import styles from './studies.module.css';

export default function OutboxPage() {
  return (
    <StudyPage title="Outbox">
      {(study) => (
        <>
          <PageHead
            title="Outbox"
            meta="Letters of this study that lie on the server because no mail goes out from here. Pass them on yourself, or have mail set up."
          />
          <Letters studyId={study.id} />
        </>
      )}
    </StudyPage>
  );
}

function Letters({ studyId }: { studyId: string }) {
  const outbox = useRoute('GET /api/studies/:studyId/outbox', { studyId }, { staleTime: 0 });
  if (outbox.error) return <ErrorState error={outbox.error} retry={() => void outbox.refetch()} />;
  if (!outbox.data) return <ListSkeleton />;
  if (outbox.data.mails.length === 0) {
    return <EmptyState title="No letters lie here">Invitations you send appear here.</EmptyState>;
  }
  return (
    <ul className={styles.letters}>
      {[...outbox.data.mails]
        .sort((a, b) => b.at - a.at)
        .map((mail) => (
          <li key={mail.id}>
            <Letter mail={mail} />
          </li>
        ))}
    </ul>
  );
}

function Letter({ mail }: { mail: OutboxMail }) {
  return (
    <details>
      <summary>
        <span>
          <strong>{mail.subject}</strong>
          <span className={styles.small}>
            To {mail.to}, {momentOf(mail.at)}
          </span>
        </span>
      </summary>
      {mail.text ? (
        <pre>{mail.text}</pre>
      ) : (
        <p className={styles.small}>Its code is for the person it is addressed to alone.</p>
      )}
      <p className={styles.small}>File in the outbox folder: {mail.file}</p>
    </details>
  );
}
