import { Link } from '@tanstack/react-router';
import type { StudySummary } from '../../shared/api/studies.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import styles from './studies.module.css';
import { casesLine } from './study-words.ts';

/** One study of a list, as a link to its home. */
export function StudyRow({ study }: { study: StudySummary }) {
  return (
    <li>
      <Link to="/studies/$studyId" params={{ studyId: study.id }} className={styles.studyLink}>
        <h2>{study.title}</h2>
        {study.description && <p>{study.description}</p>}
        <p className={styles.small}>
          {study.locked ? 'Asks for your passkey' : casesLine(study)} · {ROLE_NAMES[study.myRole]}
        </p>
      </Link>
    </li>
  );
}
