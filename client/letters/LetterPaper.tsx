import styles from './letters.module.css';

/** A letter as it is read. */
export function LetterPaper({
  from,
  replyTo,
  to,
  subject,
  text,
}: {
  from: string;
  replyTo: string;
  to: string;
  subject: string;
  text: string;
}) {
  return (
    <article className={styles.paper} aria-label="The letter">
      <dl className={styles.head}>
        <div>
          <dt>From</dt>
          <dd>{from}</dd>
        </div>
        <div>
          <dt>Answers to</dt>
          <dd>{replyTo}</dd>
        </div>
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
