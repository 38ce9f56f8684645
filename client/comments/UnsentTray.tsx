import { useEffect, useState } from 'react';
import { showToast } from '../ui/toast.ts';
import styles from './comments.module.css';
import type { UnsentWords } from './unsent-words.ts';

/** Has the browser ask before it lets a page go that alone has something. */
export function useAskBeforeLeaving(onlyHere: boolean): void {
  useEffect(() => {
    if (!onlyHere) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [onlyHere]);
}

/** Comments that no thread shows and that can't be sent: to be copied, or let go. */
export function UnsentTray(props: {
  readonly unsent: readonly UnsentWords[];
  /** Something is written that this device did not keep. */
  readonly onlyHere: boolean;
  readonly onThrowAway: (one: UnsentWords) => void;
}) {
  const { unsent, onlyHere } = props;
  return (
    <>
      {onlyHere && (
        <p className={styles.problem} role="status">
          This device did not keep what you wrote: it is only on this page. Leave it open until it is sent.
        </p>
      )}
      {unsent.length > 0 && (
        <section className={styles.tray} aria-label="Comments that could not be sent">
          <h3>Comments that could not be sent</h3>
          {unsent.map((one) => (
            <Unsent key={one.id} one={one} onThrowAway={() => props.onThrowAway(one)} />
          ))}
        </section>
      )}
    </>
  );
}

function Unsent({ one, onThrowAway }: { readonly one: UnsentWords; readonly onThrowAway: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <article className={styles.card}>
      <p className={styles.small}>
        {one.why ?? 'What it was about is not there any more, or not open to you.'}
      </p>
      <p className={styles.said}>{one.words}</p>
      <div className={styles.acts}>
        <button type="button" className={styles.main} onClick={() => void copy(one.words)}>
          Copy
        </button>
        <button type="button" onClick={() => (asked ? onThrowAway() : setAsked(true))}>
          {asked ? 'Really throw it away?' : 'Throw away'}
        </button>
      </div>
    </article>
  );
}

async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
    showToast({ text: 'The words are copied.' });
  } catch {
    showToast({ text: 'The words could not be copied. Select them, and copy them by hand.', tone: 'bad' });
  }
}
