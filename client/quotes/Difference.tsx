import { wordDifference } from '../../shared/document/word-difference.ts';
import styles from './quotes.module.css';

/** What became of words: struck out what went, marked what came; said aloud as well. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <p className={styles.difference}>
      {wordDifference(before, after).map(({ kind, text }, at) => {
        const key = `${at} ${kind}`;
        if (kind === 'same') return <span key={key}>{text}</span>;
        return kind === 'gone' ? <del key={key}>{text}</del> : <ins key={key}>{text}</ins>;
      })}
    </p>
  );
}
