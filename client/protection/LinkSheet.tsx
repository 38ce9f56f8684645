import type { InformationSheet } from '../../shared/api/protection.ts';
import { longDayOf } from '../ui/dates.ts';
import { SheetText } from './SheetText.tsx';
import styles from './sheet.module.css';

/** Over the button of an invitation: what is held on whoever presses it, and why; read before anything happens. */
export function LinkSheet({ sheet }: { sheet: InformationSheet }) {
  return (
    <details className={styles.beforehand}>
      <summary>
        Read first: what we hold about you, and why
        <small>
          Version {sheet.version}, of {longDayOf(sheet.writtenAt)}
        </small>
      </summary>
      <div>
        <SheetText parts={sheet.parts} level={2} />
      </div>
    </details>
  );
}
