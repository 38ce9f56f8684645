import { useEffect, useState } from 'react';
import { useCaseSave, useConnection, useKeptWords } from '../sync/hooks.ts';
import styles from './CaseTools.module.css';
import { savedAnnouncement, savedWords } from './saved-words.ts';

/** Milliseconds that a state must last before a screen reader is told. */
const LASTING = 2_000;

/** What may be said of everything typed in this case (SAVE-2). */
export function SavedState({ blockIds }: { blockIds: readonly string[] }) {
  const state = useCaseSave(blockIds);
  const connection = useConnection();
  const kept = useKeptWords(blockIds).kept.length;
  const { words, tone } = savedWords(state, connection, kept);
  return (
    <>
      <span className={`${styles.saved} ${tone === 'calm' ? '' : styles[tone]}`}>{words}</span>
      <SavedAnnouncement said={savedAnnouncement(state, kept)} />
    </>
  );
}

function SavedAnnouncement({ said }: { said: string | null }) {
  const [heard, setHeard] = useState('');
  useEffect(() => {
    if (said === null) return;
    // The first "Saved" of a page just opened is no news.
    const timer = setTimeout(
      () => setHeard((before) => (before === '' && said === 'Saved.' ? '' : said)),
      LASTING,
    );
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <span className="heard-only" aria-live="polite">
      {heard}
    </span>
  );
}
