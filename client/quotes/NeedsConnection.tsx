import { useConnection } from '../sync/hooks.ts';
import styles from './quotes.module.css';

/** Says, before anything is typed, that nothing of this is kept on the device. */
export function NeedsConnection() {
  const connection = useConnection();
  return (
    <div role="status">
      {connection === 'offline' && (
        <p className={styles.unconnected}>
          You are not connected. This is written down on the server alone, with its scan: nothing that you
          type here is kept until you are connected again.
        </p>
      )}
    </div>
  );
}
