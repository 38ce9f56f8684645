import { useAllKeptWords } from '../sync/hooks.ts';
import styles from './CasePage.module.css';
import { UnsentCard } from './WordsCards.tsx';

/**
 * Where a case is open no more: all words that wait on this device and nowhere
 * else (SAVE-6). Which of them were typed in that case is not known any more.
 */
export function KeptApart() {
  const { kept, forget } = useAllKeptWords();
  if (kept.length === 0) return null;
  return (
    <aside className={styles.keptApart} aria-label="Words of yours that were not sent">
      <h2>Words of yours that were not sent</h2>
      {kept.map((words) => (
        <UnsentCard key={words.id} words={words} where="" onForget={forget} />
      ))}
    </aside>
  );
}
