import type { SearchHit } from '../../shared/api/search.ts';
import styles from './FoundWords.module.css';

/** One place in the text, as the palette offers it: where it is, and the words around. */
export function FoundWords({ hit }: { hit: SearchHit }) {
  const isCase = hit.kind === 'case';
  return (
    <span className={styles.found}>
      <span className={styles.where}>
        <span className={styles.place}>{isCase ? hit.caseTitle : hit.place}</span>
        <span className={styles.case}>{isCase ? hit.place : hit.caseTitle}</span>
      </span>
      <span className={styles.words}>
        {hit.snippet.map((part, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line, always drawn together
          part.found ? <mark key={at}>{part.text}</mark> : part.text,
        )}
      </span>
    </span>
  );
}
