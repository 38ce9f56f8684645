import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { wordsWaiting } from '../sync/device-cache.ts';
import { useSession } from '../ui/session.tsx';
import styles from './accounts.module.css';

/** Words of this person that wait on this device and cannot be sent from this page, to be copied. */
export function WaitingWords() {
  const { person } = useSession();
  const [words, setWords] = useState('');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    let here = true;
    void wordsWaiting(person.id).then((found) => {
      if (here) setWords(found);
    });
    return () => {
      here = false;
    };
  }, [person.id]);
  if (words === '') return null;
  const copy = () => {
    // Where the browser does not let us, they stand there to be selected.
    navigator.clipboard.writeText(words).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className={styles.unsent} aria-labelledby="waiting-words">
      <h2 id="waiting-words">Words of yours that were not sent</h2>
      <p className={styles.waiting}>{words}</p>
      <Button size="compact-sm" onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </section>
  );
}
