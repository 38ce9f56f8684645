import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { useTopic } from '../sync/hooks.ts';
import { dayOf, isPast } from '../ui/dates.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeQuery } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './home.module.css';
import { type WaitingItem, waitingFor } from './waiting.ts';

/** Things listed before *all of them* is asked for. */
const FIRST = 6;

/** What this person can do next in the study. Loads its cases, which also keeps them for going offline. */
export function WaitingForYou({ study }: { study: StudyDetail }) {
  const framework = useFramework(study.frameworkId, study.frameworkVersion);
  if (study.caseList.length === 0) return <p className={styles.calm}>Nothing yet.</p>;
  if (!framework.data) return framework.error ? null : <ListSkeleton rows={2} />;
  return <Waiting study={study} framework={framework.data} />;
}

function Waiting({ study, framework }: { study: StudyDetail; framework: Framework }) {
  const { person } = useSession();
  const [all, setAll] = useState(false);
  const cases = useQueries({
    queries: study.caseList.map((one) =>
      routeQuery('GET /api/cases/:caseId', { caseId: one.id }, { keep: true }),
    ),
  });
  useTopic(`study/${study.id}`, () => {
    for (const one of study.caseList) {
      void queries.invalidateQueries({ queryKey: ['GET /api/cases/:caseId', { caseId: one.id }] });
      void queries.invalidateQueries({ queryKey: ['GET /api/cases/:caseId/lost-words', { caseId: one.id }] });
    }
  });
  const withLost = study.caseList.filter((one) => one.lostWords > 0);
  const lost = useQueries({
    queries: study.acts.includes('see-lost-words')
      ? withLost.map((one) => routeQuery('GET /api/cases/:caseId/lost-words', { caseId: one.id }))
      : [],
  });
  const details = cases.flatMap((one) => one.data ?? []);
  const items = waitingFor(
    person.id,
    study,
    framework,
    details,
    lost.flatMap((one) => one.data?.lostWords ?? []),
  );
  if (items.length === 0) {
    if (cases.some((one) => one.isPending)) return <ListSkeleton rows={2} />;
    return <p className={styles.calm}>Nothing waits for you. Open a case study to go on writing.</p>;
  }
  return (
    <>
      <ul className={styles.waiting}>
        {(all ? items : items.slice(0, FIRST)).map((item) => (
          <WaitingRow key={item.key} item={item} />
        ))}
      </ul>
      {!all && items.length > FIRST && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          Show all {items.length}
        </button>
      )}
    </>
  );
}

function WaitingRow({ item }: { item: WaitingItem }) {
  return (
    <li>
      <Link to="/cases/$caseId" params={{ caseId: item.caseId }} search={{ section: item.slug }}>
        <strong>{item.title}</strong>
        <span>{item.text}</span>
        {item.dueOn && (
          <span className={isPast(item.dueOn) ? styles.late : ''}>
            {isPast(item.dueOn) ? `Was due ${dayOf(item.dueOn)}` : `Due ${dayOf(item.dueOn)}`}
          </span>
        )}
      </Link>
    </li>
  );
}
