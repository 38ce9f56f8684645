import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useAllKeptWords } from '../sync/hooks.ts';
import { useTypedSince } from '../ui/typed-since.ts';
import styles from './contact.module.css';

/**
 * Words that were typed while a section was being closed, and could not be sent
 * (SAVE-6). They stand on this open page and nowhere else.
 */
export function UnsentWords() {
  const { kept, forget } = useAllKeptWords();
  const notice = useRef<HTMLElement>(null);
  const typed = useTypedSince(notice);
  const newest = kept.at(-1)?.id;
  // Whoever typed them is far down the page, in a section that is gone: they are brought here.
  useEffect(() => {
    if (newest === undefined) return;
    notice.current?.focus({ preventScroll: true });
    notice.current?.scrollIntoView({ block: 'start' });
  }, [newest]);
  if (kept.length === 0) return null;
  return (
    <section ref={notice} className={styles.card} aria-labelledby="unsent" role="alert" tabIndex={-1}>
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
      {typed !== '' && (
        <div className={styles.unsent}>
          <p>
            Typed since then: <q>{typed}</q>
          </p>
        </div>
      )}
    </section>
  );
}
