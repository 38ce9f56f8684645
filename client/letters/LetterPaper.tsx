import { useEffect, useRef } from 'react';
import styles from './letters.module.css';

/** A letter as it is read. */
export function LetterPaper({
  begins = false,
  from,
  replyTo,
  to,
  subject,
  text,
}: {
  /** Whether reading goes on here, as what stood in its place is gone. */
  begins?: boolean;
  from: string;
  /** Empty where whoever wrote it is called by another name by now. */
  replyTo: string;
  to: string;
  subject: string;
  text: string;
}) {
  const paper = useRef<HTMLElement>(null);
  useEffect(() => {
    if (begins) paper.current?.focus();
  }, [begins]);
  return (
    <article ref={paper} tabIndex={-1} className={styles.paper} aria-label="The letter">
      <dl className={styles.head}>
        <div>
          <dt>From</dt>
          <dd>{from}</dd>
        </div>
        {replyTo !== '' && (
          <div>
            <dt>Answers to</dt>
            <dd>{replyTo}</dd>
          </div>
        )}
        <div>
          <dt>To</dt>
          <dd>{to}</dd>
        </div>
        <div>
          <dt>Subject</dt>
          <dd>{subject}</dd>
        </div>
      </dl>
      <p className={styles.words}>{text}</p>
    </article>
  );
}
