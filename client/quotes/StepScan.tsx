import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { sizeWords } from '../../shared/quotes/scan.ts';
import { scanOfStep } from '../../shared/quotes/step-words.ts';
import styles from './record.module.css';

/** The scan that a step has, to be downloaded; that there was one, once it is erased. */
export function StepScan(props: {
  readonly quoteId: string;
  readonly step: number;
  readonly event: QuoteEvent;
}) {
  const { quoteId, step, event } = props;
  if (!('evidence' in event) || event.evidence?.scan === undefined) return null;
  const scan = scanOfStep(event);
  if (!scan) return <p className={styles.soft}>Its scan was deleted.</p>;
  return (
    <p className={styles.soft}>
      Scan:{' '}
      <a href={`/api/quotes/${encodeURIComponent(quoteId)}/steps/${step}/scan`}>{scan.name || 'download'}</a>,{' '}
      {sizeWords(scan.size)}
      <span className={styles.hash}>SHA-256 {scan.hash}</span>
    </p>
  );
}
