import { groupedNumber } from '../ui/grouped-number.ts';
import styles from './audit.module.css';

/** How anybody can tell that the record is as it was written. */
export function AuditSeal({ seal }: { seal: { readonly seq: number; readonly hash: string } }) {
  return (
    <details className={styles.seal}>
      <summary>How can we tell that nothing was changed?</summary>
      <p>
        Each entry is sealed together with the one before it, so none can be changed or taken out without
        breaking all that came after. The database refuses it, and whoever runs the server can check it with{' '}
        <code>casebook check</code>. To be sure even of them, write down the number and the seal of the last
        entry, or keep the table that you download: every number must still have its seal later, just so,
        while names may change. Seals can be made again from the other columns of the whole table.
      </p>
      <dl>
        <div>
          <dt>Last entry</dt>
          <dd>{groupedNumber(seal.seq)}</dd>
        </div>
        <div>
          <dt>Its seal</dt>
          <dd>
            <code>{seal.hash}</code>
          </dd>
        </div>
      </dl>
      <p>
        Kept is who, what, when, on what, and the network it came from: never a whole address of a device, and
        no words of people. Names are as they are now.
      </p>
    </details>
  );
}
