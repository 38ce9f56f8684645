import { Link } from '@tanstack/react-router';
import type { StudyDetail } from '../../shared/api/contract.ts';
import styles from './StudyNav.module.css';

/** Links to the pages of a study that this person may see. */
export function StudyNav({ study }: { study: StudyDetail }) {
  const params = { studyId: study.id };
  const may = (act: StudyDetail['acts'][number]) => study.acts.includes(act);
  return (
    <nav aria-label={`Pages of ${study.title}`} className={styles.nav}>
      <div>
        <Link to="/studies/$studyId" params={params} activeOptions={{ exact: true }}>
          Cases
        </Link>
        {may('see-people') && (
          <Link to="/studies/$studyId/people" params={params}>
            People
          </Link>
        )}
        <Link to="/studies/$studyId/schools" params={params}>
          Schools
        </Link>
        <Link to="/studies/$studyId/framework" params={params}>
          Framework
        </Link>
        <Link to="/studies/$studyId/privacy" params={params}>
          Privacy
        </Link>
        {may('see-outbox') && (
          <Link to="/studies/$studyId/outbox" params={params}>
            Outbox
          </Link>
        )}
        {may('see-audit') && (
          <Link to="/studies/$studyId/record" params={params}>
            Record
          </Link>
        )}
        {may('restore-from-bin') && (
          <Link to="/studies/$studyId/bin" params={params}>
            Bin
          </Link>
        )}
      </div>
    </nav>
  );
}
