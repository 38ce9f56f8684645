import type { Sharing } from '../../shared/api/sharing.ts';
import { isLocked, STAGE_NAMES } from '../../shared/permissions/access.ts';
import styles from './sharing.module.css';

/** Says so where the case as a whole is closed, whatever stands in the grid. */
export function StageNote({ sharing }: { sharing: Sharing }) {
  if (sharing.deleted) {
    return (
      <p className={styles.note}>
        This case lies in the bin: the team can read it, and the schools see nothing of it.
      </p>
    );
  }
  if (!isLocked(sharing.stage)) return null;
  return (
    <p className={styles.note}>
      This case is {STAGE_NAMES[sharing.stage].toLowerCase()}, so whoever fills in a section only reads it for
      now. What stands here counts again when the case is opened.
    </p>
  );
}
