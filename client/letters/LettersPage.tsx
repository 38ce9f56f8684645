import type { Letter } from '../../shared/api/letters.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { StudyPage } from '../studies/StudyPage.tsx';
import styles from '../studies/studies.module.css';
import { momentOf } from '../ui/dates.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { CallBack, LetterState, ReadLetter } from './LetterState.tsx';
import { addresseeOf, stateWords } from './letter-words.ts';

export default function LettersPage() {
  return (
    <StudyPage title="Letters">
      {(study) => (
        <>
          <PageHead
            title="Letters"
            meta="What goes, and went, to people at schools. What waits can be called back."
          />
          <Letters study={study} />
        </>
      )}
    </StudyPage>
  );
}

function Letters({ study }: { study: StudyDetail }) {
  const list = useRoute('GET /api/studies/:studyId/letters', { studyId: study.id }, { staleTime: 0 });
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton />;
  const { letters } = list.data;
  if (letters.length === 0) {
    return (
      <EmptyState title="No letters yet">
        When you invite somebody at a school, under People, your letter to them appears here.
      </EmptyState>
    );
  }
  const waits = letters.filter(({ state }) => state === 'waiting' || state === 'sending');
  const rest = letters.filter((letter) => !waits.includes(letter));
  return (
    <>
      {waits.length > 0 && <Part title="Waiting" id="waiting" letters={waits} study={study} />}
      {rest.length > 0 && <Part title="Before" id="before" letters={rest} study={study} />}
    </>
  );
}

function Part({
  title,
  id,
  letters,
  study,
}: {
  title: string;
  id: string;
  letters: readonly Letter[];
  study: StudyDetail;
}) {
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className={styles.rows}>
        {letters.map((letter) => (
          <li key={letter.id}>
            <div>
              <strong>{letter.subject || 'A letter'}</strong>
              <p className={styles.small}>
                To {addresseeOf(letter)} · {caseOf(study, letter)} · written {momentOf(letter.madeAt)}
              </p>
              <p className={styles.small}>{stateWords(letter)}.</p>
            </div>
            <div className={styles.rowActs}>
              <LetterState letter={letter} />
              {letter.state === 'waiting' && <CallBack letter={letter} />}
              <ReadLetter letter={letter} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function caseOf(study: StudyDetail, letter: Letter): string {
  return study.caseList.find(({ id }) => id === letter.caseId)?.title ?? 'a case study in the bin';
}
