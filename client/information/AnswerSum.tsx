import { answerWords, wholeAnswer } from '../../shared/information/answer.ts';
import styles from './information.module.css';
import type { AnswerNow } from './live-answer.ts';
import { onDay } from './request-words.ts';

/** How far all that was asked for is, in a line. */
export function AnswerSum({ now }: { readonly now: readonly AnswerNow[] }) {
  if (now.length === 0) return null;
  const changed = Math.max(...now.map(({ changedAt }) => changedAt ?? 0));
  return (
    <span className={styles.lineWords}>
      {answerWords(wholeAnswer(now.map(({ answer }) => answer)))}
      {changed > 0 && <span className={styles.small}> · last changed {onDay(changed)}</span>}
    </span>
  );
}
