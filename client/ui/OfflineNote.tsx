import { useConnection } from '../sync/hooks.ts';
import styles from './OfflineNote.module.css';

/** Says so where the server can't be reached; the page goes on with what the device keeps. */
export function OfflineNote() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection === 'offline' && (
        <p className={styles.note}>
          Not connected. You see what was last known here; it catches up by itself.
        </p>
      )}
    </div>
  );
}
