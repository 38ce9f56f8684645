import { Button } from '@mantine/core';
import { useAllKeptWords } from '../sync/hooks.ts';
import styles from './contact.module.css';

/**
 * Words that were typed while a section was being closed, and could not be sent
 * (SAVE-6). They stand on this open page and nowhere else.
 */
export function UnsentWords() {
  const { kept, forget } = useAllKeptWords();
  if (kept.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="unsent" role="alert">
      <h2 id="unsent">These words were not sent</h2>
      <p className={styles.purpose}>
        What you wrote in was closed while you were writing. Nobody else has these words, and this page keeps
        them only while it is open. Copy what you need.
      </p>
      {kept.map(({ id, words }) => (
        <div key={id} className={styles.unsent}>
          <p>{words}</p>
          <Button size="compact-sm" variant="subtle" onClick={() => forget(id)}>
            I have what I need
          </Button>
        </div>
      ))}
    </section>
  );
}
