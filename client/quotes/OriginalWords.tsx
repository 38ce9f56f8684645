import { Difference } from './Difference.tsx';
import styles from './quotes.module.css';

/** What was said letter for letter, beside how it stands in the text: what was left out, put in or smoothed. */
export function OriginalWords({
  original,
  wording,
}: {
  readonly original: string;
  readonly wording: string;
}) {
  return (
    <details className={styles.more}>
      <summary>As it was said</summary>
      <div>
        <Difference before={original} after={wording} />
        <p className={styles.small}>
          Struck out: said, and not in the text. Underlined: in the text, and not said so.
        </p>
      </div>
    </details>
  );
}
