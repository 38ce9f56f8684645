import { useWatched } from '../case-study/case-page-state.ts';
import styles from './board.module.css';
import type { WaitingCapture } from './capture-outbox.ts';
import { outboxOf } from './use-quotes.ts';

/** Quotes that were captured on this device and have not arrived, with what speaks against them. */
export function WaitingHere(props: { readonly caseId: string; readonly waiting: readonly WaitingCapture[] }) {
  const { waiting } = props;
  const keeps = useWatched(outboxOf(props.caseId).keeps);
  if (waiting.length === 0) return null;
  const refused = waiting.filter((one) => one.refused !== null);
  return (
    <div className={styles.blocking} role="status">
      <p>
        {waiting.length === 1 ? 'One quote is' : `${waiting.length} quotes are`}{' '}
        {keeps
          ? 'kept on this device alone, and sent as soon as you are connected.'
          : 'only on this page: this device keeps nothing. Leave it open until you are connected.'}
      </p>
      {refused.map(({ quote, refused: why }) => (
        <p key={quote.id}>
          “{quote.wording}”: {why}{' '}
          <button type="button" className={styles.inText} onClick={() => void outboxOf(props.caseId).send()}>
            Try again
          </button>
        </p>
      ))}
    </div>
  );
}
