import type { PromptMark } from '../../shared/document/block-parts.ts';
import styles from './PromptList.module.css';

/** How many of a section's prompts are answered, and how many are still to ask. */
export function PromptCount({ marks }: { marks: readonly (PromptMark | null)[] }) {
  const answered = marks.filter((mark) => mark === 'answered').length;
  const ask = marks.filter((mark) => mark === 'ask').length;
  return (
    <span className={styles.count}>
      {answered > 0 ? `${answered} answered` : ''}
      {answered > 0 && ask > 0 ? ', ' : ''}
      {ask > 0 ? <span className={styles.ask}>{ask} to ask</span> : null}
    </span>
  );
}

/** A filled dot with a tick, a ring with a question, an empty ring: told apart without colour. */
export function PromptSign({ mark }: { mark: PromptMark | null }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.sign}>
      {mark === 'answered' ? (
        <>
          <circle cx="8" cy="8" r="6" fill="currentColor" />
          <path d="m5.4 8.2 1.8 1.8 3.4-3.7" className={styles.tick} />
        </>
      ) : (
        <circle cx="8" cy="8" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
      )}
      {mark === 'ask' ? (
        <path
          d="M6.5 6.9c0-.9.7-1.5 1.5-1.5s1.5.6 1.5 1.4c0 1-1.5 1.1-1.5 2.2M8 10.7v.1"
          className={styles.question}
        />
      ) : null}
    </svg>
  );
}
