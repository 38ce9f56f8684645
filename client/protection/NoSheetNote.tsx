import { Link } from '@tanstack/react-router';
import { useRoute } from '../ui/query.ts';
import styles from './sheet.module.css';

/** Before somebody at a school is invited: that they would be told nothing of what is held on them. */
export function NoSheetNote({ studyId }: { studyId: string }) {
  const sheets = useRoute('GET /api/studies/:studyId/sheets', { studyId }, { keep: true });
  if (!sheets.data || sheets.data.sheets.length > 0) return null;
  return (
    <p className={styles.changes} role="status">
      They would be told nothing yet of what you hold about them and why.{' '}
      <Link to="/studies/$studyId/privacy" params={{ studyId }} className={styles.inText}>
        Write that first
      </Link>
    </p>
  );
}
